import { readFile, writeFile } from 'node:fs/promises';
import { openStore, type Store } from '../../store';
import { resealSession } from '../auth';
import { WhatsappError } from '../errors';
import type { SessionKey } from '../lease';
import { ServiceCore } from '../session/core';
import type { HostConfig } from './config';

interface Parts {
	readonly store: Store;
	/** Runs no session itself. */
	readonly service: ServiceCore;
}

/** Something done once, beside the processes that run the sessions. */
interface HostCommand {
	/** What has to follow its name. */
	readonly names: readonly string[];
	readonly what: string;
	/** The sentence that is printed. Rejects with an Error whose message says what is wrong, and holds no key, phone or text. */
	run(parts: Parts, given: readonly string[]): Promise<string>;
}

const SESSION = ['salon', 'session'] as const;
const keyOf = ([tenant = '', session = '']: readonly string[]): SessionKey => ({ tenant, session });

const backup: HostCommand = {
	names: [...SESSION, 'file'],
	what: 'keeps the state of a linked number in a new file, which only the same encryption key opens; the number may go on meanwhile',
	async run({ service }, given) {
		const [, , file = ''] = given;
		await writeFile(file, await service.backup(keyOf(given)), { mode: 0o600, flag: 'wx' });
		return `The state of the session is in ${file}.`;
	},
};

const restore: HostCommand = {
	names: [...SESSION, 'file'],
	what: 'puts such a state back; nobody may run the number meanwhile',
	async run({ service }, given) {
		const [, , file = ''] = given;
		const { takenAt, sentence } = await service.restore(keyOf(given), await readFile(file, 'utf8'));
		return `The backup was made at ${new Date(takenAt).toISOString()}. ${sentence}`;
	},
};

const reseal: HostCommand = {
	names: SESSION,
	what: 'seals the state of a number with the first of the keys, also while it runs',
	async run({ store, service }, given) {
		const key = keyOf(given);
		return `Values sealed anew: ${(await service.status(key)).owner === null ? await resealHere(store, service, key) : await resealThere(service, key)}.`;
	},
};

const version: HostCommand = {
	names: ['version'],
	what: 'the version of the client that WhatsApp is told, such as 2.3000.1043857760, for all numbers of the store; "none" takes it back',
	async run({ service }, [given = '']) {
		const isNone = given === 'none';
		await service.setVersion(isNone ? null : given);
		return isNone ? 'The version is found by itself again.' : 'Numbers that wait for a version try it, within 15 minutes at the latest.';
	},
};

/** Everything a host does beside running sessions, by the name it is called by. */
export const COMMANDS: Readonly<Record<string, HostCommand>> = { backup, restore, reseal, version };

/** Carries out a command on the store. Rejects as the command does, and with StoreErrors. */
export async function runCommand({ run }: HostCommand, given: readonly string[], { store: place, keys }: Pick<HostConfig, 'store' | 'keys'>): Promise<string> {
	const store = await openStore(place, { keys });
	const service = new ServiceCore(store, { role: 'none' }, Promise.resolve());
	try {
		return await run({ store, service }, given);
	} finally {
		await service.shutdown();
		await store.close();
	}
}

async function resealHere(store: Store, { manager }: ServiceCore, key: SessionKey): Promise<number> {
	return await manager.aside(key, async (lease) => {
		if (lease === null) throw new WhatsappError('session_held');
		return await resealSession(store, lease);
	});
}

async function resealThere(service: ServiceCore, key: SessionKey): Promise<number> {
	const answer = await service.command(key, { kind: 'reseal' });
	if (answer.status !== 'ok') throw new Error(answer.sentence);
	return (answer.value as { readonly changed: number }).changed;
}
