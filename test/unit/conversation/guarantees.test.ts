import { commitPending } from '../../../core/conversation/commit';
import { CrmDouble, moscow } from '../../support/crm-double';
import { BARE_CAPABILITIES, DOUBLE_COMPANY } from '../../support/double-salon';
import { CLAIM, Desk, IRINA, MONDAY_NINE } from './desk';

const TOMORROW_NOON = '2026-11-24T12:00:00+03:00';
const MINUTE = 60_000;

describe('G1: only offered slots are booked', () => {
	it('a time the CRM did not offer, a ref that was not shown and a forged button write nothing', async () => {
		const desk = new Desk();
		desk.crm.addClient('Ирина', IRINA);
		await desk.write('ночью', { type: 'book', serviceText: 'стрижка женская', whenText: 'завтра в 03:17', staffText: 'Анна' });
		await desk.write('девятое', { type: 'pick', ref: 'o9' });
		await desk.press('pick:0f0f0f0f0f0f0f0f');
		await desk.press('yes:0f0f0f0f0f0f0f0f');
		await desk.write('да', { type: 'yes' });
		expect(desk.writes).toBe(0);
	});

	it('a pending action whose slot is not the offered one is refused at the commit, even if the slot is free', async () => {
		const desk = new Desk();
		await desk.toSummary();
		await desk.conversations.accept(desk.chat, { messageId: 'x', payload: '{}', receivedAt: moscow(desk.nowMs) });
		const start = await desk.conversations.beginTurn(desk.chat, 'owner', moscow(desk.nowMs), 30_000);
		if (start.kind !== 'turn' || start.turn.pending === null) throw new Error('no pending action');
		const { pending } = start.turn;
		const payload = pending.payload.replace('T12:00', 'T13:00');
		expect(payload).not.toBe(pending.payload);
		const tools = { store: desk.conversations, crm: desk.crm, clock: () => moscow(desk.nowMs), sleep: async () => undefined, log: () => undefined };
		const bounds = { notBefore: moscow(desk.nowMs), lastDay: '2026-12-31' };
		expect(await commitPending({ ...tools, bounds }, start.turn, { ...pending, payload })).toEqual({ kind: 'refused', reason: 'slot_taken' });
		expect(desk.writes).toBe(0);
	});
});

describe('G2: nothing is written without a yes to a summary that was shown', () => {
	it('an understander that answers yes for the client in the same turn books nothing', async () => {
		const desk = new Desk();
		desk.crm.addClient('Ирина', IRINA);
		await desk.write('запишите', { type: 'book', serviceText: 'стрижка женская', whenText: 'завтра в 12:00', staffText: 'Анна' }, { type: 'yes' }, { type: 'yes' });
		expect(desk.writes).toBe(0);
		await desk.write('спасибо', { type: 'yes' });
		expect(desk.writes).toBe(0);
	});

	it('a yes written before the summary was shown does not book, one written after it does', async () => {
		const desk = new Desk();
		await desk.toSummary();
		await desk.send(desk.message('да', { receivedAt: moscow(desk.nowMs - 1000) }));
		expect(desk.writes).toBe(0);
		await desk.write('да');
		expect(desk.crm.visits).toHaveLength(1);
	});

	it('a yes that came while the summary was being made does not confirm it, however often the turn started over', async () => {
		const desk = new Desk();
		desk.crm.addClient('Ирина', IRINA);
		let extra: Promise<unknown> = Promise.resolve();
		const early = (): { kind: 'meanwhile'; run: () => Promise<void> } => ({
			kind: 'meanwhile',
			run: async () => {
				desk.nowMs += 1000;
				const message = desk.message('да');
				extra = desk.send(message);
				for (let tries = 0; tries < 200 && (await desk.conversations.get(desk.chat))?.lastMessageAt !== new Date(desk.nowMs).toISOString(); tries++);
				desk.nowMs += 1000;
			},
		});
		desk.crm.fail('slots', early(), early(), early());
		await desk.toSummary();
		await extra;
		expect(desk.writes).toBe(0);
		expect((await desk.conversations.get(desk.chat))?.waiting).toBe(0);
	});

	it.each(['да, но на 4', 'да?', 'спасибо', 'да, а сколько стоит'])('«%s» is not a yes', async (text) => {
		const desk = new Desk();
		await desk.toSummary();
		await desk.write(text);
		expect(desk.writes).toBe(0);
	});

	it('a yes that an operator got instead of the bot confirms nothing after the release', async () => {
		const desk = new Desk();
		await desk.toSummary();
		const [yes] = desk.last.reply?.buttons ?? [];
		expect(yes?.id).toMatch(/^yes:/);
		await desk.conversations.setMode(desk.chat, 'human', null, moscow(desk.nowMs));
		await desk.write('да');
		await desk.conversations.setMode(desk.chat, 'bot', null, moscow(desk.nowMs));
		await desk.press(yes?.id ?? '');
		expect(desk.writes).toBe(0);
	});
});

