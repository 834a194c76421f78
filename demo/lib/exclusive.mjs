/** One process at a time does a piece of work that several may want at once (two terminals, a test run beside the demo). */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 500;

/**
 * Runs the work while holding a lock file with our process id. A lock whose owner no longer lives is taken over.
 * @template T
 * @param {string} lock path of the lock file
 * @param {() => Promise<T>} work
 * @param {(owner: number) => void} [onWait] told once when another process holds the lock
 * @returns {Promise<T>}
 */
export async function exclusively(lock, work, onWait) {
	await mkdir(dirname(lock), { recursive: true });
	let told = false;
	while (!(await takeLock(lock))) {
		const owner = await ownerOf(lock);
		if (owner === undefined) continue;
		if (!isAlive(owner)) {
			await rm(lock, { force: true });
			continue;
		}
		if (!told) onWait?.(owner);
		told = true;
		await sleep(POLL_MS);
	}
	try {
		return await work();
	} finally {
		await rm(lock, { force: true });
	}
}

/** The link appears with its content or not at all, so a lock always names its owner. @param {string} lock */
async function takeLock(lock) {
	const claim = `${lock}.${randomUUID()}`;
	await writeFile(claim, String(process.pid));
	try {
		await link(claim, lock);
		return true;
	} catch (error) {
		if (hasCode(error, 'EEXIST')) return false;
		throw error;
	} finally {
		await rm(claim, { force: true });
	}
}

/** @param {string} lock */
async function ownerOf(lock) {
	const text = await readFile(lock, 'utf8').catch(() => '');
	return text === '' ? undefined : Number(text);
}

/**
 * @param {number} pid
 * @returns {boolean} false only when no such process exists
 */
export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return hasCode(error, 'EPERM');
	}
}

/**
 * By shape and not by class: a test runner gives modules an Error class of their own.
 * @param {unknown} error
 * @param {string} code of the operating system, for example ENOENT
 */
export function hasCode(error, code) {
	return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
