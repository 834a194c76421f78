import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import { type Brand, capabilitiesOf, createAmocrmReader, createTokenSource, RATE_WINDOWS, type TokenPair, type TokenSource } from '../../../core/crm/amocrm';
import { createMemoryLock, type Lock, stackedLock } from '../../../core/crm/computed';
import { createAxiosPort, type HttpPort } from '../../../core/crm/http';
import { openStore, type StoreConfig } from '../../../core/store';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createLock } from '../../../core/store/lock';
import { type FamilySimulator, type FamilySwitches, LOST, WON } from '../simulators/amocrm';
import { createClock } from '../simulators/kit';
import { adapterFor, settingsFor, startAccount } from './amocrm-account';
import type { RivalOrder } from './amocrm-rival';
import { type BenchOptions, NOW, PHONE, RIVAL_PHONE, sharedTime, VENDOR_SALON, type VendorBench, type VendorUnderTest } from './vendor-bench';
import { asJson, asText, COMMON_FAILURES, junkInJson, refusedWith, type Spoiling } from './vendor-spoil';

const KEYS = ['a passphrase for tests'];
/** Facts are kept for ten minutes by the account's clock; after so many leaps it is set back, long before the bench's day. */
const LEAP_MS = 660_000;
const LEAPS = 300;

/** A 204 and an honest empty list say that there is nothing; all these say nothing at all. */
const SPOILING: Spoiling = {
	failures: [
		...COMMON_FAILURES,
		...['', '[]', '{}', 'null', '{"_embedded":{}}', '{"_embedded":[]}', '"_embedded"'].map(asText),
		asJson({ _embedded: { leads: null, contacts: null, elements: null, custom_fields: null, pipelines: null, users: null } }),
		asJson({ title: 'Bad Request', type: 'https://httpstatus.es/400', status: 400, detail: 'Request validation failed' }),
		asJson({ _page: 1, _links: { self: { href: 'x' } } }),
		refusedWith(JSON.stringify({ title: 'Error', status: 500, detail: 'x' })),
		refusedWith('<html>403 Forbidden</html>'),
	],
	junk: junkInJson,
};

interface Options {
	readonly switches?: Partial<FamilySwitches>;
	/** Tokens that rotate, as a script keeps them, in place of a long-lived one. */
	readonly rotating?: boolean;
	readonly answers?: number;
}

/** The suites' view of an account of either brand. */
export function amocrmUnderTest(brand: Brand, { switches = {}, rotating = false, answers }: Options = {}): VendorUnderTest {
	return {
		name: `${brand.vendor}, ${rotating ? 'rotating tokens' : 'long-lived token'}`,
		capabilities: capabilitiesOf({ fields: { start: 1, duration: 1, operation: 1, comment: 1 }, catalogId: 1 }),
		writes: {
			// the lead takes the time; its links to services follow and are struck in test/unit/amocrm
			book: [{ rule: { method: 'POST', path: /\/leads$/ } }],
			move: [{ rule: { method: 'PATCH', path: /\/leads\/\d+$/ } }],
			cancel: [{ rule: { method: 'PATCH', path: /\/leads\/\d+$/ } }],
			createClient: [{ rule: { method: 'POST', path: /\/contacts$/ } }],
		},
		spoiling: SPOILING,
		...(answers === undefined ? {} : { answers }),
		token: rotating ? 'renewed' : 'fixed',
		rival: { module: join(__dirname, 'amocrm-rival.ts'), order: (bench) => (bench as AccountBench).order },
		open: (options = {}) => openBench(brand, { switches, rotating }, options),
	};
}

interface AccountBench extends VendorBench {
	readonly order: RivalOrder;
}

