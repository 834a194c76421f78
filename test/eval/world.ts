import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Appointment, BookingCrm, Company, Outcome, Service, StaffMember } from '../../core/booking';
import type { Assistant } from '../../core/conversation/assistant';
import { createAssistant } from '../../core/conversation/engine';
import { createBuiltinCrm, seedDemoSalon } from '../../core/crm/builtin';
import { createConversationStore, openStore, type ConversationStore, type Store } from '../../core/store';

/** The salon's books end at this moment; dialogues take place in the week after it. */
export const SALON_NOW = '2026-11-23T06:00:00+03:00';
const WINDOW_DAYS = 100;

export type Call = Exclude<keyof BookingCrm, 'capabilities' | 'stream'>;

/** One call of the assistant to the CRM with what came back. */
export interface CallRecord {
	readonly call: Call;
	readonly args: readonly unknown[];
	readonly outcome: Outcome<unknown>;
	readonly at: number;
}

/** Listens to the assistant's calls; a hook runs once, in the middle of the next call of its name. */
export interface Tap {
	calls: CallRecord[];
	readonly hooks: Map<Call, () => Promise<void>>;
}

/** What the salon offers, as its CRM says. */
export interface Facts {
	readonly company: Company;
	readonly services: readonly Service[];
	readonly staff: readonly StaffMember[];
}

/** A salon on a real database with its assistant, under a virtual clock that a dialogue may set. */
export interface World {
	readonly tenant: string;
	readonly store: Store;
	readonly conversations: ConversationStore;
	readonly assistant: Assistant;
	readonly tap: Tap;
	/** The same books, unheard by the tap, at a moment when everything may still be changed. */
	readonly backOffice: BookingCrm;
	readonly facts: Facts;
	/** First names of the salon's clients, who are strangers to every simulated one. */
	readonly strangers: readonly string[];
	nowMs: number;
	/** Standing visits from the salon's now on, by id. */
	visits(): Promise<ReadonlyMap<string, Appointment>>;
}

/** Opens one store in a temporary folder with a salon for each tenant. */
export async function openWorlds(tenants: readonly string[]): Promise<{ worlds: readonly World[]; close(): Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-eval-'));
	const store = await openStore({ engine: 'sqlite', path: join(folder, 'store.sqlite') }, { keys: ['a passphrase for dialogues'] });
	const worlds: World[] = [];
	for (const tenant of tenants) worlds.push(await openWorld(store, tenant));
	return {
		worlds,
		async close() {
			await store.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function openWorld(store: Store, tenant: string): Promise<World> {
	await seedDemoSalon(store, tenant, { seed: 7, now: SALON_NOW, locale: 'ru' });
	const backOffice = createBuiltinCrm(store, tenant, () => SALON_NOW);
	const tap: Tap = { calls: [], hooks: new Map() };
	const clock = (): string => new Date(world.nowMs).toISOString();
	const conversations = createConversationStore(store);
	const [company, services, staff] = await Promise.all([backOffice.company(), backOffice.services(), backOffice.staff()]);
	const clients = await store.db.selectFrom('crm_client').select('name').where('tenant', '=', tenant).execute();
	const world: World = {
		tenant,
		store,
		conversations,
		tap,
		backOffice,
		facts: { company: value(company), services: value(services), staff: value(staff) },
		strangers: [...new Set(clients.flatMap(({ name }) => (name === null ? [] : [name.split(' ')[0] ?? ''])))],
		nowMs: Date.parse(SALON_NOW),
		assistant: createAssistant({
			store: conversations,
			crm: tapped(createBuiltinCrm(store, tenant, clock), tap, () => world.nowMs),
			clock,
			sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
		}),
		async visits() {
			const to = new Date(Date.parse(SALON_NOW) + WINDOW_DAYS * 86_400_000).toISOString();
			const listed = value(await backOffice.appointments({ from: SALON_NOW, to }));
			return new Map(listed.map((visit) => [visit.id, visit]));
		},
	};
	return world;
}

/** The value of an outcome that must be `ok`. */
export function value<T>(outcome: Outcome<T>): T {
	if (outcome.kind !== 'ok') throw new Error(`The salon's books answered ${outcome.kind}: ${JSON.stringify(outcome)}`);
	return outcome.value;
}

/** The CRM with an ear: every call is recorded with its outcome, and a hook may act between question and answer. */
function tapped(crm: BookingCrm, tap: Tap, nowMs: () => number): BookingCrm {
	const heard =
		<A extends readonly unknown[], T>(call: Call, real: (...args: A) => Promise<Outcome<T>>) =>
		async (...args: A): Promise<Outcome<T>> => {
			const hook = tap.hooks.get(call);
			tap.hooks.delete(call);
			await hook?.();
			const outcome = await real(...args);
			tap.calls.push({ call, args, outcome, at: nowMs() });
			return outcome;
		};
	return {
		capabilities: crm.capabilities,
		company: heard('company', crm.company),
		services: heard('services', crm.services),
		staff: heard('staff', crm.staff),
		availableDates: heard('availableDates', crm.availableDates),
		slots: heard('slots', crm.slots),
		findClient: heard('findClient', crm.findClient),
		createClient: heard('createClient', crm.createClient),
		updateClient: heard('updateClient', crm.updateClient),
		appointments: heard('appointments', crm.appointments),
		createAppointment: heard('createAppointment', crm.createAppointment),
		rescheduleAppointment: heard('rescheduleAppointment', crm.rescheduleAppointment),
		cancelAppointment: heard('cancelAppointment', crm.cancelAppointment),
		findByOperation: heard('findByOperation', crm.findByOperation),
		stream: (name, window) => crm.stream(name, window),
	};
}
