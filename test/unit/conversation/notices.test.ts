import type { TurnResult } from '../../../core/conversation/assistant';
import { CHANNELS } from '../../../core/conversation/compose/channel';
import type { Notice } from '../../../core/conversation/notice';
import { createRulesUnderstander } from '../../../core/conversation/understand/rules';
import { moscow } from '../../support/crm-double';
import { CLAIM, Desk, type DeskOptions, IRINA, noticeOf } from './desk';

const HOUR = 3_600_000;
const REVIEWS = 'https://reviews.example/salon';

/** A salon whose client has a visit tomorrow at noon. */
async function deskWithVisit(options: DeskOptions = {}): Promise<{ readonly desk: Desk; readonly visit: { id: string; start: string } }> {
	const desk = new Desk({ understander: createRulesUnderstander(), ...options });
	desk.crm.addClient('Ирина', IRINA);
	await desk.write('стрижка женская завтра в 12:00 к Анне');
	await desk.write('да');
	const [visit] = desk.crm.visits;
	if (visit === undefined) throw new Error('there is no visit');
	return { desk, visit };
}

function give(desk: Desk, notice: Partial<Notice> & Pick<Notice, 'kind'>): Promise<TurnResult> {
	return desk.send(
		desk.message('', {
			messageId: notice.id ?? `notice ${notice.kind}`,
			kind: 'notice',
			notice: { id: `notice ${notice.kind}`, appointmentId: null, start: null, note: null, url: null, ...notice },
			sender: { phone: IRINA, name: null },
			receivedAt: moscow(desk.nowMs),
		}),
	);
}

describe('a reminder of a visit', () => {
	it('names the visit, offers to move or cancel, and claims nothing', async () => {
		const { desk, visit } = await deskWithVisit();
		desk.nowMs += 20 * HOUR;
		const result = await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start });
		expect(result.reply?.text).toContain('12:00');
		expect(result.reply?.text).toContain('Анна');
		expect(result.reply?.text).not.toMatch(CLAIM);
		expect(result.reply?.buttons.map(({ id }) => id)).toEqual(['opt:reminder:0', 'opt:reminder:1', 'opt:reminder:2']);
		expect(noticeOf(result)).toEqual([{ outcome: 'said', why: null }]);
	});

	it.each(['да', 'буду', 'Спасибо, приду!', 'подтверждаю', 'ок', "I'll be there"])('takes «%s» for a promise to come, and writes nothing', async (text) => {
		const { desk, visit } = await deskWithVisit();
		const writes = desk.writes;
		desk.nowMs += 20 * HOUR;
		await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start });
		await desk.write(text);
		expect(desk.last.events.map(({ type }) => type)).toEqual(['visit_confirmed']);
		expect(desk.last.reply?.text).toContain('12:00');
		expect(desk.writes).toBe(writes);
	});

	it.each(['нет', 'не приду', 'отмените', 'не смогу', 'я не буду', "I won't come"])('asks before it cancels on «%s», and cancels the visit it spoke of', async (text) => {
		const { desk, visit } = await deskWithVisit();
		desk.nowMs += 20 * HOUR;
		await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start });
		await desk.write(text);
		expect(desk.crm.count('cancelAppointment')).toBe(0);
		await desk.write('да');
		expect(desk.crm.count('cancelAppointment')).toBe(1);
		expect(desk.last.events.map(({ type }) => type)).toEqual(['cancelled']);
	});

	it('moves the visit it spoke of', async () => {
		const { desk, visit } = await deskWithVisit();
		desk.nowMs += 2 * HOUR;
		await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start });
		await desk.write('перенесите на послезавтра в 12:00');
		await desk.write('да');
		expect(desk.last.events.map(({ type }) => type)).toEqual(['rescheduled']);
	});

	it('is understood by its buttons, a day later too', async () => {
		const { desk, visit } = await deskWithVisit({ channel: CHANNELS.telegram });
		await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start });
		desk.nowMs += 14 * HOUR;
		await desk.press('opt:reminder:0', 'Приду');
		expect(desk.last.events.map(({ type }) => type)).toEqual(['visit_confirmed']);
	});

	it('is not sent of a visit that was cancelled or moved since', async () => {
		const { desk, visit } = await deskWithVisit();
		expect(noticeOf(await give(desk, { kind: 'reminder', id: 'a', appointmentId: visit.id, start: '2026-11-24T13:00:00+03:00' }))).toEqual([{ outcome: 'never', why: 'moved' }]);
		expect(noticeOf(await give(desk, { kind: 'reminder', id: 'b', appointmentId: 'another', start: visit.start }))).toEqual([{ outcome: 'never', why: 'gone' }]);
		expect(desk.last.reply).toBeNull();
	});

	it('knows the same moment in another zone', async () => {
		const { desk, visit } = await deskWithVisit();
		const utc = new Date(visit.start).toISOString();
		expect(noticeOf(await give(desk, { kind: 'reminder', appointmentId: visit.id, start: utc }))).toEqual([{ outcome: 'said', why: null }]);
	});

	it('is said once, however often it is given', async () => {
		const { desk, visit } = await deskWithVisit();
		await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start });
		const again = await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start });
		expect(again.kind).toBe('repeated');
		expect(again.reply).toBeNull();
	});
});

