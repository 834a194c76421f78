import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createClock, createRandom, type VirtualClock } from '../contract/simulators/kit';
import { Desk } from './desk/desk';
import type { Device } from './desk/device';
import { MediaStore } from './desk/media-store';
import type { Phone, PhoneOptions } from './desk/phone';
import { CodePairing } from './desk/code-pairing';
import { Registrations, type ScanOptions } from './desk/registrations';
import { serveMedia } from './media-http';
import { Reception } from './reception';
import { Journal } from './wire/journal';
import { Link } from './wire/link';
import { createNoiseIdentity, trustNoiseRoot } from './wire/noise-certificates';
import type { Stanza, StanzaPattern } from './wire/stanza';
import { StanzaFaults } from './wire/stanza-faults';
import { createTlsIdentity, trustCertificate } from './wire/tls';

const PATH = '/ws/chat';

/** How a server begins. */
export interface WhatsAppServerOptions {
	/** The same ids, LIDs and paddings for the same seed. */
	readonly seed?: number;
	/** The least client version that may log in, the third part; any without. */
	readonly leastRevision?: number;
}

/** A WhatsApp of its own on loopback: accounts with phones, and the protocol that clients speak. */
export class WhatsAppServer {
	readonly journal = new Journal();
	readonly faults = new StanzaFaults();
	readonly media = new MediaStore();
	readonly clock: VirtualClock;
	readonly desk: Desk;
	readonly #reception: Reception;
	readonly #noise: ReturnType<typeof createNoiseIdentity>;
	readonly #tls: ReturnType<typeof createTlsIdentity>;
	readonly #http: Server;
	readonly #https: Server;
	readonly #webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
	readonly #distrust: (() => void)[] = [];
	#ports: readonly [number, number] = [0, 0];
	#refusedUpgrade: number | 'silence' | null = null;
	readonly #unanswered = new Set<Socket>();
	/** The revision the public page names. */
	currentRevision = 1_043_857_760;

	constructor({ seed = 1, leastRevision = 0 }: WhatsAppServerOptions) {
		this.clock = createClock(new Date().toISOString(), true);
		this.desk = new Desk(createRandom(seed), this.clock, this.media);
		const registrations = new Registrations(this.desk);
		const codes = new CodePairing(this.desk, registrations);
		this.#reception = new Reception({ desk: this.desk, registrations, codes, journal: this.journal, faults: this.faults });
		this.#reception.leastRevision = leastRevision;
		this.#noise = createNoiseIdentity(this.clock.now() / 1000);
		this.#tls = createTlsIdentity(this.clock.now());
		this.#http = createHttpServer((_request, response) => void response.writeHead(404).end());
		this.#https = createHttpsServer({ key: this.#tls.key, cert: this.#tls.certificate }, (request, response) => {
			serveMedia(this.media, this.currentRevision, request, response).catch((error: unknown) => this.#reception.errors.push(error));
		});
		for (const server of [this.#http, this.#https]) server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket as Socket, head));
	}

	/** The clients' address without TLS. */
	get url(): string {
		return `ws://127.0.0.1:${this.#ports[0]}${PATH}`;
	}

	/** The clients' address with TLS; `certificate` is what they have to trust. */
	get secureUrl(): string {
		return `wss://127.0.0.1:${this.#ports[1]}${PATH}`;
	}

	/** Address of the page that names the current version. */
	get versionUrl(): string {
		return `https://127.0.0.1:${this.#ports[1]}/sw.js`;
	}

	get certificate(): string {
		return this.#tls.certificate;
	}

	/** What the server could not handle: a fault of the client or of the server. Tests assert that it is empty. */
	get errors(): readonly unknown[] {
		return this.#reception.errors;
	}

	/** Live connections, logged in or not. */
	get links(): readonly Link[] {
		return this.#reception.links;
	}

	/** Clients below this revision are refused by 405. */
	requireRevision(least: number): void {
		this.#reception.leastRevision = least;
	}

	/** The account with this number, made when it is new. */
	phone(number: string, options?: PhoneOptions): Phone {
		return this.desk.phone(number, options);
	}

	/** The live connection of the account's only linked device, once it is there. */
	async link(number: string): Promise<Link> {
		return await this.desk.phone(number).device.ready();
	}

	/** The first stanza of a client that fits, now or later; `after` skips as many. */
	async received(pattern: StanzaPattern, after = 0): Promise<Stanza> {
		return await this.journal.until(pattern, after);
	}

	/** The phone scans what the client shows; the device it is linked with. */
	async scan(phone: Phone, qr: string, options?: ScanOptions): Promise<Device> {
		return await this.#reception.office.registrations.scan(phone, qr, options);
	}

	/** The person types the client's code into the phone. */
	async enterCode(phone: Phone, code: string): Promise<Device> {
		return await this.#reception.office.codes.enter(phone, code);
	}

	/** New connections are refused with this HTTP status, or never answered; null accepts them again. */
	refuseUpgrades(status: number | 'silence' | null): void {
		this.#refusedUpgrade = status;
	}

	/** Makes this process trust the server, as its own options cannot: for tests in the process of the client. Undone by `close`. */
	trust(): void {
		this.#distrust.push(trustNoiseRoot(this.#noise.rootKey), trustCertificate(this.#tls.certificate));
	}

	/** Listens; the same ports again after `goDown`. */
	async goUp(): Promise<void> {
		const listen = async (server: Server, port: number): Promise<number> => {
			await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
			return (server.address() as AddressInfo).port;
		};
		this.#ports = [await listen(this.#http, this.#ports[0]), await listen(this.#https, this.#ports[1])];
		this.media.host = `127.0.0.1:${this.#ports[1]}`;
	}

	/** Drops every connection and refuses new ones; accounts and mailboxes stay. */
	async goDown(): Promise<void> {
		this.links.forEach((link) => link.drop());
		this.#unanswered.forEach((socket) => socket.destroy());
		const stop = async (server: Server): Promise<void> => {
			if (!server.listening) return;
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		};
		await Promise.all([stop(this.#http), stop(this.#https)]);
	}

	async close(): Promise<void> {
		this.#distrust.splice(0).forEach((undo) => undo());
		await this.goDown();
		this.#webSockets.close();
	}

	#upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		const status = pathname === PATH ? this.#refusedUpgrade : 404;
		if (status === 'silence') {
			this.#unanswered.add(socket);
			return;
		}
		if (status !== null) {
			socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
			return;
		}
		socket.setNoDelay(true);
		this.#webSockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => this.#reception.welcome(new Link(webSocket, socket, this.#noise, this.#reception)));
	}
}

/** Starts a server; close it after the tests. */
export async function startWhatsAppServer(options: WhatsAppServerOptions = {}): Promise<WhatsAppServer> {
	const server = new WhatsAppServer(options);
	await server.goUp();
	return server;
}
