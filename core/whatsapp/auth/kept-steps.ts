import { AsyncLocalStorage } from 'node:async_hooks';
import type { SignalDataSet, SignalKeyStore } from '@whiskeysockets/baileys';
import type { ClientLibrary } from '../client-library';

type MakeRepository = ClientLibrary['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository'];

/**
 * Has every step of a session of keys stored before what was encrypted with it leaves. The client hands a message over inside its transaction and
 * keeps the step afterwards: a process killed in between would use the same key for the next message, which its phone then cannot read. A step
 * that is stored and never used is harmless, and one that cannot be stored sends nothing. `keys` is the store below the client's transactions.
 */
export function keepSteps(make: MakeRepository, keys: Pick<SignalKeyStore, 'set'>): MakeRepository {
	return (auth, logger, findNumbers) => {
		const steps = new AsyncLocalStorage<SignalDataSet['session'][]>();
		const { set } = auth.keys;
		auth.keys.set = async (data) => {
			if (data.session !== undefined) steps.getStore()?.push(data.session);
			await set(data);
		};
		const repository = make(auth, logger, findNumbers);
		const encryptMessage: typeof repository.encryptMessage = async (options) => {
			const taken: SignalDataSet['session'][] = [];
			const encrypted = await steps.run(taken, async () => await repository.encryptMessage(options));
			await keys.set({ session: Object.assign({}, ...taken) as NonNullable<SignalDataSet['session']> });
			return encrypted;
		};
		return { ...repository, encryptMessage };
	};
}
