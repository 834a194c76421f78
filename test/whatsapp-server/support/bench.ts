import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';
import { type Device, type Phone, startWhatsAppServer, type WhatsAppServer, type WhatsAppServerOptions } from '..';
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

	private constructor(
		readonly server: WhatsAppServer,
		private readonly unhost: () => void,
	) {}

	static async start(options?: WhatsAppServerOptions): Promise<Bench> {
		const unhost = hostClients();
		const server = await startWhatsAppServer(options);
		server.trust();
		return new Bench(server, unhost);
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
		await this.server.close();
		this.unhost();
	}
}
