import type { BaileysEventMap, WASocket } from '@whiskeysockets/baileys';
import { StoreError } from '../../store';
import { WriteQueue } from '../auth/writes';
import type { ClientLibrary } from '../client-library';
import { holdLease } from '../lease';
import { readVote } from '../outbound';
import type { HalfParts, Inbound } from '../ports';
import { type Arrival, arrivalOf, arrivalsOf, type Decrypted, type Me, placeOf } from './arrival';
import { Closer, processTimer, type Timer } from './closer';
import { addressesOf, type Addresses, knownAddresses, pairIn } from './identity';
import { type Content, type Letter, takeIn, type Taken } from './inbox';
import { isStored, journal, journaled, lastArrival } from './journal';
import { isMediaHost } from './media/download';
import { Files } from './media/files';
import { NOTHING_SAID, type Said } from './item';
import type { InboundSettings } from './settings';
import { readContent, type Reading } from './shapes';
import { onUnreadableTurn } from './unreadable';
import { keepDecrypted, Stanzas } from './stanzas';
import { rawOf } from './raw';
import { markReadAtTurns } from './read-marks';
import { removeOld } from './retention';
import { isLid, userJid } from './values';

/** What the receiving half is made with; what is not given is the product's own. */
export interface InboundParts extends Omit<HalfParts, 'settings'> {
	/** The present ones: an operator may change them while the session runs. */
	readonly settings: () => InboundSettings;
	/** For media, by a proxy where the session has one. */
	readonly fetch?: typeof fetch;
	/** Hosts (`name` or `name:port`) that media may be fetched from; WhatsApp's own unless set. */
	readonly allowsMediaHost?: (host: string) => boolean;
	readonly sleep?: (ms: number) => Promise<unknown>;
	/** For the moment at which a turn is due. */
	readonly after?: Timer;
}

/** Time between two cleanings. */
const CLEAN_MS = 3_600_000;
/** Rows of a crash read at a time. */
const BATCH = 200;
/** Ids of this connection's messages that need no look into the store. */
const REMEMBERED = 2_000;
/** A message that no table takes, which another try would not change. */
const POISON: ReadonlySet<string> = new Set(['constraint', 'internal']);

/** The receiving half of a session while its lease lasts: every message once, stored before the server may forget it. */
export const createInbound = (parts: InboundParts): Inbound => new InboundSession(parts);

class InboundSession implements Inbound {
	readonly #stanzas = new Stanzas();
	readonly #writes: WriteQueue;
	readonly #closer: Closer;
	readonly #files: Files;
	readonly #taken = new Set<string>();
	readonly #busy = new Set<Promise<void>>();
	readonly #deaf: readonly (() => void)[];
	#socket: WASocket | null = null;
	#order: Promise<{ seq: number; at: number }> | null = null;
	#cleaning: NodeJS.Timeout | null = null;

