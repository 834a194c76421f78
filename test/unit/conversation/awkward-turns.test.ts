import { understandByRules } from '../../../core/conversation/understand/rules';
import type { Act } from '../../../core/conversation/acts';
import { CrmDouble } from '../../support/crm-double';
import { BARE_CAPABILITIES, DOUBLE_COMPANY, DOUBLE_SERVICES, DOUBLE_STAFF } from '../../support/double-salon';
import { CLAIM, Desk, IRINA } from './desk';

const HOUR = 3_600_000;
const TOMORROW_NOON = '2026-11-24T12:00:00+03:00';

describe('turns that simulated clients found awkward', () => {
	it('a list of other times is said once when the slot is taken', async () => {
		const desk = new Desk();
		await desk.toSummary();
		desk.crm.put({ clientId: 'rival', serviceIds: ['cut'], staffId: 'anna', start: TOMORROW_NOON });
		const reply = await desk.write('да');
		expect(reply.match(/^1\. /gm)).toHaveLength(1);
	});

	it('other times are listed by the clock', async () => {
		const desk = new Desk();
		await desk.toSummary();
		desk.crm.put({ clientId: 'rival', serviceIds: ['cut'], staffId: 'anna', start: TOMORROW_NOON });
		await desk.write('да');
		const shown = JSON.parse((await desk.events()).filter((event) => event.kind === 'offered').at(-1)?.data ?? '{}') as { offers: string[] };
		const starts = await Promise.all(shown.offers.map(async (id) => (JSON.parse((await desk.conversations.offer(desk.chat, id))?.payload ?? '{}') as { start: string }).start));
		expect(starts.length).toBeGreaterThan(2);
		expect(starts).toEqual([...starts].sort());
	});

	it('a wish said again while another time is picked brings the alternatives back, not the same summary', async () => {
		const desk = new Desk();
		desk.crm.addClient('Ирина', IRINA);
		desk.crm.put({ clientId: 'rival', serviceIds: ['cut'], staffId: 'anna', start: TOMORROW_NOON });
		await desk.toSummary();
		await desk.write('первый', { type: 'pick', ref: 'o1' });
		await desk.write('завтра в 12:00', { type: 'fill', whenText: 'завтра в 12:00' });
		expect(JSON.parse((await desk.events()).at(-1)?.data ?? '{}')).toMatchObject({ intents: ['offer'] });
	});

	it('a move that the CRM cannot do goes to a person at once, nothing is offered or asked', async () => {
		const desk = new Desk({ crm: (clock) => new CrmDouble(clock, { ...BARE_CAPABILITIES, reschedule: false }) });
		await desk.toSummary();
		await desk.write('да');
		const reply = await desk.write('перенесите', { type: 'manage', op: 'move', whenText: 'завтра в 14:00' });
		expect(reply).toMatch(/администратор/i);
		expect(desk.last.handoff).toBe('question');
		expect(desk.crm.count('rescheduleAppointment')).toBe(0);
	});

	it.each([
		['https://salon.example/book?t=12', /https:\/\/salon\.example\/book\?t=12/],
		['javascript:alert(1)', /администратор/],
		['https://salon.example/a b', /администратор/],
	])('a visit the CRM takes on its page only is finished there (%s), and never told as booked', async (url, expected) => {
		const desk = new Desk();
		await desk.toSummary();
		desk.crm.fail('createAppointment', { kind: 'refused', reason: 'unsupported', handoff: { kind: 'link', url, text: 'The client does it there.' } });
		const reply = await desk.write('да');
		expect(reply).toMatch(expected);
		expect(reply).not.toMatch(CLAIM);
		expect(desk.crm.visits).toEqual([]);
	});

	it('a pressed «change» asks what to change', async () => {
		const desk = new Desk();
		await desk.toSummary();
		const change = desk.last.reply?.buttons.find((button) => button.id.startsWith('no:'));
		expect(await desk.press(change?.id ?? '')).toMatch(/\?$/);
		expect(desk.writes).toBe(0);
	});

	it('a yes that comes a day late is told that it is too late, not that it was a pleasure', async () => {
		const desk = new Desk();
		await desk.toSummary();
		desk.nowMs += 20 * HOUR;
		const reply = await desk.write('да', { type: 'yes' });
		expect(reply).toMatch(/устарело|прошло много времени/i);
		expect(await desk.write('да')).not.toMatch(CLAIM);
		expect(desk.writes).toBe(0);
	});

	it('a day past the horizon is named as such', async () => {
		const desk = new Desk();
		const reply = await desk.write('в марте', { type: 'book', serviceText: 'маникюр', whenText: '15 марта' });
		expect(reply).toContain(String(DOUBLE_COMPANY.bookingHorizonDays));
		expect(desk.crm.count('slots')).toBe(0);
	});

	it('«none of these» to times for a move asks for another day of the move', async () => {
		const desk = new Desk();
		const own = desk.crm.addClient('Ирина', IRINA);
		const visit = desk.crm.put({ clientId: own.id, serviceIds: ['cut'], staffId: 'anna', start: '2026-11-25T12:00:00+03:00' });
		await desk.write('перенесите', { type: 'manage', op: 'move', whenText: '26 ноября' });
		await desk.write('не подходит', { type: 'no' });
		await desk.write('27 ноября в 15:00', { type: 'fill', whenText: '27 ноября в 15:00' });
		expect(await desk.write('да')).toMatch(CLAIM);
		expect(desk.crm.visits.find((one) => one.id === visit.id)?.start).toBe('2026-11-27T15:00:00+03:00');
	});

	it('a visit that is too near to be cancelled is refused once; the second time a person is called', async () => {
		const desk = new Desk();
		const own = desk.crm.addClient('Ирина', IRINA);
		desk.crm.put({ clientId: own.id, serviceIds: ['cut'], staffId: 'anna', start: '2026-11-23T10:30:00+03:00' });
		expect(await desk.write('отмените', { type: 'manage', op: 'cancel' })).toMatch(/слишком мало времени/);
		expect(desk.last.handoff).toBeNull();
		await desk.write('ну отмените же', { type: 'manage', op: 'cancel' });
		expect(desk.last.handoff).toBe('question');
		expect(desk.writes).toBe(0);
	});

	it('a name and phone out of the blue get an answer', async () => {
		const desk = new Desk({ phone: null });
		expect(await desk.write('Ирина 8 916 555-44-33', { type: 'fill', nameText: 'Ирина', phoneText: '8 916 555-44-33' })).not.toBe('');
	});

	it('a question without an answer does not stop the turn from taking in a newer message', async () => {
		const desk = new Desk();
		desk.crm.addClient('Ирина', IRINA);
		await desk.write('завтра', { type: 'book', serviceText: 'стрижка женская', whenText: 'завтра' });
		desk.means('а адрес', { type: 'ask', topic: 'address', text: 'адрес' });
		let second: Promise<unknown> = Promise.resolve();
		desk.crm.fail('slots', {
			kind: 'meanwhile',
			run: async () => {
				second = desk.send(desk.message('а адрес'));
				await desk.lines(4);
			},
		});
		const reply = await desk.write('есть парковка', { type: 'ask', topic: 'faq', text: 'есть парковка' });
		await second;
		expect(reply).toContain('Ленина');
		expect(desk.results.filter((result) => result.kind === 'replied')).toHaveLength(2);
	});
});

describe('messages of one turn', () => {
	const read = (text: string, question: 'day' | 'confirm' = 'confirm'): readonly Act[] =>
		understandByRules({
			text, lang: 'ru', now: '2026-11-23T09:00:00+03:00', catalogue: { company: DOUBLE_COMPANY, services: DOUBLE_SERVICES, staff: DOUBLE_STAFF },
			phase: 'confirming', question: { kind: question }, offers: [], records: [], bookingInProgress: true, managing: false, aids: null,
		}).acts;

	it.each(['лучше в среду\nцены подскажите', 'лучше в среду\nа где вы находитесь?', 'а где вы находитесь?\nлучше в среду'])('a wish beside a question is not lost: %j', (text) => {
		expect(read(text).map((act) => act.type)).toEqual(expect.arrayContaining(['ask']));
		expect(JSON.stringify(read(text))).toContain('сред');
	});

	it.each(['сколько стоит\nманикюр', 'вы работаете\nв среду?', 'сколько по времени\nманикюр?'])('a question cut in two stays one question: %j', (text) => {
		expect(read(text).every((act) => act.type === 'ask')).toBe(true);
	});
});
