import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Store, type StoreConfig, StoreError } from '../../core/store';
import { createOutboxDesk, type OutboxDesk, type SessionKey } from '../../core/whatsapp';
import { ServiceCore } from '../../core/whatsapp/session/core';
import { storeSignals } from '../../core/whatsapp/session/signals';
import type { Tempo } from '../../core/whatsapp/session/tempo';
import { createRandom } from '../contract/simulators/kit';
import { type Script, startScript } from '../support/children';
import { type Link, type Phone, startWhatsAppServer, type WhatsAppServer } from '../whatsapp-server';
import { hostClients } from '../whatsapp-server/support/host-process';
import type { GivenTurn } from './children/whatsapp-owner';
import { judgeReceived, judgeShown, type Received, type Shown } from './loss-judge';
import { type Campaign, FAULTS, planCampaign, type Stage, type Step, type Trouble } from './loss-plan';

/** What became of everything that was written. */
export interface CampaignReport extends Received, Shown {
	/** Troubles by their kind, and how many of all met a session that was logged in. */
	readonly troubles: Readonly<Record<string, number>>;
	readonly metLogin: number;
	readonly logins: number;
	/** What processes said that ended by themselves. */
	readonly crashes: readonly string[];
	readonly serverErrors: readonly unknown[];
	readonly seconds: number;
}

const KEY: SessionKey = { tenant: 'salon', session: 'loss' };
/** On a busy machine everything may take so many times longer: a lease that ends while a process only waits for its turn proves nothing. */
const SLOWER = Number(process.env['CHAOS_SLOWER'] ?? 1);
const QUICK = { lease: 3_000, renew: 500, leaseReserve: 1_000, claim: 200, orders: 200, keepAlive: 700, silence: 2_500, watch: 200, connect: 3_000, query: 5_000 };
const TEMPO: Partial<Tempo> = { ...Object.fromEntries(Object.entries(QUICK).map(([name, ms]) => [name, ms * SLOWER])), watch: 100, stagger: 1 };
/** No bucket holds anything back: the campaign is about loss. */
const FREE = { everyMs: 0, burst: 1000 };
const SETTINGS = { quietMs: 150, mostMs: 1_000, perChat: FREE, perSession: FREE, perCompany: FREE, newChatsPerDay: 10_000, typing: false, markRead: false };
/** Without any progress for so long nothing more will come. */
const PATIENCE_MS = 240_000;
const ATTEMPT_MS = 10_000;
const OWNER = join(__dirname, 'children/whatsapp-owner.ts');

/** The process that has the session, another after every kill; what its workflow was given. */
class OwnerProcess {
	readonly given: GivenTurn[] = [];
	/** What it said when it ended without being killed. */
	readonly crashes: string[] = [];
	#script: Script | null = null;
	/** Has loaded everything and waits: to load it takes longer than all that the campaign is about. */
	#next: Script;
	#reading: Promise<void> = Promise.resolve();

	constructor(
		private readonly config: StoreConfig,
		private readonly url: string,
	) {
		this.#next = this.#prepare();
	}

	start(): void {
		const script = this.#next;
		this.#script = script;
		script.go();
		this.#next = this.#prepare();
		this.#reading = this.#read(script);
	}

	/** SIGKILL; resolves when what it said before was read. */
	async kill(): Promise<void> {
		const script = this.#script;
		this.#script = null;
		script?.process.kill('SIGKILL');
		await this.#reading;
	}

	async end(): Promise<void> {
		this.#next.process.kill('SIGKILL');
		await this.kill();
	}

	#prepare(): Script {
		return startScript(OWNER, { config: this.config, url: this.url, key: KEY, tempo: TEMPO });
	}

	#crashed(error: string): void {
		this.crashes.push(error);
		this.start();
	}

	async #read(script: Script): Promise<void> {
		for (;;) {
			const line = await script.nextLine().catch((error: unknown) => {
				// whatever ends a process starts it anew, as a supervisor does
				if (this.#script === script) this.#crashed(String(error));
				return null;
			});
			if (line === null) return;
			this.given.push(JSON.parse(line) as GivenTurn);
		}
	}
}

/** A campaign under way. */
class Loss {
	readonly written: Map<Phone, string[]>;
	readonly answered: Map<Phone, string[]>;
	readonly troubles: Partial<Record<Trouble, number>> = {};
	metLogin = 0;
	/** What a fault was done to: a silent link looks well until the session gives it up. */
	#broken: Link | null = null;
	readonly #desk: OutboxDesk;

	constructor(
		private readonly store: Store,
		private readonly server: WhatsAppServer,
		private readonly owner: OwnerProcess,
		private readonly salon: Phone,
		private readonly people: readonly Phone[],
	) {
		this.written = new Map(people.map((person) => [person, []]));
		this.answered = new Map(people.map((person) => [person, []]));
		// the answers are ordered from another process than the session's, as a worker does
		this.#desk = createOutboxDesk(store, { ...KEY, signals: storeSignals(store) });
	}

	/** Who never wrote is not answered. */
	async meetAll(): Promise<void> {
		for (const person of this.people) await this.#write(person);
		await until(() => this.owner.given.flatMap(({ texts }) => texts).length >= this.people.length, 'the first message of everyone');
	}

