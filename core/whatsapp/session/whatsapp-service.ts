import type { Store } from '../../store';
import { ServiceCore, serviceSlot, type WhatsappServiceOptions } from './core';
import { processRegistry } from './process-registry';
import type { WhatsappService } from './service';

/** Names this copy of the package: after a reload of it another one is loaded in the same process. */
const MODULE = Symbol('whatsapp sessions');

/**
 * The WhatsApp sessions of this process on a store, made on first use; `options` count then. A newer copy of the package takes over what an
 * older one runs: that closes its sockets and gives its sessions back, and those who subscribed to it stay subscribed.
 */
export function whatsappService(store: Store, options: WhatsappServiceOptions = {}): WhatsappService {
	takeOver(store, options);
	const core = (): ServiceCore => serviceSlot(store).core ?? takeOver(store, options);
	return {
		ensure: async (key, settings) => await core().ensure(key, settings),
		subscribe: (key, handlers) => core().subscribe(key, handlers),
		status: async (key) => await core().status(key),
		list: async (tenant) => await core().list(tenant),
		command: async (key, order, timeoutMs) => await core().command(key, order, timeoutMs),
		pairing: async (key) => await core().pairing(key),
		setVersion: async (version) => await core().setVersion(version),
		backup: async (key) => await core().backup(key),
		restore: async (key, backup) => await core().restore(key, backup),
		shutdown: async () => await shutDown(store),
	};
}

/**
 * Ends the sessions of this process, in order, before the process itself ends. What is asked afterwards is answered, and connects nothing: whoever
 * still works at the end would otherwise take back what was just given to others, and nobody would end it.
 */
export async function endWhatsappSessions(): Promise<void> {
	const registry = processRegistry();
	registry.isEnding = true;
	await Promise.allSettled([...registry.closers.values()].map((close) => close()));
}

function takeOver(store: Store, options: WhatsappServiceOptions): ServiceCore {
	const slot = serviceSlot(store);
	if (slot.core !== null && slot.module === MODULE) return slot.core;
	const { ready, closers, isEnding } = processRegistry();
	const core = new ServiceCore(store, isEnding ? { ...options, role: 'none' } : options, slot.core?.shutdown() ?? ready);
	slot.core = core;
	slot.module = MODULE;
	closers.set(slot, async () => await shutDown(store));
	return core;
}

/** Afterwards the next call begins anew. */
async function shutDown(store: Store): Promise<void> {
	const slot = serviceSlot(store);
	const { core } = slot;
	slot.core = null;
	processRegistry().closers.delete(slot);
	await core?.shutdown();
}