async function openBench(brand: Brand, { switches, rotating }: Required<Pick<Options, 'switches' | 'rotating'>>, { wrap = (port) => port, limits = false }: BenchOptions): Promise<AccountBench> {
	const { sim, extra } = await startAccount(brand, VENDOR_SALON, { switches, limits, now: NOW });
	const settings = settingsFor(sim, VENDOR_SALON, extra);
	const clock = limits || switches.indexLag === '2s' ? sim.clock : createClock(NOW);
	const time = limits ? sharedTime(sim.clock) : { sleep: clock.sleep, wrap: (port: HttpPort) => port };
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-amocrm-'));
	const config: StoreConfig = { engine: 'sqlite', path: join(folder, 'store.sqlite') };
	const store = await openStore(config, { keys: KEYS });
	const lock = stackedLock(createMemoryLock(), createLock(store, { tenant: 'salon' }));
	const port = time.wrap(wrap(createAxiosPort(axios.create())));
	const token = sim.oauth.issueLongLived();
	const sign = rotating ? rotatingTokens(sim, port, lock) : null;
	const limiter = createMemoryLimiter({ windows: limits ? RATE_WINDOWS : [], clock: clock.now });
	const adapter = (tokens?: TokenSource) =>
		adapterFor(sim, { settings, brand, time: clock, parts: { lock }, transport: { port, limiter, sleep: time.sleep, clock: clock.now, ...(tokens === undefined ? { token } : { tokens, token: undefined }) } });
	const client = sim.state.putContact('Вера', PHONE);
	const rival = sim.state.putContact('Мария', RIVAL_PHONE);
	const live = () => [...sim.state.leads.values()].filter((lead) => !lead.is_deleted && lead.status_id !== LOST && lead.values.has(sim.ids.fields.start));
	const order: RivalOrder = { brand, url: sim.url, token, now: NOW, settings, lock: { config, keys: KEYS } };
	let leaps = 0;
	return {
		order,
		crm: adapter(sign?.source()),
		clock,
		serviceId: String(sim.ids.services.get('cut')),
		staffId: String(sim.ids.staff.get('Anna')),
		otherStaffId: String(sim.ids.staff.get('Maria')),
		clientId: String(client.id),
		rivalClientId: String(rival.id),
		faults: sim.faults,
		requests: sim.requests,
		token: sign === null ? { expire: () => sim.oauth.revokeAll() } : { expire: sign.expire, revoke: () => sim.oauth.revokeAll(), rotations: () => sim.oauth.exchanges, sibling: () => adapter(sign.source()) },
		live: () =>
			live().map((lead) => ({
				id: String(lead.id),
				staffId: String(lead.values.get(sim.ids.fields.specialist)?.[0]?.enum_id),
				start: Number(lead.values.get(sim.ids.fields.start)?.[0]?.value) * 1000,
			})),
		cards: (phone) => [...sim.state.contacts.values()].filter(({ values }) => values.get(sim.ids.fields.phone)?.some(({ value }) => value === phone) === true).map(({ id }) => String(id)),
		addCard: (name, phone) => String(sim.state.putContact(name, phone).id),
		sync: {
			reader: createAmocrmReader({ settings, brand }),
			clock: sim.clock,
			arrive: (id) => void Object.assign(sim.state.leads.get(Number(id)) ?? {}, { status_id: WON, updated_at: sim.state.now() }),
			empty: (id) => {
				const lead = sim.state.leads.get(Number(id));
				if (lead !== undefined) Object.assign(lead, { values: new Map([...lead.values].filter(([field]) => field !== sim.ids.fields.start)), updated_at: sim.state.now() });
			},
			card: (name, phone) => String(sim.state.putContact(name, phone).id),
			rename: (id, name) => void Object.assign(sim.state.contacts.get(Number(id)) ?? {}, { name, updated_at: sim.state.now() }),
			drop: (kind, id) => {
				const lead = sim.state.leads.get(Number(id));
				if (kind === 'client') sim.state.contacts.delete(Number(id));
				else if (lead !== undefined) sim.journal.deleted('lead', lead);
			},
		},
		wipe: (keep) => live().filter(({ id }) => !keep.has(String(id))).forEach((lead) => sim.journal.deleted('lead', lead)),
		forget: () => sim.clock.set(new Date(Date.parse(NOW) + (leaps = (leaps + 1) % LEAPS) * LEAP_MS).toISOString()),
		rival: () => adapter(sign?.source()),
		close: async () => {
			await sim.close();
			await store.close();
			rmSync(folder, { recursive: true });
		},
	};
}

/** A consent whose pair is kept in one place; every source is a worker of its own. */
function rotatingTokens(sim: FamilySimulator, port: HttpPort, lock: Lock): { source(): TokenSource; expire(): void } {
	const pair = sim.oauth.issue();
	const expiresAt = Date.parse(NOW) + pair.expires_in * 100_000;
	let kept: TokenPair = { accessToken: pair.access_token, refreshToken: pair.refresh_token, expiresAt };
	const { clientId: id, clientSecret: secret, redirectUri } = sim.oauth.integration;
	return {
		source: () => createTokenSource({ port, accountUrl: sim.url, client: { id, secret, redirectUri }, lock, clock: sim.clock.now, keeper: { load: async () => kept, save: async (next) => void (kept = next) } }),
		expire: () => {
			const grant = sim.oauth.grantOf(`Bearer ${kept.accessToken}`);
			if (grant !== null) grant.revoked = true;
		},
	};
}
