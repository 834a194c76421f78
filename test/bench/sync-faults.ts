import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALTEGIO, YCLIENTS } from '../../core/crm/yclients';
import { AMOCRM, KOMMO } from '../../core/crm/amocrm';
import { openStore } from '../../core/store';
import { amocrmUnderTest } from '../contract/support/amocrm-bench';
import { bitrix24UnderTest } from '../contract/support/bitrix24-bench';
import { dikidiUnderTest } from '../contract/support/dikidi-bench';
import { easyweekUnderTest } from '../contract/support/easyweek-bench';
import { onecUnderTest } from '../contract/support/onec-bench';
import { openCopied } from '../contract/support/sync-bench';
import { type FaultsPlayed, playFaults } from '../contract/support/sync-faults';
import type { VendorUnderTest } from '../contract/support/vendor-bench';
import { yclientsUnderTest } from '../contract/support/yclients-bench';
import type { Figure } from './machine';

/** Runs of the sync a vendor; a night's campaign takes more. */
const ROUNDS = Math.max(1, Number(process.env.SYNC_ROUNDS ?? 60) || 60);

/** A part of the name of the vendors that are played; all of them by default. */
const ONLY = (process.env.SYNC_VENDOR ?? '').toLowerCase();

/** Every simulator, by the way it is read. */
export function vendors(): readonly VendorUnderTest[] {
	return [
		yclientsUnderTest('journal', {}, YCLIENTS), yclientsUnderTest('journal', {}, ALTEGIO), bitrix24UnderTest('booking'), bitrix24UnderTest('crm'), amocrmUnderTest(AMOCRM), amocrmUnderTest(KOMMO), easyweekUnderTest(),
		onecUnderTest('salon', { visit: { marker: 'Маркер' } }), onecUnderTest('vet clinic', { configuration: 'vet' }), dikidiUnderTest('DIKIDI, a gateway'),
	];
}

/** One salon of a vendor that goes on working, copied with a fault drawn by lot at every run. */
export async function campaign(vendor: VendorUnderTest, seed: number, rounds: number): Promise<FaultsPlayed> {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-faults-'));
	const store = await openStore({ engine: 'sqlite', path: join(folder, 'copy.sqlite') }, { keys: ['faults'] });
	const salon = await openCopied(vendor);
	try {
		return await playFaults(salon, store, 'faulty', { seed, rounds });
	} finally {
		await salon.bench.close();
		await store.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The figures of the campaign for docs/benchmarks.md. */
export async function benchSyncFaults(seed = Date.now() % 1_000_000, told: (figure: Figure) => void = () => undefined): Promise<readonly Figure[]> {
	const figures: Figure[] = [];
	for (const vendor of vendors().filter(({ name }) => name.toLowerCase().includes(ONLY))) {
		const { faults, edits, falseDeletions, lostUpdates, wrongMoney } = await campaign(vendor, seed, ROUNDS);
		const figure: Figure = {
			name: `sync with faults, ${vendor.name}`, value: `${faults} faults, ${edits} changes meanwhile: ${falseDeletions} false deletions, ${lostUpdates} lost updates, ${wrongMoney} wrong sums`, goal: '0, 0, 0',
			met: faults > 0 && edits > 0 && falseDeletions + lostUpdates + wrongMoney === 0, method: `${ROUNDS} runs, seed ${seed}`,
		};
		told(figure);
		figures.push(figure);
	}
	return figures;
}

if (require.main === module) {
	const tell = ({ name, value, goal, met, method }: Figure): boolean => process.stdout.write(`${name}: ${value} (${goal}; ${method}) ${met ? 'met' : 'NOT MET'}\n`);
	void benchSyncFaults(process.env.SYNC_SEED === undefined ? undefined : Number(process.env.SYNC_SEED), tell).then((figures) => {
		process.exitCode = figures.every(({ met }) => met) ? 0 : 1;
	});
}