	async live({ before, during, trouble, meetsLogin, afterMs }: Stage): Promise<void> {
		await this.#say(before);
		if (meetsLogin) await until(() => this.#isLoggedIn, 'the login after a trouble');
		const saying = this.#say(during);
		await pause(afterMs * SLOWER);
		if (this.#isLoggedIn) this.metLogin += 1;
		this.troubles[trouble] = (this.troubles[trouble] ?? 0) + 1;
		if (trouble === 'kill') {
			await this.owner.kill();
			this.owner.start();
		} else {
			this.#broken = this.salon.device.link;
			FAULTS[trouble](this.server);
		}
		await saying;
	}

	/** Waits until everything has arrived, or nothing moves any more. */
	async settle({ incoming, outgoing }: Campaign): Promise<void> {
		let best = '';
		for (let since = performance.now(); performance.now() - since < PATIENCE_MS; await pause(100)) {
			const arrived = new Set(this.owner.given.flatMap(({ ids }) => ids)).size;
			const settled = await this.store.db.selectFrom('wa_outbox').select(({ fn }) => fn.countAll<number>().as('count')).where('tenant', '=', KEY.tenant).where('state', 'in', ['acked', 'delivered', 'read', 'failed']).executeTakeFirstOrThrow();
			if (arrived >= incoming && Number(settled.count) >= outgoing) return;
			const now = `${arrived}/${settled.count}`;
			if (now !== best) [best, since] = [now, performance.now()];
		}
	}

	/** One more start, which must bring nothing again. */
	async startOnceMore(): Promise<void> {
		await this.owner.kill();
		this.owner.start();
		await until(() => this.#isLoggedIn && this.salon.device.mailbox.waiting.length === 0, 'a last login');
		for (let left = 1; left > 0; await pause(100)) left = await this.#undone();
	}

	get #isLoggedIn(): boolean {
		const { device } = this.salon;
		return device.isReady && device.link !== this.#broken;
	}

	async #undone(): Promise<number> {
		const turns = await this.store.db.selectFrom('collected_turn').select(({ fn }) => fn.countAll<number>().as('count')).where('tenant', '=', KEY.tenant).where('done_at', 'is', null).executeTakeFirstOrThrow();
		return Number(turns.count);
	}

	async #say(steps: readonly Step[]): Promise<void> {
		for (const { kind, person, pauseMs } of steps) {
			const who = this.people[person];
			if (who !== undefined) await (kind === 'write' ? this.#write(who) : this.#answer(who));
			await pause(pauseMs);
		}
	}

	async #write(person: Phone): Promise<void> {
		const texts = this.written.get(person) ?? [];
		const text = `in ${person.number} ${texts.length}`;
		texts.push(text);
		await person.write(this.salon, text);
	}

	async #answer(person: Phone): Promise<void> {
		const texts = this.answered.get(person) ?? [];
		const text = `out ${person.number} ${texts.length}`;
		texts.push(text);
		const queued = await untilStored(async () => await this.#desk.enqueue({ to: person.lidJid, content: { kind: 'text', text }, idemKey: text, isAnswer: true }));
		if (queued.kind === 'refused') throw new Error(`an answer was refused: ${queued.code}`);
	}
}

/** What could not be stored is ordered again under its key, as the error says. */
async function untilStored<T>(order: () => Promise<T>): Promise<T> {
	for (;;) {
		try {
			return await order();
		} catch (error) {
			if (!(error instanceof StoreError) || error.code !== 'busy') throw error;
		}
	}
}

/**
 * Messages and answers of several chats while the link breaks in every way and the process is killed again and again, all from one seed. The
 * server runs in this process, the session in children.
 */
export async function runLossCampaign(store: Store, config: StoreConfig, campaign: Campaign): Promise<CampaignReport> {
	const began = performance.now();
	const unhost = hostClients();
	const server = await startWhatsAppServer({ seed: campaign.seed });
	server.journal.enabled = false;
	const owner = new OwnerProcess(config, server.url);
	const asking = new ServiceCore(store, { role: 'none' }, Promise.resolve());
	try {
		await asking.ensure(KEY, SETTINGS);
		owner.start();
		const salon = server.phone('79990009001', { name: 'Salon' });
		await link(asking, server, salon);
		const people = Array.from({ length: campaign.people }, (_, place) => server.phone(String(79_160_009_000 + place), { name: `Person ${place}` }));
		const loss = new Loss(store, server, owner, salon, people);
		await loss.meetAll();
		for (const stage of planCampaign(createRandom(campaign.seed), campaign)) await loss.live(stage);
		await loss.settle(campaign);
		await loss.startOnceMore();
		await Promise.all(people.map(async (person) => await person.receiving.idle()));
		await owner.kill();
		const { troubles, metLogin } = loss;
		const seconds = Math.round((performance.now() - began) / 1000);
		return { ...judgeReceived(owner.given, loss.written), ...judgeShown(loss.answered), troubles, metLogin, logins: salon.device.logins, crashes: owner.crashes, serverErrors: [...server.errors], seconds };
	} finally {
		await owner.end();
		await asking.shutdown();
		await server.close();
		unhost();
	}
}

async function link(asking: ServiceCore, server: WhatsAppServer, salon: Phone): Promise<void> {
	let askedAt = -Infinity;
	for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(50)) {
		const view = await asking.pairing(KEY);
		if (view?.qr !== undefined) {
			// a code is void once its socket is gone
			const device = await server.scan(salon, view.qr).catch(() => null);
			if (device !== null) return await until(() => device.isReady, 'the first login');
		}
		// an attempt ends with the lease that it was begun under
		if (performance.now() - askedAt < ATTEMPT_MS) continue;
		askedAt = performance.now();
		await asking.command(KEY, { kind: 'pairQr' }, ATTEMPT_MS);
	}
	throw new Error(`the session could not be linked within ${PATIENCE_MS} ms`);
}

async function until(holds: () => boolean, what: string): Promise<void> {
	for (const end = performance.now() + PATIENCE_MS; !holds(); await pause(20)) if (performance.now() > end) throw new Error(`${what}: not within ${PATIENCE_MS} ms`);
}
