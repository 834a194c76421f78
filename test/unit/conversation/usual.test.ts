import { createRulesUnderstander } from '../../../core/conversation/understand/rules';
import type { HabitSource, UsualVisit } from '../../../core/conversation/habits';
import type { ChatModel } from '../../../core/conversation';
import { createModelUnderstander } from '../../../core/conversation/understand/model/model-understander';
import { CLAIM, Desk, type DeskOptions, IRINA } from './desk';

const CUT: UsualVisit = { serviceIds: ['cut'], staffId: 'maria' };

/** Habits that say what they are told to, and remember who asked. */
class Habits implements HabitSource {
	readonly asked: Parameters<HabitSource['usualVisit']>[] = [];

	constructor(private readonly answer: () => Promise<UsualVisit | null>) {}

	async usualVisit(...query: Parameters<HabitSource['usualVisit']>): Promise<UsualVisit | null> {
		this.asked.push(query);
		return this.answer();
	}
}

function deskWith(usual: UsualVisit | null | Error = CUT, options: DeskOptions = {}): { desk: Desk; habits: Habits } {
	const habits = new Habits(async () => {
		if (usual instanceof Error) throw usual;
		return usual;
	});
	const desk = new Desk({ habits, understander: createRulesUnderstander(), ...options });
	if (options.phone !== null) desk.crm.addClient('Ирина', IRINA);
	return { desk, habits };
}

const USUAL = /как обычно: Стрижка женская, мастер Мария\?/i;
const READS = ['slots', 'createAppointment', 'createClient'] as const;

