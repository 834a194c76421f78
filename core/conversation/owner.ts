import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** One value a process start: tells a process from an earlier one with the same pid. */
const START = randomBytes(6).toString('hex');

/** A lease owner's name that says which process it is, unique for every call. */
export function newOwner(): string {
	return [hostname(), process.pid, START, randomBytes(6).toString('hex')].join('|');
}

/**
 * True when the owner is a process of this machine that is certainly gone, so that its lease need not be waited for.
 * Fencing keeps this safe even if it were not gone.
 */
export function isDeadOwner(owner: string): boolean {
	const [host, pidText, start] = owner.split('|');
	const pid = Number(pidText);
	if (host !== hostname() || !Number.isInteger(pid) || pid <= 0) return false;
	if (pid === process.pid) return start !== START;
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'ESRCH';
	}
}