describe('G3: no effect is claimed that the CRM does not show', () => {
	it.each([
		['refused', { kind: 'refused', reason: 'client_blocked' }],
		['down', { kind: 'unavailable' }],
		['lost on its way', { kind: 'lost_request' }],
	] as const)('a create that was %s is not told as booked', async (_name, fault) => {
		const desk = new Desk();
		await desk.toSummary();
		desk.crm.fail('createAppointment', fault);
		const reply = await desk.write('да');
		expect(reply).not.toBe('');
		expect(reply).not.toMatch(CLAIM);
		expect(desk.last.events.map((event) => event.type)).not.toContain('booked');
		expect(desk.crm.visits).toHaveLength(0);
	});

	it('an answer «ok» that the read-back does not show is not told as booked', async () => {
		const desk = new Desk();
		await desk.toSummary();
		const book = desk.crm.createAppointment.bind(desk.crm);
		desk.crm.createAppointment = async (appointment, key) => {
			const done = await book(appointment, key);
			desk.crm.visits.length = 0;
			return done;
		};
		expect(await desk.write('да')).not.toMatch(CLAIM);
	});
});

describe('G4: one effect for one confirmation', () => {
	it('a create that timed out after its effect is read back and told once; 50 redeliveries make one visit', async () => {
		const desk = new Desk();
		await desk.toSummary();
		desk.crm.fail('createAppointment', { kind: 'lost_answer' });
		desk.nowMs += MINUTE;
		const yes = desk.message('да');
		const results = await Promise.all(Array.from({ length: 50 }, () => desk.send(yes)));
		expect(results.filter((result) => result.kind === 'replied')).toHaveLength(1);
		expect(results.find((result) => result.kind === 'replied')?.reply?.text).toMatch(CLAIM);
		for (let again = 0; again < 5; again++) expect((await desk.send(yes)).kind).toBe('repeated');
		expect(desk.crm.count('createAppointment')).toBe(1);
		expect(desk.crm.visits).toHaveLength(1);
	});

	it('a create of unknown effect is looked up, never sent again; ten minutes later a person is called', async () => {
		const desk = new Desk();
		await desk.toSummary();
		desk.crm.fail('createAppointment', { kind: 'lost_request' });
		await desk.write('да');
		await desk.write('ну что там');
		desk.nowMs += 11 * MINUTE;
		await desk.write('алло');
		expect(desk.crm.count('createAppointment')).toBe(1);
		expect(desk.last.handoff).toBe('effect_unknown');
	});

	it('an effect that shows later is told later, as the effect it is', async () => {
		const desk = new Desk();
		await desk.toSummary();
		desk.crm.fail('createAppointment', { kind: 'lost_answer' });
		desk.crm.fail('appointments', { kind: 'unavailable' }, { kind: 'unavailable' }, { kind: 'unavailable' });
		expect(await desk.write('да')).not.toMatch(CLAIM);
		expect(await desk.write('ну что там')).toMatch(CLAIM);
		expect(desk.crm.visits).toHaveLength(1);
		expect(desk.crm.count('createAppointment')).toBe(1);
	});

	it('where one key has one effect, a lost request is sent again under the same key', async () => {
		const desk = new Desk({ crm: (clock) => new CrmDouble(clock, { ...BARE_CAPABILITIES, idempotentWrites: true, findByOperation: true }) });
		await desk.toSummary();
		desk.crm.fail('createAppointment', { kind: 'lost_request' });
		await desk.write('да');
		expect(await desk.write('ну что там')).toMatch(CLAIM);
		const keys = desk.crm.calls.filter((one) => one.call === 'createAppointment').map((one) => one.args[1]);
		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
		expect(desk.crm.visits).toHaveLength(1);
	});
});