describe('booking as usual', () => {
	it('is offered to a client who only greets, and a yes leads over a time and a summary to the visit', async () => {
		const { desk, habits } = deskWith();
		expect(await desk.write('Здравствуйте')).toMatch(USUAL);
		expect(desk.last.reply?.buttons.map(({ title }) => title)).toEqual(['Да', 'Другое']);
		expect(habits.asked).toEqual([[desk.chat.tenant, { phone: IRINA, clientId: null, now: expect.any(String) }]]);
		expect(await desk.write('да')).toMatch(/день|когда/i);
		expect(READS.map((call) => desk.crm.count(call))).toEqual([0, 0, 0]);
		expect(await desk.write('завтра в 15:00')).toMatch(/Стрижка женская[\s\S]*Мария|Мария[\s\S]*Стрижка женская/);
		expect(desk.writes).toBe(0);
		expect(await desk.write('да')).toMatch(CLAIM);
		expect(desk.crm.visits).toMatchObject([{ serviceIds: ['cut'], staffId: 'maria', start: '2026-11-24T15:00:00+03:00' }]);
		expect(habits.asked).toHaveLength(1);
	});

	it('is offered in place of the list of services to one who wants a visit, and keeps the day that was named', async () => {
		const { desk } = deskWith();
		expect(await desk.write('Запишите меня на завтра в 15:00')).toMatch(USUAL);
		expect(await desk.write('как обычно')).toMatch(/Стрижка женская[\s\S]*Мария|Мария[\s\S]*Стрижка женская/);
		expect(await desk.write('да')).toMatch(CLAIM);
		expect(desk.crm.visits).toMatchObject([{ serviceIds: ['cut'], staffId: 'maria', start: '2026-11-24T15:00:00+03:00' }]);
	});

	it('speaks English', async () => {
		const { desk } = deskWith();
		expect(await desk.write('Hello, I would like to book')).toMatch(/usual(?: this time)?: .+ with .+\?/i);
		expect(await desk.write('yes')).toMatch(/day|when/i);
	});

	it.each([
		['да, завтра в 15', { staffId: 'maria' }],
		['завтра в 15:00', { staffId: 'maria' }],
		['да, но к Анне завтра в 15:00', { staffId: 'anna' }],
	])('takes «%s» for a yes with more words', async (text, visit) => {
		const { desk } = deskWith();
		await desk.write('Здравствуйте');
		await desk.write(text);
		expect(desk.writes).toBe(0);
		expect(await desk.write('да')).toMatch(CLAIM);
		expect(desk.crm.visits).toMatchObject([{ serviceIds: ['cut'], start: '2026-11-24T15:00:00+03:00', ...visit }]);
	});

	// Mutant: a habit that replaces what the client said.
	it.each(['нет, на маникюр завтра в 15:00', 'маникюр завтра в 15:00', 'хочу маникюр завтра в 15:00'])('gives way to «%s»', async (text) => {
		const { desk } = deskWith();
		await desk.write('Здравствуйте');
		expect(await desk.write(text)).toMatch(/15:00/);
		const asked = desk.crm.calls.filter(({ call }) => call === 'slots').map(({ args }) => args[0]);
		expect(asked).toEqual([expect.objectContaining({ serviceIds: ['nails'] })]);
		expect(asked).toEqual([expect.not.objectContaining({ staffId: expect.anything() })]);
	});

	it('is not asked again after a no, in words or by the button', async () => {
		const { desk, habits } = deskWith();
		await desk.write('Здравствуйте');
		expect(await desk.write('нет')).not.toMatch(USUAL);
		expect(await desk.write('Хочу записаться')).toMatch(/услуг/i);
		const other = deskWith();
		await other.desk.write('Здравствуйте');
		expect(await other.desk.press('opt:usual:1', 'Другое')).toMatch(/услуг/i);
		expect([habits, other.habits].map(({ asked }) => asked.length)).toEqual([1, 1]);
	});

	it('begins with the button too, and an old button is stale', async () => {
		const { desk } = deskWith();
		await desk.write('Здравствуйте');
		expect(await desk.press('opt:usual:0', 'Да')).toMatch(/день|когда/i);
		await desk.press('opt:usual:0', 'Да');
		expect((await desk.events()).map(({ kind }) => kind)).toContain('stale_button');
	});

	it('does not stand in the way of a question or of an own visit', async () => {
		const { desk } = deskWith();
		await desk.write('Здравствуйте');
		expect(await desk.write('сколько стоит маникюр?')).toMatch(/1[\s\u00a0]800/);
		expect(await desk.write('нет, отмените мою запись')).not.toMatch(/день/i);
		expect(desk.writes).toBe(0);
	});

	it.each<[string, DeskOptions]>([
		['whose phone the channel does not prove', { phone: null }],
		['in a salon without a copy', { habits: undefined as never }],
	])('is not offered to a client %s', async (_title, options) => {
		const { desk, habits } = deskWith(CUT, options);
		expect(await desk.write('Здравствуйте')).not.toMatch(/обычно/);
		expect(await desk.write('Хочу записаться')).not.toMatch(/обычно/);
		expect(habits.asked).toEqual([]);
	});

	// Mutant: a phone in a text believed.
	it('is not offered for a phone that is only written', async () => {
		const { desk, habits } = deskWith(CUT, { phone: null });
		await desk.write(`Мой номер ${IRINA}, я Ирина`);
		expect(await desk.write('Хочу записаться')).not.toMatch(/обычно/);
		expect(habits.asked).toEqual([]);
	});

	it.each<[string, UsualVisit | null | Error]>([
		['there is none', null],
		['the copy cannot be read', new Error('The disk is gone')],
		['the service is no longer done', { serviceIds: ['gone'], staffId: 'maria' }],
		['nobody does the services together', { serviceIds: ['color', 'nails'], staffId: null }],
	])('falls back without a word when %s, and reads once', async (_title, usual) => {
		const { desk, habits } = deskWith(usual);
		expect(await desk.write('Здравствуйте')).toMatch(/помочь/);
		expect(await desk.write('Хочу записаться')).toMatch(/услуг/i);
		expect(habits.asked).toHaveLength(1);
	});

	it('names no person who has left, and asks nobody who books for somebody else', async () => {
		const left = deskWith({ serviceIds: ['cut'], staffId: 'vera' });
		expect(await left.desk.write('Здравствуйте')).toMatch(/как обычно: Стрижка женская\?/i);
		const guest = deskWith();
		expect(await guest.desk.write('Запишите дочку Машу на завтра')).not.toMatch(/обычно/);
	});

	it('is offered anew in the next session, and an old yes means nothing by then', async () => {
		const { desk, habits } = deskWith();
		await desk.write('Здравствуйте');
		desk.nowMs += 20 * 3_600_000;
		expect(await desk.write('да')).not.toMatch(/день/);
		desk.nowMs += 20 * 3_600_000;
		expect(await desk.write('Здравствуйте')).toMatch(USUAL);
		expect(habits.asked.length).toBeLessThanOrEqual(3);
	});

	it('works with a model: it may accept, never write', async () => {
		const prompts: string[] = [];
		const model: ChatModel = {
			name: 'double',
			async complete({ messages }) {
				prompts.push(messages.at(-1)?.content ?? '');
				return { kind: 'ok', text: '{"acts":[{"type":"yes"},{"type":"yes"}],"lang":"ru","confidence":0.9}', usage: null };
			},
		};
		const { desk } = deskWith(CUT, { models: [model], understander: createModelUnderstander({ rules: createRulesUnderstander() }) });
		expect(await desk.write('Здравствуйте')).toMatch(USUAL);
		await desk.write('ой, ну давайте наверное как в тот раз, мне понравилось');
		expect([desk.writes, prompts.length]).toEqual([0, 1]);
		expect(prompts[0]).toContain('"asked":"usual"');
		expect(await desk.write('завтра в 15:00')).toMatch(/Стрижка женская[\s\S]*Мария|Мария[\s\S]*Стрижка женская/);
		expect(await desk.write('да')).toMatch(CLAIM);
		expect(desk.crm.visits).toMatchObject([{ serviceIds: ['cut'], staffId: 'maria' }]);
	});
});
