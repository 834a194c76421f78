import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** Where and on what the figures were taken. */
export function machine(): string {
	const [cpu] = cpus();
	const memory = Math.round(totalmem() / 2 ** 30);
	return `${cpus().length} x ${cpu?.model.trim() ?? 'unknown CPU'}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** The commit the figures belong to; a plus marks uncommitted changes. */
export function commit(): string {
	const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
	return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'core', 'nodes') === '' ? '' : '+'}`;
}

/** Percentiles of a list of numbers. */
export function percentiles(values: readonly number[]): { p50: number; p95: number; p99: number } {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
	return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** One line of the result table. */
export interface Figure {
	readonly name: string;
	readonly value: string;
	readonly goal: string;
	readonly met: boolean;
	readonly method: string;
}
