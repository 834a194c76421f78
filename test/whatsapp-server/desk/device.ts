import type { Link } from '../wire/link';
import { lidJid, phoneJid } from '../wire/jid';
import { SERVER_JID, stanza } from '../wire/stanza';
import { Watch } from '../wire/watch';
import { Mailbox } from './mailbox';
import type { KeyBundle } from './signal-party';

type PreKey = NonNullable<KeyBundle['preKey']>;
/** The client uploads more when it hears of fewer than this. */
const FEW_KEYS = 5;

/** What a client registers with. */
export interface DeviceKeys {
	/** What the server recognises it by. */
	readonly noiseKey: Buffer;
	readonly registrationId: number;
	readonly identity: Buffer;
	readonly signedPreKey: KeyBundle['signedPreKey'];
}

/** Whose it is. */
export interface Owner {
	readonly number: string;
	readonly lid: string;
}

/** A linked device: the session of a client under test. */
export class Device {
	readonly mailbox = new Mailbox();
	readonly preKeys: PreKey[] = [];
	signedPreKey: KeyBundle['signedPreKey'];
	/** The connection it is logged in with. */
	link: Link | null = null;
	/** True until its first login was answered: then the phone sends it the history. */
	isNew = true;
	/** Times it logged in. */
	logins = 0;
	/** Numbers whose presence it asked for. */
	readonly subscriptions = new Set<string>();
	#toldLow = false;
	#asked = 0;
	#active: Link | null = null;
	readonly #watch = new Watch();

	constructor(
		readonly owner: Owner,
		readonly index: number,
		readonly keys: DeviceKeys,
	) {
		this.signedPreKey = keys.signedPreKey;
	}

	get phoneJid(): string {
		return phoneJid(this.owner.number, this.index);
	}

	get lidJid(): string {
		return lidJid(this.owner.lid, this.index);
	}

	/** Names it in Signal sessions, whichever address is used. */
	get peer(): string {
		return `${this.owner.number}-${this.index}`;
	}

	/** Takes in what the client uploaded. */
	addPreKeys(keys: readonly PreKey[]): void {
		this.preKeys.push(...keys);
		this.#toldLow = false;
	}

	/** Keys for one writer; takes the oldest one-time key away, and asks for more when few are left. */
	takeBundle(): KeyBundle {
		const preKey = this.preKeys.shift();
		if (this.preKeys.length < FEW_KEYS && !this.#toldLow) {
			this.#toldLow = true;
			const count = stanza('count', { value: this.preKeys.length });
			this.mailbox.post(stanza('notification', { from: SERVER_JID, type: 'encrypt', id: `low-${++this.#asked}`, t: 0 }, [count]));
		}
		return {
			registrationId: this.keys.registrationId,
			identity: this.keys.identity,
			signedPreKey: this.signedPreKey,
			...(preKey === undefined ? {} : { preKey }),
		};
	}

	/** It logged in with this connection. */
	enter(link: Link): void {
		this.link = link;
		this.logins += 1;
		this.#watch.notify();
	}

	/** It is logged in and was given its backlog. */
	get isReady(): boolean {
		return this.#active?.isOpen === true;
	}

	/** The connection, once the device is logged in and was given its backlog. */
	async ready(): Promise<Link> {
		return await this.#watch.until(() => (this.#active?.isOpen === true ? this.#active : undefined), `${this.peer} is ready`);
	}

	/** The device said that it is ready; it gets what waits. */
	async activate(link: Link): Promise<void> {
		await this.mailbox.deliver(link);
		if (!link.isOpen) return;
		this.#active = link;
		this.#watch.notify();
	}

	leave(link: Link): void {
		this.mailbox.leave(link);
		if (this.#active === link) this.#active = null;
		if (this.link === link) this.link = null;
	}
}
