import { runCampaign, summaryOf } from './campaign';

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

	it('are the same clients for the same seed', async () => {
		const [first, second] = [await runCampaign({ seed: 5, dialogues: 6 }), await runCampaign({ seed: 5, dialogues: 6 })];
		expect(second).toEqual(first);
	}, 60_000);
});
