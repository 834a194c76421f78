import type { Store } from '../../../../core/store';
import { createOutboxDesk, createTurnFeed } from '../../../../core/whatsapp';
import { readHostConfig } from '../../../../core/whatsapp/host/config';
import { storeSignals } from '../../../../core/whatsapp/session';
import { describeEngines } from '../../../support/engines';
import { becomes, KEY, qrOf, SessionBench, until } from './bench';
import { HostProcess } from './host-process';

jest.setTimeout(180_000);

const SECRET = 'Хочу на стрижку, код домофона 4711';
const ANSWER = 'Записали вас на завтра, Анна Петровна';
/** Of a key so much is enough to know it by. */
const PIECE = 16;

describe('a session host', () => {
	let bench: SessionBench;
	const hosts: HostProcess[] = [];
	beforeAll(async () => {
		bench = await SessionBench.start();
	});
	afterAll(async () => {
		await Promise.all(hosts.map(async (host) => await host.end('SIGKILL')));
		await bench.close();
	});

	/** Pieces of everything that a session keeps secret, as base64 and as Node prints bytes. */
	async function keysOf(store: Store): Promise<readonly string[]> {
		const rows = await store.db.selectFrom('wa_creds').select('value').unionAll(store.db.selectFrom('wa_key').select('value')).execute();
		const texts = rows.flatMap(({ value }) => store.vault.open(value).match(/[A-Za-z0-9+/]{20,}={0,2}/g) ?? []);
		return texts.flatMap((text) => [text.slice(0, PIECE), Buffer.from(text, 'base64').subarray(1, 9).toString('hex').replace(/..(?!$)/g, '$& ')]);
	}

	describeEngines((dialect, engine) => {
		it('links a phone, receives and sends, tells its health, ends in order at SIGTERM, and prints nothing of all that', async () => {
			const store = await engine.open();
			const host = new HostProcess(engine.config, bench.server.url);
			hosts.push(host);
			const outside = bench.process(store, { role: 'none' });
			await outside.core.ensure(KEY, { quietMs: 0, typing: false });
			const health = `http://127.0.0.1:${await host.port()}/health`;

			const salon = bench.server.phone(dialect === 'sqlite' ? '79990004001' : '79990004002', { name: 'Salon Lotos' });
			expect(await outside.core.command(KEY, { kind: 'pairQr' })).toMatchObject({ status: 'ok' });
			const qr = await qrOf(outside);
			await bench.server.scan(salon, qr);
			expect(await becomes(outside, 'open')).toMatchObject({ owner: 'another', phone: salon.number });
			expect(await (await fetch(health)).json()).toMatchObject({ sessions: 1, states: { open: 1 } });
			expect((await fetch(health.replace('/health', '/'))).status).toBe(404);

			const signals = storeSignals(store);
			const feed = createTurnFeed(store, { ...KEY, signals, clock: Date.now });
			const texts = async () => {
				const turns = await feed.next(10);
				for (const { turnId } of turns) await feed.done(turnId);
				return turns.flatMap(({ messages }) => messages.map(({ text }) => text));
			};
			const anna = bench.server.phone(dialect === 'sqlite' ? '79163330051' : '79163330052', { name: 'Anna Petrovna' });
			const seen: (string | null)[] = [];
			const arrives = async (text: string) => await until(async () => (seen.push(...(await texts())), seen.includes(text)), `the turn of ${text}`, 20_000);
			await anna.write(salon, SECRET);
			await arrives(SECRET);
			// what libsignal prints keys for: a body that cannot be read, and the new session after it
			await anna.write(salon, `${SECRET} 2`, { corrupt: true });
			await arrives(`${SECRET} 2`);
			const desk = createOutboxDesk(store, { ...KEY, signals });
			const queued = await desk.enqueue({ to: anna.lidJid, content: { kind: 'text', text: ANSWER }, idemKey: 'one', isAnswer: true });
			if (queued.kind !== 'queued') throw new Error(queued.sentence);
			expect(await desk.wait(queued.id, 20_000)).toMatchObject({ state: expect.stringMatching(/acked|delivered/) });
			await anna.screen.text(ANSWER);
			await outside.core.command(KEY, { kind: 'checkNumbers', phones: [anna.number, '89160000000'] });

			// an ending that the client has words for
			(await salon.device.ready()).streamFault('xml-not-well-formed');
			await until(() => salon.device.logins >= 2, 'it is back', 30_000);
			await salon.device.ready();

			const keys = await keysOf(store);
			expect(await host.end('SIGTERM')).toBe(0);
			expect(host.errors).toBe('');
			expect(salon.device.link).toBeNull();
			expect(salon.devices.size).toBe(1);
			expect(await outside.core.status(KEY)).toMatchObject({ state: 'idle', owner: null });
			expect((await store.db.selectFrom('wa_lease').select('expires_at').execute()).map(({ expires_at }) => Number(expires_at))).toEqual([0]);

			expect(keys.length).toBeGreaterThan(1_000);
			const words = [SECRET, ANSWER, 'Anna Petrovna', 'Salon Lotos', salon.number, salon.lid, anna.number, anna.lid, ...qr.split(/[#,]/).filter((part) => part.length > PIECE), 'privKey', 'rootKey', '<Buffer'];
			expect([...words, ...keys].filter((word) => host.printed.includes(word))).toEqual([]);
			expect(host.printed).toContain('client: ');
			// nothing of people in what is stored beside the messages, either
			const events = JSON.stringify(await store.db.selectFrom('wa_event').selectAll().execute());
			expect(words.filter((word) => events.includes(word))).toEqual([]);
		});
	});
});

describe('what a session host is told', () => {
	const KEYS = { AI_ADMIN_STORE_KEYS: 'first\n second \n' };

	it('is where the store is, with what keys, and what it may take', () => {
		expect(readHostConfig({ ...KEYS, AI_ADMIN_STORE_FILE: '/data/store.sqlite', AI_ADMIN_WHATSAPP_MAX_SESSIONS: '300', AI_ADMIN_WHATSAPP_HEALTH_PORT: '8080' })).toEqual({
			store: { engine: 'sqlite', path: '/data/store.sqlite' }, keys: ['first', 'second'], maxSessions: 300, healthPort: 8080,
		});
		expect(readHostConfig({ ...KEYS, AI_ADMIN_STORE_URL: 'postgres://h/d', AI_ADMIN_STORE_SCHEMA: 'salon' })).toEqual({
			store: { engine: 'postgres', connectionString: 'postgres://h/d', schema: 'salon' }, keys: ['first', 'second'], maxSessions: Infinity, healthPort: null,
		});
	});

	it.each([
		[{ AI_ADMIN_STORE_FILE: 'secret-path' }, /keys: an encryption key is missing/],
		[KEYS, /either databaseUrl or databaseFile/],
		[{ ...KEYS, AI_ADMIN_STORE_FILE: 'secret-path', AI_ADMIN_STORE_URL: 'secret-url' }, /either databaseUrl or databaseFile/],
		[{ ...KEYS, AI_ADMIN_STORE_FILE: 'secret-path', AI_ADMIN_WHATSAPP_MAX_SESSIONS: '0' }, /maxSessions/],
	])('and what is wrong with it is said without its values: %#', (env, sentence) => {
		const read = () => readHostConfig(env);
		expect(read).toThrow(sentence);
		expect(read).not.toThrow(/secret|first/);
	});
});
