import { createInterface } from 'node:readline';
import { type Phone, startWhatsAppServer, type WhatsAppServer } from '../../whatsapp-server';
import { Device } from '../../whatsapp-server/desk/device';
import type { Account, ServerCalls } from './server-calls';

/** One-time keys of an account that was linked beforehand: nobody takes them. */
const PRE_KEYS = 50;

const now = (): number => performance.timeOrigin + performance.now();
const bytes = (text: string): Buffer => Buffer.from(text, 'base64');

function register(server: WhatsAppServer, { number, noiseKey, identity, registrationId, signedPreKey }: Account): void {
	const phone = server.phone(number);
	phone.sendsHistory = false;
	const skey = { id: signedPreKey.id, value: bytes(signedPreKey.value), signature: bytes(signedPreKey.signature) };
	const device = new Device(phone, 1, { noiseKey: bytes(noiseKey), identity: bytes(identity), registrationId, signedPreKey: skey });
	device.isNew = false;
	device.addPreKeys(Array.from({ length: PRE_KEYS }, (_, id) => ({ id: id + 1, value: skey.value })));
	phone.devices.set(1, device);
}

function callsOf(server: WhatsAppServer): { readonly [K in keyof ServerCalls]: (...args: Parameters<ServerCalls[K]>) => ReturnType<ServerCalls[K]> } {
	const phone = (number: string): Phone => server.phone(number, { name: 'Bench' });
	return {
		url: async () => server.url,
		scan: async (number, qr) => {
			const at = now();
			await server.scan(phone(number), qr);
			return at;
		},
		settled: async (number) => {
			await phone(number).device.ready();
			await phone(number).device.mailbox.empty();
		},
		write: async (from, to, text) => {
			const at = now();
			await phone(from).write(phone(to), text);
			return at;
		},
		lid: async (number) => phone(number).lidJid,
		shown: async (number, text) => void (await phone(number).screen.text(text)),
		register: async (accounts) => accounts.forEach((account) => register(server, account)),
		halfOpen: async (number) => {
			const link = await phone(number).device.ready();
			const at = now();
			link.halfOpen();
			return at;
		},
		drop: async () => {
			const at = now();
			server.links.forEach((link) => link.drop());
			return at;
		},
		errors: async () => server.errors.length,
	};
}

/** The server of the benchmarks in a process of its own: a line asks, a line answers. */
async function main(): Promise<void> {
	const server = await startWhatsAppServer();
	server.journal.enabled = false;
	const calls = callsOf(server) as Record<string, (...args: unknown[]) => Promise<unknown>>;
	for await (const line of createInterface({ input: process.stdin })) {
		const { id, call, args } = JSON.parse(line) as { id: number; call: string; args: unknown[] };
		void (calls[call] ?? (async () => undefined))(...args).then(
			(result) => process.stdout.write(`${JSON.stringify({ id, result: result ?? null })}\n`),
			(error: unknown) => process.stdout.write(`${JSON.stringify({ id, error: String(error) })}\n`),
		);
	}
	process.exit(0);
}

void main();