describe('a salon that writes first', () => {
	it('does not break into a talk', async () => {
		const { desk, visit } = await deskWithVisit();
		await desk.write('хочу записаться на окрашивание');
		const { question } = JSON.parse((await desk.conversations.get(desk.chat))?.state ?? '{}') as { question: unknown };
		expect(noticeOf(await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start }))).toEqual([{ outcome: 'later', why: 'in_talk' }]);
		const after = JSON.parse((await desk.conversations.get(desk.chat))?.state ?? '{}') as { question: unknown };
		expect(after.question).toEqual(question);
	});

	it('is silent for who asked for silence, and while a person answers', async () => {
		const { desk } = await deskWithVisit();
		await desk.write('позовите администратора');
		expect(noticeOf(await give(desk, { kind: 'birthday' }))).toEqual([{ outcome: 'later', why: 'human' }]);
		const quiet = (await deskWithVisit()).desk;
		await quiet.write('стоп');
		expect(noticeOf(await give(quiet, { kind: 'birthday' }))).toEqual([{ outcome: 'never', why: 'opted_out' }]);
		expect(quiet.last.reply).toBeNull();
	});

	it('waits while the CRM is away', async () => {
		const { desk, visit } = await deskWithVisit();
		desk.crm.fail('appointments', { kind: 'unavailable' });
		expect(noticeOf(await give(desk, { kind: 'reminder', appointmentId: visit.id, start: visit.start }))).toEqual([{ outcome: 'later', why: 'crm_unavailable' }]);
	});

	it('does not invite who is booked', async () => {
		const { desk } = await deskWithVisit();
		expect(noticeOf(await give(desk, { kind: 'win_back' }))).toEqual([{ outcome: 'never', why: 'booked' }]);
	});

	it('says the words of the salon, but none that claim a booking', async () => {
		const { desk } = await deskWithVisit();
		expect((await give(desk, { kind: 'birthday', id: 'a', note: 'Дарим скидку 10 % до конца месяца.' })).reply?.text).toContain('скидку 10 %');
		expect((await give(desk, { kind: 'birthday', id: 'b', note: 'Вы записаны на завтра.' })).reply?.text).not.toMatch(CLAIM);
	});

	it.each([
		['5', ['rated'], REVIEWS],
		['2', ['rated', 'handoff'], 'администратору'],
	] as const)('takes the mark «%s»', async (text, types, said) => {
		const { desk } = await deskWithVisit();
		expect((await give(desk, { kind: 'review', url: REVIEWS })).reply?.text).not.toContain(REVIEWS);
		await desk.write(text);
		expect(desk.last.events.map(({ type }) => type)).toEqual(types);
		expect(desk.last.reply?.text).toContain(said);
	});
});
