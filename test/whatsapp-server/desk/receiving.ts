import { proto } from '@whiskeysockets/baileys';
import { phoneJid } from '../wire/jid';
import { bigEndian, bytesOf, type Stanza, stanza } from '../wire/stanza';
import type { Desk } from './desk';
import type { Device } from './device';
import type { Phone } from './phone';
import { bundleNodes, type Sealed } from './signal-party';

/** One encrypted body that a linked device sent to a phone. */
export interface Incoming {
	readonly device: Device;
	readonly id: string;
	/** The chat as the sender addressed it. */
	readonly address: string;
	readonly body: Stanza;
}

const MOST_RETRIES = 5;
const { PeerDataOperationRequestType } = proto.Message;

/** The receiving half of a phone: reads what devices send, shows it, confirms it, asks again for what it cannot read. */
export class Receiving {
	readonly #retries = new Map<string, number>();
	#waiting: Incoming[] = [];
	#work: Promise<void> = Promise.resolve();
	#online = true;

	constructor(
		private readonly desk: Desk,
		private readonly phone: Phone,
	) {}

	/** Ids of messages that it could not read at first. */
	get askedFor(): ReadonlySet<string> {
		return new Set(this.#retries.keys());
	}

	get online(): boolean {
		return this.#online;
	}

	/** A phone without network: what is sent to it waits at the server. */
	goOffline(): void {
		this.#online = false;
	}

	goOnline(): void {
		this.#online = true;
		this.#waiting.splice(0).forEach((incoming) => this.take(incoming));
	}

	/** Reads one body after the other, in the order they come. */
	take(incoming: Incoming): void {
		if (!this.#online) this.#waiting.push(incoming);
		else this.#work = this.#work.then(() => this.#read(incoming));
	}

	/** Resolves when everything that came so far was read. */
	async idle(): Promise<void> {
		await this.#work;
	}

	/** Tells the sender's device what became of a message. */
	confirm(device: Device, address: string, ids: readonly string[], type?: 'read' | 'played'): void {
		const [first, ...more] = ids;
		if (first === undefined) return;
		const list = more.length === 0 ? undefined : [stanza('list', {}, more.map((id) => stanza('item', { id })))];
		device.mailbox.post(stanza('receipt', { from: address, id: first, t: this.desk.seconds(), type }, list));
	}

	/** Asks the sender's device for a message again, with keys for a new session. */
	askAgain({ device, id, address }: Pick<Incoming, 'device' | 'id' | 'address'>): void {
		const count = (this.#retries.get(id) ?? 0) + 1;
		if (count > MOST_RETRIES) return;
		this.#retries.set(id, count);
		const { party } = this.phone;
		const t = this.desk.seconds();
		const own = device.owner === this.phone ? { from: phoneJid(this.phone.number), recipient: address } : { from: address };
		const [, ...keys] = bundleNodes(party.bundle());
		const content = [stanza('retry', { count, id, t, v: 1 }), stanza('registration', {}, bigEndian(party.registrationId, 4)), stanza('keys', {}, keys)];
		device.mailbox.post(stanza('receipt', { ...own, id, type: 'retry', t }, content));
	}

	async #read(incoming: Incoming): Promise<void> {
		const { device, id, address, body } = incoming;
		const sealed: Sealed = { type: body.attrs['type'] === 'pkmsg' ? 'pkmsg' : 'msg', body: bytesOf(body) };
		let message: proto.Message;
		try {
			message = await this.phone.party.open(device.peer, sealed);
		} catch {
			this.askAgain(incoming);
			return;
		}
		const own = device.owner === this.phone;
		const content = message.deviceSentMessage?.message ?? message;
		const request = content.protocolMessage?.peerDataOperationRequestMessage;
		if (own && request) {
			await this.#answerRequest(device, id, request);
			return;
		}
		const chat = this.desk.find(message.deviceSentMessage?.destinationJid ?? address)?.phone.number ?? address;
		this.phone.screen.take({ id, content, chat: own ? chat : device.owner.number, fromMe: own, address, device }, device.owner.number);
		if (!own) this.confirm(device, address, [id]);
	}

	/** A device asks its own phone for messages that reached it without content. */
	async #answerRequest(device: Device, stanzaId: string, request: proto.Message.IPeerDataOperationRequestMessage): Promise<void> {
		if (request.peerDataOperationRequestType !== PeerDataOperationRequestType.PLACEHOLDER_MESSAGE_RESEND) return;
		const peerDataOperationResult = (request.placeholderMessageResendRequest ?? []).map(({ messageKey }) => {
			const shown = this.phone.screen.find(messageKey?.id ?? '');
			if (shown === undefined) return {};
			const info = proto.WebMessageInfo.fromObject({ key: messageKey ?? {}, message: shown.content, messageTimestamp: this.desk.seconds() });
			return { placeholderMessageResendResponse: { webMessageInfoBytes: proto.WebMessageInfo.encode(info).finish() } };
		});
		await this.phone.sending.peer(device, {
			protocolMessage: {
				type: proto.Message.ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
				peerDataOperationRequestResponseMessage: {
					peerDataOperationRequestType: PeerDataOperationRequestType.PLACEHOLDER_MESSAGE_RESEND,
					stanzaId,
					peerDataOperationResult,
				},
			},
		});
	}
}
