import type { Outbound } from '../../../../core/whatsapp';
import type { Store } from '../../../../core/store';
import { readDeliveryShare } from '../../../../core/whatsapp/session/figures';
import { describeEngines } from '../../../support/engines';
import type { Phone } from '../../../whatsapp-server';
import { becomes, KEY, type Process, SessionBench, until } from './bench';

jest.setTimeout(90_000);

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Figures are looked at all the time. */
const WATCHFUL = { health: 0, deliveryHealth: 0 };

/** Until when new chats were to be held back, whenever that was asked for. */
const paused: number[] = [];
/** Sends nothing, so that what waits goes on waiting. */
const idleOutbound = (): Outbound => ({ opened: () => undefined, closed: () => undefined, message: async () => undefined, pauseNewChats: async (until) => void paused.push(until), stop: async () => undefined });

/** A query that is not answered before `until` resolves. */
function delayed<T extends object>(query: T, until: () => Promise<void>): T {
	return new Proxy(query, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name);
			if (typeof value !== 'function') return value;
			return (...given: unknown[]): unknown => {
				if (String(name).startsWith('execute')) return until().then(() => Reflect.apply(value, target, given) as unknown);
				const made: unknown = Reflect.apply(value, target, given);
				return typeof made === 'object' && made !== null ? delayed(made, until) : made;
			};
		},
	});
}

/** The store as somebody sees it who has to wait for the figures of the outbox. */
const slowly = (store: Store, until: () => Promise<void>): Store => ({
	...store,
	db: new Proxy(store.db, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name);
			if (name !== 'selectFrom' || typeof value !== 'function') return value;
			return (...given: unknown[]): unknown => {
				const query = Reflect.apply(value, target, given) as object;
				return given[0] === 'wa_outbox' ? delayed(query, until) : query;
			};
		},
	}),
});

describeEngines((_dialect, engine) => describe('the health of a session', () => {
	let bench: SessionBench;
	let store: Store;
	let running: Process;
	let salon: Phone;
	let leave: () => void;
	let later = 0;
	let figures: Promise<void> = Promise.resolve();
	let readings = 0;
	const clock = (): number => Date.now() + later;

	beforeAll(async () => {
		bench = await SessionBench.start();
		store = await engine.open();
		running = bench.process(slowly(store, () => ((readings += 1), figures)), { tempo: WATCHFUL, environment: { clock, createOutbound: idleOutbound } });
		salon = await bench.linked(running, '79990003001');
		leave = running.core.subscribe(KEY, {});
	});
	afterAll(async () => {
		leave();
		await bench.close();
	});
	afterEach(async () => {
		later = 0;
		await store.write(async (trx) => await trx.deleteFrom('wa_outbox').execute());
	});

	/** A message of an age, and how far it came. */
	async function queued(count: number, ageMs: number, state: 'queued' | 'acked' | 'delivered' | 'failed'): Promise<void> {
		const at = clock() - ageMs;
		const rows = Array.from({ length: count }, (_, place) => ({
			tenant: KEY.tenant, id: `${state}${place}`, session: KEY.session, chat: `${place}@lid`, wa_id: `${state}${place}`, idem_key: `${state}${place}`, kind: 'text', payload: '', message: null, state,
			error: null, tries: 0, seq: place, not_before: at, queued_at: at, sent_at: at, acked_at: state === 'queued' ? null : at, delivered_at: state === 'delivered' ? at : null, read_at: null,
		}));
		await store.write(async (trx) => await trx.insertInto('wa_outbox').values(rows).execute());
	}

	it('is degraded while messages wait for more than two minutes, and says how many and for how long', async () => {
		await queued(2, 3 * MINUTE, 'queued');
		const status = await becomes(running, 'degraded');
		expect(status).toMatchObject({ reason: 'queue_old', backlogOut: 2, sentence: expect.stringContaining('wait to be sent') });
		expect(status.queueAgeMs).toBeGreaterThanOrEqual(3 * MINUTE);
		await store.write(async (trx) => await trx.deleteFrom('wa_outbox').execute());
		expect(await becomes(running, 'open')).toMatchObject({ reason: null, backlogOut: 0 });
	});

	it('is degraded when few messages arrive, and begins no new chats for an hour', async () => {
		await queued(20, 20 * MINUTE, 'acked');
		expect(await becomes(running, 'degraded')).toMatchObject({ reason: 'delivery_low' });
		expect(await until(() => paused.at(-1), 'new chats are paused')).toBeGreaterThan(clock() + 50 * MINUTE);
		expect(await store.db.selectFrom('wa_event').select('detail').where('kind', '=', 'delivery_low').execute()).toEqual([{ detail: '{"share":0}' }]);
		await store.write(async (trx) => await trx.deleteFrom('wa_outbox').execute());
		await queued(20, 20 * MINUTE, 'delivered');
		await becomes(running, 'open');
	});

	it('does not take for lost what was never sent', async () => {
		await queued(20, 20 * MINUTE, 'delivered');
		await queued(30, 20 * MINUTE, 'failed');
		expect(await readDeliveryShare(store, KEY, clock())).toBe(1);
	});

	it('keeps its lease however long its figures take to be read', async () => {
		const expiry = async (): Promise<number> => (await store.db.selectFrom('wa_lease').select('expires_at').executeTakeFirstOrThrow()).expires_at;
		let goOn = (): void => undefined;
		figures = new Promise((resolve) => (goOn = resolve));
		try {
			const before = readings;
			await until(() => readings > before, 'figures are being read');
			for (let time = 0, last = await expiry(); time < 3; time += 1) last = await until(async () => {
				const now = await expiry();
				return now > last && now;
			}, 'the lease is renewed');
		} finally {
			goOn();
		}
		await becomes(running, 'open');
	});

	it('is degraded when the phone was not heard of for ten days, until it is', async () => {
		later = 10 * DAY + MINUTE;
		expect(await becomes(running, 'degraded')).toMatchObject({ reason: 'phone_silent', sentence: expect.stringContaining('open WhatsApp on the phone') });
		await salon.write(bench.server.phone('79163330031', { name: 'Anna' }), 'typed on the phone');
		await becomes(running, 'open');
	});

	it('keeps its history, and a workflow that is saved ten times costs no connection', async () => {
		const { logins } = salon.device;
		for (let time = 0; time < 10; time += 1) {
			leave();
			leave = running.core.subscribe(KEY, {});
		}
		await becomes(running, 'open');
		expect(salon.device.logins).toBe(logins);
		const states = (await store.db.selectFrom('wa_event').select(['kind', 'detail']).where('kind', '=', 'state').orderBy('seq').execute()).map(({ detail }) => (JSON.parse(detail) as { state: string }).state);
		expect(states.slice(0, 3)).toEqual(['needs_pairing', 'pairing', 'open']);
		expect(states.slice(3)).toEqual(['degraded', 'open', 'degraded', 'open', 'degraded', 'open']);
	});

	it('is idle two minutes after nobody wanted it any more, and the account stays linked', async () => {
		leave();
		later = 2 * MINUTE + 1_000;
		await running.timers.pass(2 * MINUTE + 1);
		expect(await becomes(running, 'idle')).toMatchObject({ owner: null, phone: salon.number });
		expect(salon.devices.size).toBe(1);
		leave = running.core.subscribe(KEY, {});
		await becomes(running, 'open');
	});
}), ['sqlite']);
