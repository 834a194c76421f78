import { proto } from '@whiskeysockets/baileys';
import { type Addressing, lidJid, phoneJid } from '../wire/jid';
import { SERVER_JID, type Stanza, stanza } from '../wire/stanza';
import { AckPolicy } from './acks';
import { editContent, type FileContent, fileMessage, reactionContent, replyContent, revokeContent, type Target, voteContent } from './contents';
import type { Desk } from './desk';
import type { Device } from './device';
import { Receiving } from './receiving';
import { Screen, type ShownMessage } from './screen';
import { Sending, type SendOptions } from './sending';
import { SignalParty } from './signal-party';

/** What a new account is like. */
export interface PhoneOptions {
	readonly name?: string;
	/** Name of a business account; an ordinary one without. */
	readonly business?: string;
	/** How this person's messages are addressed; by LID unless set. */
	readonly addressing?: Addressing;
	/** Whether a message tells the other form of its sender's address; true unless set. */
	readonly sharesNumber?: boolean;
}

/** Why a login is refused: `<failure>` with a reason and what else it says. */
export interface LoginRefusal {
	/** Null leaves the reason out. */
	readonly reason: number | null;
	readonly attrs?: Readonly<Record<string, string>>;
	/** Logins refused; all of them without. */
	readonly times?: number;
}

/** An account: a person's phone with its Signal identity, what it shows, and its linked devices. */
export class Phone {
	readonly party: SignalParty;
	readonly screen = new Screen();
	readonly devices = new Map<number, Device>();
	readonly sending: Sending;
	readonly receiving: Receiving;
	/** What the server says to messages of this account's devices. */
	readonly acks = new AckPolicy();
	/** Numbers who wrote to this account: answering them is never a new chat. */
	readonly wroteTo = new Set<string>();
	readonly name: string;
	readonly business: string | undefined;
	addressing: Addressing;
	sharesNumber: boolean;
	/** The account has to confirm a new device with a passkey, which no client of ours can. */
	requiresPasskey = false;
	/** The phone sends the history to a device that logs in for the first time. */
	sendsHistory = true;
	/** Messages read are told to the sender. */
	readReceipts: 'all' | 'none' = 'all';
	/** The server has no keys for this account: messages to it fail. */
	keysMissing = false;
	#refusals: { readonly refusal: LoginRefusal; left: number }[] = [];

	constructor(
		private readonly desk: Desk,
		readonly number: string,
		readonly lid: string,
		{ name = `Person ${number.slice(-4)}`, business, addressing = 'lid', sharesNumber = true }: PhoneOptions,
	) {
		this.party = new SignalParty(number, desk.random);
		this.sending = new Sending(desk, this);
		this.receiving = new Receiving(desk, this);
		this.name = name;
		this.business = business;
		this.addressing = addressing;
		this.sharesNumber = sharesNumber;
	}

	/** The address this person's chats carry. */
	get address(): string {
		return this.addressing === 'lid' ? lidJid(this.lid) : phoneJid(this.number);
	}

	get phoneJid(): string {
		return phoneJid(this.number);
	}

	get lidJid(): string {
		return lidJid(this.lid);
	}

	/** The linked device; throws while there is not exactly one. */
	get device(): Device {
		const [only, ...others] = this.devices.values();
		if (only === undefined || others.length > 0) throw new Error(`${this.number} has ${this.devices.size} linked devices`);
		return only;
	}

	/** Sends a text, or any content of the protocol; returns its id. */
	async write(to: Phone, content: string | proto.IMessage, options: SendOptions = {}): Promise<string> {
		return await this.sending.send(to, typeof content === 'string' ? { conversation: content } : content, options);
	}