	constructor(private readonly parts: InboundParts) {
		const { store, lease, clock, signals, onFailure, sleep } = parts;
		this.#writes = new WriteQueue({ onFailure, sleep });
		this.#files = new Files({
			...parts,
			allowsHost: parts.allowsMediaHost ?? isMediaHost,
			fetch: parts.fetch ?? fetch,
			writes: this.#writes,
			socket: () => this.#socket,
			onFile: () => this.#closer.expect(clock()),
		});
		this.#closer = new Closer({ store, lease, clock, after: parts.after ?? processTimer, writes: this.#writes, waitingFor: () => this.#files.pending, onClosed: () => this.#announce() });
		this.#deaf = [
			markReadAtTurns({ ...parts, socket: () => this.#socket, run: (work) => this.#run(work) }),
			onUnreadableTurn(signals, lease, () => parts.health('turn_unreadable')),
		];
	}

	signalRepository(make: ClientLibrary['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository']): typeof make {
		return keepDecrypted(make, this.#stanzas, {
			keep: async (decrypted) => await this.#keep({ ...decrypted, me: this.#me }),
			isKept: async (attrs) => {
				const place = placeOf(this.parts.client, { attrs, me: this.#me });
				return place !== null && (await isStored(this.parts.store, this.parts.lease, place));
			},
		});
	}

	attach(socket: WASocket): void {
		this.#socket = socket;
		this.#stanzas.watch(socket);
		socket.ev.on('messages.upsert', ({ messages, type }) => this.#run(async () => await this.#upserted(messages, type === 'notify')));
		socket.ev.on('lid-mapping.update', (pair) => this.#run(async () => await this.#paired([pair])));
		socket.ev.on('messaging-history.set', ({ lidPnMappings }) => this.#run(async () => await this.#paired(lidPnMappings ?? [])));
	}

	flush(socket: WASocket): void {
		socket.ev.flush();
	}

	async settled(): Promise<void> {
		await this.#stanzas.idle();
		while (this.#busy.size > 0) await Promise.all(this.#busy);
		await this.#writes.idle();
		this.#writes.check();
	}

	async recover(): Promise<void> {
		await this.#rereadJournal();
		await this.#files.resume();
		await this.#closer.look();
		// turns that were closed before wait for a workflow
		this.#announce();
		await this.#clean();
	}

	async stop(): Promise<void> {
		if (this.#cleaning !== null) clearTimeout(this.#cleaning);
		this.#closer.stop();
		for (const end of this.#deaf) end();
		await this.#files.stop();
		await Promise.all(this.#busy);
		await this.#writes.idle();
	}

	get #me(): Me {
		return { id: this.#socket?.user?.id ?? '', lid: this.#socket?.user?.lid ?? '' };
	}

	#announce(): void {
		const { signals, lease } = this.parts;
		signals.send('turns', { tenant: lease.tenant, session: lease.session });
	}

	/** Work of an event; its failures reach the owner by the queue of writes. */
	#run(work: () => Promise<void>): void {
		const done: Promise<void> = work()
			.catch((error: unknown) => {
				if (!(error instanceof Error) || error.name !== 'WhatsappError') this.parts.health('inbound_failed', { name: error instanceof Error ? error.name : 'unknown' });
			})
			.finally(() => this.#busy.delete(done));
		this.#busy.add(done);
	}

	/** A decrypted stanza, before the client goes on with it. */
	async #keep(decrypted: Decrypted): Promise<void> {
		for (const arrival of arrivalsOf(this.parts.client, decrypted)) await this.#take(arrival, decrypted);
	}

	/** What came another way than by decryption: bare messages of the server; the rest is known already. */
	async #upserted(messages: BaileysEventMap['messages.upsert']['messages'], live: boolean): Promise<void> {
		for (const message of messages) {
			const arrival = arrivalOf(message, live, this.#me);
			// an own message here is an echo of our sending
			if (arrival !== null && !arrival.fromMe && !this.#taken.has(nameOf(arrival))) await this.#take(arrival, null);
		}
	}

	async #take(arrival: Arrival, decrypted: Decrypted | null, again?: { readonly seq: number; readonly receivedAt: number }): Promise<void> {
		const { seq, receivedAt } = again ?? (await this.#next());
		const away = async (): Promise<void> => {
			if (decrypted === null) return;
			this.parts.health('message_put_away');
			await journal(this.parts.store, this.parts.lease, { chat: arrival.jid, id: arrival.id, seq, receivedAt, decrypted });
		};
		let letter: Letter | null;
		try {
			letter = await this.#letter(arrival, { seq, receivedAt, isNew: again === undefined });
		} catch (error) {
			// a fault of the reading loses no message
			if (error instanceof StoreError || again !== undefined) throw error;
			return await this.#writes.run(away);
		}
		if (letter === null) return;
		const found = letter;
		const { store, lease } = this.parts;
		let taken: Taken = { kind: 'seen' };
		await this.#writes.run(async () => {
			try {
				taken = await takeIn({ store, lease, settings: this.parts.settings() }, found);
			} catch (error) {
				if (!(error instanceof StoreError) || !POISON.has(error.code)) throw error;
				if (again === undefined) await away();
			}
		});
		this.#remember(nameOf(arrival));
		this.#after(taken);
	}

	/** The message with everything that has to be looked up; null when it is nothing that a person says. */
	async #letter(arrival: Arrival, { seq, receivedAt, isNew }: { readonly seq: number; readonly receivedAt: number; readonly isNew: boolean }): Promise<Letter | null> {
		const reading = readContent(this.parts.client, arrival.content);
		if (reading.kind === 'silent') return null;
		const addresses = await this.#addresses(arrival);
		const content = await this.#content(arrival, addresses, reading);
		if (content === null) return null;
		const raw = this.parts.settings().raw ? { raw: rawOf(this.parts.client, arrival.content) } : {};
		return { arrival, addresses, told: isNew ? [arrival.jid, arrival.otherJid] : [arrival.jid], content, seq, receivedAt, ...raw };
	}

	async #content({ fromMe }: Arrival, addresses: Addresses, reading: Reading): Promise<Content | null> {
		if (fromMe) return reading.kind === 'said' ? { kind: 'operator' } : null;
		switch (reading.kind) {
			case 'said':
				return { ...reading, targetId: null };
			case 'edit':
			case 'revoke':
				return reading;
			case 'vote':
				return await this.#vote(addresses, reading);
			case 'silent':
				return null;
		}
	}

	/** What was chosen in a poll of ours; null when the vote was only taken back. */
	async #vote({ lid, pn }: Addresses, { message, pollId }: Extract<Reading, { kind: 'vote' }>): Promise<Content | null> {
		const { store, client, lease } = this.parts;
		const jids = (all: readonly (string | null)[]): string[] => all.flatMap((jid) => jid ?? []);
		const options = await readVote(store, client, lease, message, { ownJids: jids([userJid(this.#me.lid), userJid(this.#me.id)]), voterJids: jids([lid, pn]) });
		if (options?.length === 0) return null;
		const said: Said = { ...NOTHING_SAID, type: options === null ? 'unsupported' : 'poll', text: options?.join('\n') ?? '', choiceId: options?.[0] ?? null, quotedId: pollId };
		return { kind: 'said', targetId: null, files: [], said };
	}

	/** All addresses of the sender that can be known: from the message, from earlier ones, from the client's own table. */
	async #addresses({ jid, otherJid }: Arrival): Promise<Addresses> {
		if (otherJid !== null && isLid(otherJid) !== isLid(jid)) return addressesOf([jid, otherJid]);
		const known = await this.#writes.read(async () => await knownAddresses(this.parts.store, this.parts.lease, jid));
		if (known.pn !== null || known.lid === null) return known;
		const found = await this.#socket?.signalRepository.lidMapping.getPNForLID(known.lid);
		return { ...known, pn: userJid(found) };
	}

	async #paired(pairs: readonly { readonly lid: string; readonly pn: string }[]): Promise<void> {
		const known = pairs.map(({ lid, pn }) => addressesOf([userJid(lid), userJid(pn)])).filter(({ lid, pn }) => lid !== null && pn !== null);
		for (let start = 0; start < known.length; start += BATCH) {
			const { store, lease } = this.parts;
			await this.#writes.run(async () => {
				await store.write(async (trx) => {
					await holdLease(store, trx, lease);
					await pairIn(trx, store, lease, known.slice(start, start + BATCH));
				});
			});
		}
	}

	/** Place and moment of a message; no two are the same, so that order is never a matter of chance. */
	async #next(): Promise<{ readonly seq: number; readonly receivedAt: number }> {
		this.#order ??= this.#writes.read(async () => await lastArrival(this.parts.store, this.parts.lease)).catch((error: unknown) => {
			this.#order = null;
			throw error;
		});
		const order = await this.#order;
		order.seq += 1;
		order.at = Math.max(this.parts.clock(), order.at + 1);
		return { seq: order.seq, receivedAt: order.at };
	}

	#after(taken: Taken): void {
		if (taken.kind === 'turn') this.#announce();
		if (taken.kind === 'dropped') this.parts.health('message_too_old');
		if (taken.kind !== 'waits') return;
		this.#files.want(taken.message, taken.fetch);
		this.#closer.expect(taken.dueAt);
	}

	#remember(name: string): void {
		this.#taken.add(name);
		if (this.#taken.size > REMEMBERED) for (const oldest of this.#taken) return void this.#taken.delete(oldest);
	}

	async #rereadJournal(): Promise<void> {
		const { store, lease, client } = this.parts;
		for (const { seq, receivedAt, id, decrypted } of await journaled(store, lease, BATCH)) {
			const arrival = arrivalsOf(client, decrypted).find((one) => one.id === id);
			// what still cannot be read waits for a version that can
			if (arrival !== undefined) await this.#take(arrival, decrypted, { seq, receivedAt }).catch(() => this.parts.health('message_still_away'));
		}
	}

	async #clean(): Promise<void> {
		const { store, lease, clock } = this.parts;
		this.#cleaning = setTimeout(() => this.#run(async () => await this.#clean()), CLEAN_MS);
		this.#cleaning.unref();
		for (let gone = 1; gone > 0; ) await this.#writes.run(async () => void (gone = await removeOld(store, lease, clock())));
	}
}

const nameOf = ({ jid, id }: Arrival): string => `${jid}/${id}`;
