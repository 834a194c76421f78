import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';
import { type Device, type Phone, type PhoneOptions, startWhatsAppServer, type WhatsAppServer, type WhatsAppServerOptions } from '..';
import { TestClient } from './client';
import { MemoryAuth } from './memory-auth';
import { hostClients } from './host-process';

/** A linked client with the phone it belongs to. */
export interface Linked {
	readonly salon: Phone;
	readonly client: TestClient;
	readonly device: Device;
}

/** A server and its clients for the tests of one file. */
export class Bench {
	readonly #clients: TestClient[] = [];
	#server: WhatsAppServer | null = null;
	#unhost: (() => void) | null = null;
	#people = 0;

	private constructor() {}

	static async start(options?: WhatsAppServerOptions): Promise<Bench> {
		const bench = new Bench();
		await bench.#start(options);
		return bench;
	}

	/** For the tests that are declared beside it: there from before the first to after the last, and no test may have the server meet what it does not know. */
	static ofTests(options?: WhatsAppServerOptions): Bench {
		const bench = new Bench();
		beforeAll(async () => await bench.#start(options));
		afterAll(async () => await bench.close());
		afterEach(() => {
			expect(bench.server.errors).toEqual([]);
			bench.server.journal.clear();
		});
		return bench;
	}

	async #start(options?: WhatsAppServerOptions): Promise<void> {
		this.#unhost = hostClients();
		this.#server = await startWhatsAppServer(options);
		this.#server.trust();
	}

	get server(): WhatsAppServer {
		if (this.#server === null) throw new Error('the server is not up before the tests begin');
		return this.#server;
	}

	/** The phone of a person nobody has met yet. */
	someone(options: PhoneOptions = {}): Phone {
		this.#people += 1;
		return this.server.phone(`7916444${String(this.#people).padStart(4, '0')}`, { name: 'Anna', ...options });
	}

	client(auth?: MemoryAuth, options?: Partial<UserFacingSocketConfig>): TestClient {
		const client = new TestClient(this.server.url, auth, options);
		this.#clients.push(client);
		return client;
	}

	/** A client linked with a new account, open and with its history. */
	async linked(number: string, options: Partial<UserFacingSocketConfig> = {}): Promise<Linked> {
		const salon = this.server.phone(number, { name: 'Salon', business: 'Salon' });
		const client = this.client(undefined, options).start();
		const device = await this.server.scan(salon, await client.qr());
		await client.ending();
		client.start();
		await client.open();
		await device.ready();
		await client.until(() => (client.events.some(({ name }) => name === 'messaging-history.set') ? true : undefined), 'the history');
		await device.mailbox.empty();
		return { salon, client, device };
	}

	/** The client again on the state it kept, open. */
	async reconnect({ client }: Linked): Promise<void> {
		const opened = client.states.filter(({ connection }) => connection === 'open').length;
		client.start();
		await client.open(opened + 1);
	}

	async close(): Promise<void> {
		await Promise.all(this.#clients.map((client) => client.stop()));
		await this.#server?.close();
		this.#unhost?.();
	}
}