describe('G7: a taken slot comes with alternatives', () => {
	it.each(['before the check', 'between check and write'])('taken %s', async (when) => {
		const desk = new Desk();
		await desk.toSummary();
		const rival = (): void => void desk.crm.put({ clientId: 'rival', serviceIds: ['cut'], staffId: 'anna', start: TOMORROW_NOON });
		if (when === 'before the check') rival();
		else desk.crm.fail('createAppointment', { kind: 'meanwhile', run: rival });
		const reply = await desk.write('да');
		expect(reply).toMatch(/занят/);
		// A CRM that does not exclude double bookings by itself relies on the check before the write.
		expect(desk.crm.count('createAppointment')).toBe(when === 'before the check' ? 0 : 1);
		const buttons = desk.last.reply?.buttons ?? [];
		expect(buttons.length).toBeGreaterThan(0);
		await desk.press(buttons[0]?.id ?? '');
		expect(await desk.write('да')).toMatch(CLAIM);
		const own = desk.crm.visits.filter((visit) => visit.clientId !== 'rival');
		expect(own).toHaveLength(1);
		expect(own[0]?.staffId === 'anna' && own[0].start === TOMORROW_NOON).toBe(false);
	});
});

describe('G18: times that are past, too near or too far are refused', () => {
	const notice = DOUBLE_COMPANY.bookingNoticeMinutes;

	it.each([
		['a minute inside the notice', notice - 1, 0],
		['exactly at the notice', notice, 1],
	])('a start %s', async (_name, minutesAhead, visits) => {
		const desk = new Desk();
		desk.nowMs = Date.parse('2026-11-23T15:00:00+03:00') - minutesAhead * MINUTE - 60_000;
		desk.crm.addClient('Ирина', IRINA);
		await desk.write('запишите', { type: 'book', serviceText: 'стрижка женская', whenText: 'сегодня в 15:00', staffText: 'Анна' });
		desk.nowMs = Date.parse('2026-11-23T15:00:00+03:00') - minutesAhead * MINUTE - 30_000;
		await desk.write('да');
		expect(desk.crm.visits.filter((visit) => visit.start === '2026-11-23T15:00:00+03:00')).toHaveLength(visits);
	});

	it('a start that came too near between the summary and the yes is refused, whatever the CRM lists', async () => {
		const desk = new Desk();
		desk.crm.addClient('Ирина', IRINA);
		desk.nowMs += 10 * MINUTE;
		await desk.write('запишите', { type: 'book', serviceText: 'стрижка женская', whenText: 'сегодня в 10:30', staffText: 'Анна' });
		const start = '2026-11-23T10:30:00+03:00';
		desk.nowMs = Date.parse(start) - (notice - 1) * MINUTE - 30_000;
		desk.crm.slots = async (query) => ({
			kind: 'ok',
			value: [{ start, end: '2026-11-23T11:30:00+03:00', staffId: 'anna', serviceIds: query.serviceIds, price: null }],
		});
		await desk.write('да');
		expect(desk.writes).toBe(0);
	});

	it('a day past the horizon and a person who cannot do the service are never offered, whatever the CRM lists', async () => {
		const desk = new Desk();
		desk.crm.addClient('Ирина', IRINA);
		const lastDay = new Date(MONDAY_NINE + DOUBLE_COMPANY.bookingHorizonDays * 86_400_000).toISOString().slice(0, 10);
		desk.crm.slots = async (query) => ({
			kind: 'ok',
			value: [
				{ start: `${query.from}T12:00:00+03:00`, end: `${query.from}T13:00:00+03:00`, staffId: 'olga', serviceIds: query.serviceIds, price: null },
				{ start: '2027-03-01T12:00:00+03:00', end: '2027-03-01T13:00:00+03:00', staffId: 'anna', serviceIds: query.serviceIds, price: null },
			],
		});
		const reply = await desk.write('запишите', { type: 'book', serviceText: 'стрижка женская', whenText: 'завтра в 12:00' });
		expect(lastDay < '2027-03-01').toBe(true);
		expect(reply).not.toMatch(/Ольг|марта/);
		expect(desk.last.reply?.buttons ?? []).toHaveLength(0);
	});
});
