import type { proto } from '@whiskeysockets/baileys';
import { type Addressing, lidJid, phoneJid } from '../wire/jid';
import { attribute, child, childBytes, children, numberOf, type Stanza, stanza } from '../wire/stanza';
import { Watch } from '../wire/watch';
import { editAttribute, mediaType, stanzaType } from './contents';
import type { Desk } from './desk';
import type { Device } from './device';
import type { Phone } from './phone';
import { bundleOfReceipt } from './signal-party';

/** What is unusual about one message. */
export interface SendOptions {
	/** Its id; a new one without. */
	readonly id?: string;
	/** The body is damaged on its way; the sender repeats it when asked to. */
	readonly corrupt?: boolean;
	/** The bare message without encryption, which the protocol lets the server do. */
	readonly plain?: boolean;
	/** No body at all: the phone of the receiver has it, as with answers to advertisements. */
	readonly unavailable?: boolean;
	/** The address in use, when not the usual one of this person. */
	readonly addressing?: Addressing;
	/** Seconds since 1970 that the stanza carries; now without. */
	readonly at?: number;
}

interface Sent {
	readonly id: string;
	readonly to: Phone;
	readonly content: proto.IMessage;
	readonly options: SendOptions;
}

/** The sending half of a phone: what it writes goes to the other phone and, encrypted, to every linked device of both. */
export class Sending {
	readonly #sent = new Map<string, Sent>();
	readonly #posted = new Map<string, Stanza>();
	readonly #marks = new Map<string, readonly string[]>();
	readonly #watch = new Watch();
	#work: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly desk: Desk,
		private readonly phone: Phone,
	) {}

	/** The id, once every device has it in its mailbox; messages keep the order of the calls. */
	async send(to: Phone, content: proto.IMessage, options: SendOptions = {}): Promise<string> {
		const sent: Sent = { id: options.id ?? this.desk.messageId(), to, content, options };
		this.#sent.set(sent.id, sent);
		await this.#queue(() => this.#deliver(sent));
		return sent.id;
	}

	/** The same bytes once more, as when a confirmation was lost. */
	redeliver(id: string): void {
		const sent = this.#known(id);
		for (const device of sent.to.devices.values()) {
			const node = this.#posted.get(`${device.peer}/${id}`);
			if (node !== undefined) device.mailbox.post(node);
		}
	}

	/** The same message with its id, encrypted anew. */
	async repeat(id: string): Promise<void> {
		const sent = this.#known(id);
		await this.#queue(async () => {
			for (const device of sent.to.devices.values()) this.#post(device, sent.id, await this.#stanzaFor(device, { ...sent, options: {} }));
		});
	}

	/** A device could not read a message: a new session, and the message again under its id. */
	async retry(device: Device, receipt: Stanza): Promise<void> {
		const sent = this.#sent.get(attribute(receipt, 'id'));
		if (sent === undefined) return;
		const registrationId = numberOf(childBytes(receipt, 'registration'));
		const count = Number(child(receipt, 'retry')?.attrs['count'] ?? 1);
		await this.#queue(async () => {
			await this.phone.party.begin(device.peer, bundleOfReceipt(receipt, registrationId) ?? device.takeBundle());
			const healed = { ...sent, options: { ...sent.options, corrupt: false, unavailable: false } };
			this.#post(device, sent.id, device.owner === this.phone ? await this.#copyFor(device, healed, count) : await this.#stanzaFor(device, healed, count));
		});
	}

	/** A device says what became of messages: `delivered` (its receipt has no type), `inactive`, `read`, `sender` ... */
	mark(receipt: Stanza): void {
		const ids = [attribute(receipt, 'id'), ...children(child(receipt, 'list'), 'item').map((item) => attribute(item, 'id'))];
		for (const id of ids) this.#marks.set(id, [...(this.#marks.get(id) ?? []), receipt.attrs['type'] ?? 'delivered']);
		this.#watch.notify();
	}

	/** Waits until a device has said this of the message. */
	async marked(id: string, mark: string): Promise<void> {
		await this.#watch.until(() => (this.#marks.get(id)?.includes(mark) === true ? true : undefined), `${id} is ${mark}`);
	}

	/** A message of the phone to one of its own devices that no person sees: history, keys, answers to requests. */
	async peer(device: Device, content: proto.IMessage): Promise<string> {
		const id = this.desk.messageId();
		await this.#queue(async () => {
			const attrs = { from: phoneJid(this.phone.number), id, t: this.desk.seconds(), type: 'text', category: 'peer' };
			device.mailbox.post(stanza('message', attrs, [await this.#seal(device, content)]));
		});
		return id;
	}

	async #deliver(sent: Sent): Promise<void> {
		const { id, to, content } = sent;
		const shown = { id, content, device: null };
		this.phone.screen.take({ ...shown, chat: to.number, fromMe: true, address: phoneJid(to.number) }, this.phone.number);
		if (to !== this.phone) to.screen.take({ ...shown, chat: this.phone.number, fromMe: false, address: phoneJid(this.phone.number) }, this.phone.number);
		to.wroteTo.add(this.phone.number);
		for (const device of to.devices.values()) this.#post(device, id, await this.#stanzaFor(device, sent));
		if (to !== this.phone) for (const device of this.phone.devices.values()) this.#post(device, id, await this.#copyFor(device, sent));
	}

	async #stanzaFor(device: Device, sent: Sent, count?: number): Promise<Stanza> {
		const lid = (sent.options.addressing ?? this.phone.addressing) === 'lid';
		const { number, sharesNumber } = this.phone;
		const alternative = lid ? { sender_pn: sharesNumber ? phoneJid(number) : undefined } : { sender_lid: sharesNumber ? lidJid(this.phone.lid) : undefined };
		const attrs = { from: lid ? lidJid(this.phone.lid) : phoneJid(number), addressing_mode: lid ? 'lid' : 'pn', ...alternative };
		return await this.#wrap(device, sent, attrs, sent.content, count);
	}

	/** What the person's own devices get of a message written on the phone. */
	async #copyFor(device: Device, sent: Sent, count?: number): Promise<Stanza> {
		const lid = sent.to.addressing === 'lid';
		const chat = lid ? lidJid(sent.to.lid) : phoneJid(sent.to.number);
		const attrs = { from: lid ? lidJid(this.phone.lid) : phoneJid(this.phone.number), recipient: chat, addressing_mode: lid ? 'lid' : 'pn' };
		const content = { deviceSentMessage: { destinationJid: chat, message: sent.content } };
		return await this.#wrap(device, sent, attrs, content, count);
	}

	async #wrap(device: Device, sent: Sent, attrs: Record<string, string | undefined>, content: proto.IMessage, count?: number): Promise<Stanza> {
		const { plain, unavailable, corrupt, at } = sent.options;
		const common = { id: sent.id, t: at ?? this.desk.seconds(), type: stanzaType(sent.content), notify: this.phone.name, edit: editAttribute(sent.content) };
		let body: Stanza;
		if (unavailable === true) body = stanza('unavailable');
		else if (plain === true) body = stanza('plaintext', {}, this.phone.encode(content));
		else body = await this.#seal(device, content, { mediatype: mediaType(sent.content), count }, corrupt);
		return stanza('message', { ...attrs, ...common }, [body]);
	}

	async #seal(device: Device, content: proto.IMessage, attrs: Record<string, string | number | undefined> = {}, corrupt = false): Promise<Stanza> {
		const { party } = this.phone;
		if (!party.knows(device.peer)) await party.begin(device.peer, device.takeBundle());
		const { type, body } = await party.seal(device.peer, content);
		// the last bytes authenticate the body
		if (corrupt) body.writeUInt8(body.readUInt8(body.length - 1) ^ 0xff, body.length - 1);
		return stanza('enc', { v: 2, type, ...attrs }, body);
	}

	#post(device: Device, id: string, node: Stanza): void {
		this.#posted.set(`${device.peer}/${id}`, node);
		device.mailbox.post(node);
	}

	#known(id: string): Sent {
		const sent = this.#sent.get(id);
		if (sent === undefined) throw new Error(`${this.phone.number} never sent ${id}`);
		return sent;
	}

	async #queue<T>(work: () => Promise<T>): Promise<T> {
		const done = this.#work.then(work);
		this.#work = done.catch(() => undefined);
		return await done;
	}
}