	/** Quotes a message of the chat. */
	async reply(to: Phone, id: string, text: string): Promise<string> {
		const quoted = this.#target(to, id);
		return await this.write(to, replyContent(text, quoted, quoted.fromMe ? this.address : this.#addressFor(to)));
	}

	/** Uploads a file and sends it. */
	async sendFile(to: Phone, file: FileContent, options: SendOptions = {}): Promise<string> {
		const type = file.kind === 'voice' ? 'audio' : file.kind;
		return await this.write(to, fileMessage(file, await this.desk.media.upload(file.bytes, type)), options);
	}

	/** An empty emoji takes the reaction back. */
	async react(to: Phone, id: string, emoji: string): Promise<string> {
		return await this.write(to, reactionContent(emoji, this.#target(to, id), this.desk.clock.now()));
	}

	async edit(to: Phone, id: string, text: string): Promise<string> {
		return await this.write(to, editContent(text, this.#target(to, id), this.desk.clock.now()));
	}

	async revoke(to: Phone, id: string): Promise<string> {
		return await this.write(to, revokeContent(this.#target(to, id)));
	}

	/** Votes in a poll this phone shows. */
	async vote(to: Phone, id: string, options: readonly string[]): Promise<string> {
		const poll = this.#shown(id);
		const content = voteContent(poll.content, this.#target(to, id), this.#addressFor(to), this.address, options, this.desk.clock.now());
		return await this.write(to, content);
	}

	/** Reads messages of one chat: their sender's device is told. */
	read(...ids: readonly string[]): void {
		const [first] = ids;
		const shown = first === undefined ? undefined : this.#shown(first);
		if (shown?.device) this.receiving.confirm(shown.device, shown.address, ids, 'read');
	}

	/** Shows that this person types, or no longer does, to devices that asked for it. */
	types(to: Phone, state: 'composing' | 'recording' | 'paused' = 'composing'): void {
		const inside = state === 'recording' ? stanza('composing', { media: 'audio' }) : stanza(state);
		this.#tell(to, () => stanza('chatstate', { from: this.address }, [inside]));
	}

	/** Comes online, or goes; devices that asked for it are told. */
	appears(to: Phone, type: 'available' | 'unavailable'): void {
		this.#tell(to, () => stanza('presence', { from: this.address, type, last: type === 'unavailable' ? this.desk.seconds() : undefined }));
	}

	/** Writes to a group; the body is one that nobody can read, as groups are not for the clients under test. */
	writeToGroup(group: string, to: Phone): string {
		const id = this.desk.messageId();
		const body = stanza('enc', { v: 2, type: 'skmsg' }, Buffer.from(this.desk.random.hex(80), 'hex'));
		const attrs = { from: group, participant: this.lidJid, participant_pn: this.phoneJid, id, t: this.desk.seconds(), type: 'text', notify: this.name };
		for (const device of to.devices.values()) device.mailbox.post(stanza('message', attrs, [body]));
		return id;
	}

	/** Rings; `terminate` stops it. Returns the call's id. */
	calls(to: Phone, state: 'offer' | 'terminate' = 'offer', id = this.desk.messageId()): string {
		const t = this.desk.seconds();
		const inside = stanza(state, { 'call-id': id, 'call-creator': this.address, caller_pn: this.sharesNumber ? this.phoneJid : undefined });
		for (const device of to.devices.values()) device.mailbox.post(stanza('call', { from: this.address, id: this.desk.messageId(), t }, [inside]));
		return id;
	}

	/** Forbids new chats until then (seconds since 1970) and says so; null allows them again. */
	lockReachOut(until: number | null): void {
		this.acks.lockedUntil = until;
		const lock = { is_active: until !== null, time_enforcement_ends: String(until ?? 0), enforcement_type: 'BIZ_QUALITY' };
		const update = Buffer.from(JSON.stringify({ data: { xwa2_notify_account_reachout_timelock: lock } }));
		this.notify('mex', [stanza('update', { op_name: 'NotificationUserReachoutTimelockUpdate' }, update)]);
	}

	/** Takes a linked device off the account, as from the phone's settings. */
	unlink(index: number): void {
		const link = this.devices.get(index)?.link;
		this.devices.delete(index);
		link?.streamError(401, [stanza('conflict', { type: 'device_removed' })]);
	}

	/** The next logins of linked devices fail. */
	refuseLogins(refusal: LoginRefusal): void {
		this.#refusals.push({ refusal, left: refusal.times ?? Infinity });
	}

	/** Logins work again. */
	allowLogins(): void {
		this.#refusals = [];
	}

	/** The refusal this login meets, counting it. */
	nextRefusal(): LoginRefusal | null {
		const met = this.#refusals.find(({ left }) => left > 0);
		if (met === undefined) return null;
		met.left -= 1;
		return met.refusal;
	}

	/** A notification of the server to every linked device, kept until it is confirmed. */
	notify(type: string, content: readonly Stanza[], from = SERVER_JID): void {
		for (const device of this.devices.values()) {
			device.mailbox.post(stanza('notification', { from, type, id: this.desk.messageId(), t: this.desk.seconds() }, content));
		}
	}

	encode(message: proto.IMessage): Uint8Array {
		return proto.Message.encode(message).finish();
	}

	#tell(to: Phone, node: () => Stanza): void {
		for (const device of to.devices.values()) if (device.subscriptions.has(this.number)) device.link?.send(node());
	}

	#shown(id: string): ShownMessage {
		const shown = this.screen.find(id);
		if (shown === undefined) throw new Error(`${this.number} shows no ${id}`);
		return shown;
	}

	#target(chat: Phone, id: string): Target {
		return { id, chat: this.#addressFor(chat), fromMe: this.#shown(id).fromMe };
	}

	/** The other person's address in a chat that this person's form decides. */
	#addressFor(other: Phone): string {
		return this.addressing === 'lid' ? other.lidJid : other.phoneJid;
	}
}
