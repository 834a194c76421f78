import * as fc from 'fast-check';

/** Checks a property with a fresh seed and prints it, so that a failure elsewhere can be run again here. */
export function checkProperty<T>(name: string, property: fc.IProperty<T>, runs: number): void {
	const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2_147_483_647);
	process.stdout.write(`${name}: seed ${seed}, ${runs} runs\n`);
	fc.assert(property, { seed, numRuns: runs });
}
