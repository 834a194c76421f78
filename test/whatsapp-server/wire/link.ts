import { decodeBinaryNode, encodeBinaryNode } from '@whiskeysockets/baileys';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { delay } from '../../contract/simulators/kit';
import { frameOf, FrameReader } from './framing';
import { type ClientIntroduction, NoiseResponder, type NoiseTransport } from './noise';
import type { NoiseIdentity } from './noise-certificates';
import { SERVER_JID, type Stanza, stanza } from './stanza';
import { Watch } from './watch';

/** How fast a link is. */
export interface Pace {
	/** Milliseconds each stanza is late, each way. */
	readonly latencyMs?: number;
	readonly bytesPerSecond?: number;
}

/** What the server does with a connection. */
export interface LinkEvents {
	introduced(link: Link, introduction: ClientIntroduction): void;
	stanza(link: Link, node: Stanza): Promise<void>;
	closed(link: Link): void;
	/** The server could not do what the client said: a fault of one of the two. */
	failed(link: Link, error: unknown): void;
}

type Behaviour = 'normal' | 'stalled' | 'halfOpen';

/** One connection of one client, from the handshake on, and everything that can go wrong with it. */
export class Link {
	readonly #reader = new FrameReader();
	readonly #noise: NoiseResponder;
	readonly closed: Promise<void>;
	#transport: NoiseTransport | null = null;
	#greeted = false;
	#behaviour: Behaviour = 'normal';
	#pace: Pace = {};
	#incoming: Promise<void> = Promise.resolve();
	#outgoing: Promise<void> = Promise.resolve();
	#held: Stanza[] | null = null;
	#over = false;
	#lost = 0;
	readonly #watch = new Watch();

	constructor(
		private readonly webSocket: WebSocket,
		private readonly socket: Socket,
		identity: NoiseIdentity,
		private readonly events: LinkEvents,
	) {
		this.#noise = new NoiseResponder(identity);
		webSocket.on('message', (data: Buffer) => this.#read(data));
		webSocket.on('error', () => webSocket.terminate());
		this.closed = new Promise((resolve) => {
			webSocket.on('close', () => {
				this.#over = true;
				events.closed(this);
				resolve();
			});
		});
	}

	get isOpen(): boolean {
		return !this.#over;
	}

	/** The routing information the client came with, as `edge_routing` gave it to it. */
	get routingInfo(): Buffer | null {
		return this.#reader.routingInfo;
	}

	/** Queues a stanza behind those sent before; what a silent or closed link is given is lost. */
	send(node: Stanza): void {
		if (this.#held !== null) {
			this.#held.push(node);
			return;
		}
		const bytes = encodeBinaryNode(node);
		this.#outgoing = this.#outgoing.then(async () => {
			await this.#slowDown(bytes.length);
			if (this.#over || this.#behaviour !== 'normal' || this.#transport === null) return;
			this.webSocket.send(frameOf(this.#transport.seal(bytes)));
		});
	}

	/** Resolves when everything queued was written. */
	async flushed(): Promise<void> {
		await this.#outgoing;
	}

	/** Keeps what the server wants to say until the returned function is called: to order a race. */
	hold(): () => void {
		const held = (this.#held = this.#held ?? []);
		return () => {
			if (this.#held !== held) return;
			this.#held = null;
			held.forEach((node) => this.send(node));
		};
	}

	/** Reads and answers nothing any more; TCP and the websocket stay well. What the client says is lost. */
	stall(): void {
		this.#behaviour = 'stalled';
	}

	/** Waits until so many stanzas of the client were lost in a stall. */
	async loses(count: number): Promise<void> {
		await this.#watch.until(() => (this.#lost >= count ? true : undefined), `${count} stanzas are lost`);
	}

	/** As if the other end had lost its power: nothing is read, so not even a close is answered. */
	halfOpen(): void {
		this.#behaviour = 'halfOpen';
		this.socket.pause();
	}

	/** Ends a stall or a half-open time; what was said meanwhile on a half-open link is read now. */
	recover(): void {
		this.#behaviour = 'normal';
		this.socket.resume();
	}

	/** Slows both ways until called with nothing. */
	slow(pace: Pace = {}): void {
		this.#pace = pace;
	}

	/** The connection is gone without a goodbye. */
	drop(): void {
		this.webSocket.terminate();
	}

	/** The websocket is closed in order, as by a server that is put down. */
	close(code = 1000): void {
		this.webSocket.close(code);
	}

	/** `<stream:error code>`, then the close; 515 asks for a restart, 503 says busy. */
	streamError(code: number, reasons: readonly Stanza[] = []): void {
		this.#sayLast(stanza('stream:error', { code }, reasons));
	}

	/** `<stream:error>` that only names a reason: `conflict` of type `replaced`, `ack`, `xml-not-well-formed` and so on. */
	streamFault(reason: string, attrs: Readonly<Record<string, string>> = {}): void {
		this.#sayLast(stanza('stream:error', {}, [stanza(reason, attrs)]));
	}

	/** `<failure reason>` instead of a login, then the close; without a reason when it is null. */
	fail(reason: number | null, attrs: Readonly<Record<string, string>> = {}): void {
		this.#sayLast(stanza('failure', { ...(reason === null ? {} : { reason }), ...attrs }));
	}

	/** Says that the account is not one for linked devices. */
	downgrade(): void {
		this.#sayLast(stanza('ib', { from: SERVER_JID }, [stanza('downgrade_webclient')]));
	}

	/** Tells the client which routing information to come with next time. */
	route(info: Uint8Array): void {
		this.send(stanza('ib', { from: SERVER_JID }, [stanza('edge_routing', {}, [stanza('routing_info', {}, info)])]));
	}

	/** The end of the stream, as the protocol says it. */
	endStream(): void {
		this.#sayLast(stanza('xmlstreamend'));
	}

	#sayLast(node: Stanza): void {
		this.send(node);
		void this.flushed().then(() => this.close());
	}

	#read(data: Buffer): void {
		try {
			for (const frame of this.#reader.push(data)) this.#take(frame);
		} catch (error) {
			this.#cutOff(error);
		}
	}

	/** A client that breaks the protocol is cut off, as the real server does. */
	#cutOff(error: unknown): void {
		if (this.#over) return;
		this.events.failed(this, error);
		this.drop();
	}

	#take(frame: Buffer): void {
		if (this.#transport !== null) {
			// opened even when it is lost: both ends count the frames
			const plain = this.#transport.open(frame);
			if (this.#behaviour === 'stalled') {
				this.#lost += 1;
				this.#watch.notify();
				return;
			}
			this.#incoming = this.#incoming.then(() => this.#handle(plain)).catch((error: unknown) => this.#cutOff(error));
		} else if (this.#greeted) {
			const introduction = this.#noise.readFinish(frame);
			this.#transport = this.#noise.transport();
			this.events.introduced(this, introduction);
		} else {
			this.#greeted = true;
			this.webSocket.send(frameOf(this.#noise.answerHello(frame)));
		}
	}

	async #handle(plain: Buffer): Promise<void> {
		const node = await decodeBinaryNode(plain);
		await this.#slowDown(plain.length);
		await this.events.stanza(this, node);
	}

	async #slowDown(bytes: number): Promise<void> {
		const { latencyMs = 0, bytesPerSecond } = this.#pace;
		const wait = latencyMs + (bytesPerSecond === undefined ? 0 : (bytes / bytesPerSecond) * 1000);
		if (wait > 0) await delay(wait);
	}
}
