import type { Appointment } from '../../../core/booking';
import { halfFailingCast, oracleCast, RULES_ONLY } from '../casts';
import { comparison, failuresOf } from '../report';
import { runScenarios, type Run } from '../trial';
import { SCENARIOS } from './index';
import { GROUPS } from './scenario';
import { scoreOf } from './score';
import { Stage, type Played } from './stage';

const TWO_MINUTES = 120_000;

function passed(run: Run, fits: (score: Run['scores'][number]) => boolean = () => true): number {
	const counted = run.scores.filter(fits);
	return counted.filter((score) => score.passed).length / counted.length;
}

describe('the scenario suite', () => {
	it('is large enough, in two languages, over every group', () => {
		expect(SCENARIOS.length).toBeGreaterThanOrEqual(120);
		expect(SCENARIOS.filter(({ lang }) => lang === 'ru').length).toBeGreaterThanOrEqual(80);
		expect(SCENARIOS.filter(({ lang }) => lang === 'en').length).toBeGreaterThanOrEqual(30);
		expect(new Set(SCENARIOS.map(({ group }) => group)).size).toBe(GROUPS.length);
		expect(new Set(SCENARIOS.map(({ id }) => id)).size).toBe(SCENARIOS.length);
		expect(SCENARIOS.filter(({ plain }) => plain).every(({ end }) => end.booked?.length === 1)).toBe(true);
	});

	it('is done by the oracle, by rules on plain bookings, and by half an oracle nearly as well', async () => {
		const runs = { oracle: await runScenarios(SCENARIOS, oracleCast()), 'rules only': await runScenarios(SCENARIOS, RULES_ONLY), 'half of the calls fail': await runScenarios(SCENARIOS, halfFailingCast(1)) };
		process.stdout.write(`${comparison(runs)}\n${Object.entries(runs).map(([name, run]) => failuresOf(name, run)).join('\n')}\n`);
		expect(passed(runs.oracle)).toBeGreaterThanOrEqual(0.99);
		expect(passed(runs['rules only'], (score) => score.plain)).toBeGreaterThanOrEqual(0.85);
		expect(passed(runs['half of the calls fail'])).toBeGreaterThanOrEqual(0.95 * passed(runs.oracle));
		expect(runs['half of the calls fail'].failedCalls).toBeGreaterThan(0.3 * runs['half of the calls fail'].calls);
	}, TWO_MINUTES);

	it('costs at most 1.3 calls a turn, and none in a quarter of the turns, also where a model words every reply', async () => {
		const run = await runScenarios(SCENARIOS, oracleCast('model'));
		expect(run.calls).toBeGreaterThan(0);
		expect(run.calls / run.turns).toBeLessThanOrEqual(1.3);
		expect(run.turnsWithoutModel / run.turns).toBeGreaterThanOrEqual(0.25);
		expect(passed(run)).toBeGreaterThanOrEqual(0.99);
	}, TWO_MINUTES);
});

describe('the score', () => {
	let stage: Stage;
	let booking: Played;
	let moving: Played;
	let cancelling: Played;
	let question: Played;

	beforeAll(async () => {
		stage = await Stage.open();
		const play = async (id: string): Promise<Played> => {
			const scenario = SCENARIOS.find((one) => one.id === id);
			if (scenario === undefined) throw new Error(`No scenario ${id}`);
			return stage.play(scenario);
		};
		[booking, moving, cancelling, question] = await Promise.all([play('booking-ru-all-at-once'), play('moving-ru-day-and-time'), play('cancelling-ru-only-one'), play('questions-ru-price')]);
	});
	afterAll(() => stage.close());

	const edited = (played: Played, edit: (visit: Appointment) => Appointment): Played => ({ ...played, after: played.after.map(edit) });
	const withText = (played: Played, text: string): Played => ({ ...played, turns: played.turns.map((turn) => ({ ...turn, results: turn.results.map((result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, text: result.reply.text + text } })) })) });
	const silent = (played: Played): Played => ({ ...played, turns: played.turns.map((turn) => ({ ...turn, results: turn.results.map((result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, text: 'Хорошо.' } })) })) });

	it('is full for dialogues as they were', () => {
		for (const played of [booking, moving, cancelling, question]) expect(scoreOf(played).complaints).toEqual([]);
	});

	const SPOILT: readonly (readonly [name: string, part: 'state' | 'said' | 'justified' | 'conduct', spoil: () => Played])[] = [
		['a visit at another time', 'state', () => edited(booking, (visit) => ({ ...visit, start: '2026-11-24T15:00:00+03:00' }))],
		['another service', 'state', () => edited(booking, (visit) => ({ ...visit, serviceIds: ['brows'] }))],
		['another person', 'state', () => edited(booking, (visit) => ({ ...visit, staffId: 'maria' }))],
		['no visit at all', 'state', () => ({ ...booking, after: booking.before })],
		['a second visit', 'state', () => ({ ...booking, after: [...booking.after, ...booking.after.map((visit) => ({ ...visit, id: 'second' }))] })],
		['a visit that was not moved', 'state', () => ({ ...moving, after: moving.before })],
		['a visit that was not cancelled', 'state', () => ({ ...cancelling, after: cancelling.before })],
		['a visit nobody wanted changed', 'state', () => ({ ...question, before: booking.after, after: booking.after.map((visit) => ({ ...visit, status: 'cancelled' as const })) })],
		['an effect that was not told', 'said', () => silent(booking)],
		['a price that was not told', 'said', () => silent(question)],
		['a write whose calendar was not read again', 'justified', () => ({ ...booking, turns: booking.turns.map((turn) => (turn.line.consents === true ? { ...turn, from: booking.calls.findIndex(({ call }) => call === 'createAppointment') } : turn)) })],
		['a write of something never offered', 'justified', () => ({ ...booking, offers: [] })],
		['an offer shown only in the turn of the write', 'justified', () => ({ ...booking, log: booking.log.map((line) => (line.kind === 'offered' ? { ...line, turn: 99 } : line)) })],
		['a write without a pending action', 'justified', () => ({ ...booking, pendings: [] })],
		['a write without the client\'s yes', 'justified', () => ({ ...booking, turns: booking.turns.map((turn) => ({ ...turn, line: { ...turn.line, consents: false } })) })],
		['a visit cancelled unseen', 'justified', () => ({ ...cancelling, calls: cancelling.calls.map((call) => (call.call === 'appointments' ? { ...call, outcome: { kind: 'ok' as const, value: [] } } : call)) })],
		['a claim without an effect', 'conduct', () => withText(question, ' Вы записаны на завтра.')],
		['a second greeting', 'conduct', () => withText(booking, '\nЗдравствуйте!')],
		['a person called for nothing', 'conduct', () => ({ ...question, turns: question.turns.map((turn) => ({ ...turn, results: turn.results.map((result) => ({ ...result, handoff: 'asked' as const })) })) })],
	];

	it.each(SPOILT)('is lost by %s: %s', (_name, part, spoil) => {
		const score = scoreOf(spoil());
		expect(score.passed).toBe(false);
		expect(score[part]).toBe(false);
	});
});
