/** `npm run bench`: every figure of docs/benchmarks.md with its method. `--core` leaves the part in real n8n out. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchSlots } from './calendar-slots';
import { benchCoreTurn } from './core-turn';
import { commit, machine, type Figure } from './machine';
import { benchModelTurn } from './model-turn';
import { benchStoreRows } from './store-rows';

async function main(): Promise<void> {
	const coreOnly = process.argv.includes('--core');
	const figures: Figure[] = [...(await benchCoreTurn()), ...(await benchModelTurn()), ...benchSlots(), ...(await benchStoreRows())];
	if (!coreOnly) {
		const { benchN8n } = await import('./n8n-throughput');
		figures.push(...(await benchN8n()));
	}
	const text = report(figures);
	process.stdout.write(text);
	const folder = join(__dirname, '..', '.results');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'bench.md'), text);
	process.exitCode = figures.every((figure) => figure.met) ? 0 : 1;
}

function report(figures: readonly Figure[]): string {
	const rows = figures.map((figure) => `| ${figure.name} | ${figure.value} | ${figure.goal} | ${figure.met ? 'yes' : 'NO'} | ${figure.method} |`);
	return [`Machine: ${machine()}  `, `Commit: ${commit()}`, '', '| what | figure | goal | met | method |', '| --- | --- | --- | --- | --- |', ...rows, ''].join('\n');
}

void main();
