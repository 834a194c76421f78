import { runCampaign, summaryOf } from './campaign-run';

const SEED = Number(process.env['EVAL_SEED'] ?? 20_261_123);
const DIALOGUES = 150;

describe('simulated clients', () => {
	it(`break no guarantee in ${DIALOGUES} dialogues of seed ${SEED}, and plain bookings end booked`, async () => {
		const report = await runCampaign({ seed: SEED, dialogues: DIALOGUES });
		process.stdout.write(`${summaryOf(report)}\n`);
		expect(report.violations).toEqual([]);
		expect(report.plain).toBeGreaterThan(DIALOGUES / 5);
		expect(report.plainBooked / report.plain).toBeGreaterThanOrEqual(0.9);
	}, 120_000);

	it(`break no guarantee in ${DIALOGUES} dialogues of seed ${SEED} with models that misbehave in sixteen ways`, async () => {
		const report = await runCampaign({ seed: SEED, dialogues: DIALOGUES, doubles: true });
		process.stdout.write(`${summaryOf(report)}\n`);
		expect(report.violations).toEqual([]);
		expect(report.modelCalls).toBeGreaterThan(DIALOGUES);
		expect(report.booked).toBeGreaterThan(DIALOGUES / 4);
	}, 120_000);

	it.each([false, true])('are the same clients for the same seed (with doubles: %s)', async (doubles) => {
		const [first, second] = [await runCampaign({ seed: 5, dialogues: 8, doubles }), await runCampaign({ seed: 5, dialogues: 8, doubles })];
		expect(second).toEqual(first);
	}, 60_000);
});
