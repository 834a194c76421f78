import type { HabitSource } from '../../../core/conversation/habits';
import { createRulesUnderstander } from '../../../core/conversation/understand/rules';
import { Desk, type DeskOptions, IRINA } from './desk';

const HOUR = 3_600_000;
function desk(options: DeskOptions = {}): Desk {
	const made = new Desk({ understander: createRulesUnderstander(), ...options });
	made.crm.addClient('Ирина', IRINA);
	return made;
}

describe('who asked about a service and then wants to come', () => {
	it.each(['сколько стоит маникюр?', 'сколько длится маникюр?', 'кто делает маникюр?'])('means that service: «%s»', async (question) => {
		const one = desk();
		await one.write(question);
		const said = await one.write('запишите на завтра в 12:00');
		expect(said).toMatch(/Ольга, 1.ч.30.мин, 1.800/);
		expect(await lastIntents(one)).toEqual(['offer']);
		expect(one.writes).toBe(0);
	});

	it('and is asked for a yes to a summary that names it before anything is written', async () => {
		const one = desk();
		await one.write('сколько стоит маникюр?');
		let said = await one.write('запишите завтра в 12:00 к Ольге');
		if (/^1\. /m.test(said)) said = await one.write('1');
		expect(said).toMatch(/маникюр/i);
		expect(one.writes).toBe(0);
		await one.write('да');
		expect(one.crm.visits).toEqual([expect.objectContaining({ serviceIds: ['nails'] })]);
	});

	it('in one message too', async () => {
		const one = desk();
		const said = await one.write('сколько стоит маникюр? и запишите на завтра в 12:00');
		expect(said).toMatch(/1\D?800/);
		expect(await lastIntents(one)).toEqual(['prices', 'offer']);
	});

	it('says another one by naming it', async () => {
		const one = desk();
		await one.write('сколько стоит маникюр?');
		const said = await one.write('запишите на окрашивание завтра в 12:00');
		expect(said).toMatch(/окрашивание/i);
		expect(said).not.toMatch(/маникюр/i);
	});

	it('is asked which of several, and of those alone', async () => {
		const one = desk();
		await one.write('сколько стоит стрижка женская или маникюр?');
		const said = await one.write('запишите на завтра');
		expect(await lastIntents(one)).toEqual(['ask_service']);
		expect(said).toMatch(/стрижка женская/i);
		expect(said).toMatch(/маникюр/i);
		expect(said).not.toMatch(/окрашивание/i);
	});

	it('is asked for a service anew after the visit is booked, and after a pause that ends the session', async () => {
		const booked = desk();
		await booked.write('сколько стоит маникюр?');
		await booked.write('запишите на женскую стрижку к Анне завтра в 12:00');
		await booked.write('да');
		expect(booked.crm.visits).toHaveLength(1);
		await booked.write('запишите ещё на пятницу в 15:00');
		expect(await lastIntents(booked)).toContain('ask_service');

		const later = desk();
		await later.write('сколько стоит маникюр?');
		later.nowMs += 30 * HOUR;
		await later.write('запишите на пятницу в 15:00');
		expect(await lastIntents(later)).toContain('ask_service');
	});

	it('is not asked whether as usual: what was asked about is nearer', async () => {
		const habits: HabitSource = { usualVisit: async () => ({ serviceIds: ['cut'], staffId: 'maria' }) };
		const one = desk({ habits });
		await one.write('сколько стоит маникюр?');
		await one.write('запишите на завтра в 12:00');
		expect(await lastIntents(one)).toEqual(['offer']);
	});
});

async function lastIntents(one: Desk): Promise<readonly string[]> {
	const reply = (await one.events()).filter(({ kind }) => kind === 'reply').at(-1);
	return (JSON.parse(reply?.data ?? '{}') as { intents?: string[] }).intents ?? [];
}
