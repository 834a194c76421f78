import type { ClientLibrary } from '../client-library';
import type { WhatsappError } from '../errors';
import type { Lease } from '../lease';
import type { Inbound, Outbound } from '../ports';
import type { Environment } from './environment';
import { readRecord, type SessionRecord, type SessionRecords } from './records';
import type { SessionSettings } from './settings';

/** What a session is made of beside its sockets, while its lease lasts. */
export interface Halves {
	readonly client: ClientLibrary;
	readonly inbound: Inbound;
	readonly outbound: Outbound;
}

interface Parts {
	readonly env: Environment;
	readonly lease: Lease;
	readonly records: SessionRecords;
	readonly settings: () => SessionSettings;
	/** Told what was noted of the session before, as soon as it is read. */
	readonly adopt: (record: SessionRecord) => void;
	readonly onFailure: (error: WhatsappError) => void;
	/** Told of what could not be stored at the end. */
	readonly onLeftOver: (error: unknown) => void;
}

/** The halves of a session: made when they are first needed, and anew after an end. */
export class SessionHalves {
	#beginning: Promise<Halves> | null = null;

	constructor(private readonly parts: Parts) {}

	/** The halves, made once. Rejects when the client or the database is missing; the next call tries again. */
	async begun(): Promise<Halves> {
		this.#beginning ??= begin(this.parts).catch((error: unknown) => {
			this.#beginning = null;
			throw error;
		});
		return await this.#beginning;
	}

	/** Lets both come to an end; without them there is nothing to do. */
	async end(): Promise<void> {
		const halves = await this.#beginning?.catch(() => null);
		this.#beginning = null;
		if (halves) await finish(halves, this.parts.onLeftOver);
	}
}

/** Reads what a crash left behind, before anything new comes. */
async function begin({ env, lease, records, settings, adopt, onFailure, onLeftOver }: Parts): Promise<Halves> {
	const { store, signals, clock } = env;
	const client = await env.loadClient();
	const record = await readRecord(store, lease);
	const parts = { store, client, lease, settings, signals, clock, health: records.event, onFailure };
	if (record !== null) adopt(record);
	const halves = { client, inbound: env.createInbound(parts), outbound: env.createOutbound(parts) };
	try {
		await halves.inbound.recover();
	} catch (error) {
		// both listen by now, and the next beginning makes others
		await finish(halves, onLeftOver).catch(onLeftOver);
		throw error;
	}
	// a code that was shown before belongs to a socket that is gone
	records.pairing(null);
	return halves;
}

async function finish({ inbound, outbound }: Halves, onLeftOver: (error: unknown) => void): Promise<void> {
	await outbound.stop(0);
	await inbound.settled().catch(onLeftOver);
	await inbound.stop();
}
