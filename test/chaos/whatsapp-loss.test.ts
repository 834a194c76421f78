import { describeEngines } from '../support/engines';
import { runLossCampaign } from './loss-campaign';

const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

/** A sample of `npm run whatsapp:loss`. */
describe(`a session whose link breaks and whose process is killed (TEST_SEED=${SEED})`, () => {
	describeEngines((_dialect, engine) => {
		it('loses no message, gives none twice, keeps the order, and shows each answer once', async () => {
			const store = await engine.open();
			const report = await runLossCampaign(store, engine.config, { seed: SEED, incoming: 40, outgoing: 20, kills: 2, faults: 5, people: 3 });
			expect(report).toMatchObject({ lost: [], twice: [], disordered: [], unsent: [], shownTwice: [], answersDisordered: [], crashes: [], serverErrors: [] });
			expect(report.turns).toBeGreaterThan(0);
		}, 300_000);
	});
});
