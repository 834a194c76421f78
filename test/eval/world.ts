import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Appointment, BookingCrm, Company, Outcome, Service, StaffMember } from '../../core/booking';
import type { Assistant, AssistantParts } from '../../core/conversation/assistant';
import { createAssistant } from '../../core/conversation/engine';
import type { HabitSource } from '../../core/conversation/habits';
import { createBuiltinCrm, seedDemoSalon } from '../../core/crm/builtin';
import { createAssistantStore, createConversationStore, openStore, type ConversationStore, type Store } from '../../core/store';
import { Seat } from './seat';
import { temporaryFolder } from './temporary';
import { tapped, type Tap } from './tap';

/** The salon's books end at this moment; dialogues take place in the week after it. */
export const SALON_NOW = '2026-11-23T06:00:00+03:00';
const WINDOW_DAYS = 100;

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
	/** Where the model sits, or null in a salon without one. */
	readonly seat: Seat | null;
	/** The same books, unheard by the tap, at a moment when everything may still be changed. */
	readonly backOffice: BookingCrm;
	readonly facts: Facts;
	/** First names of the salon's clients, who are strangers to every simulated one. */
	readonly strangers: readonly string[];
	nowMs: number;
	/** Standing visits from the salon's now on, by id. */
	visits(): Promise<ReadonlyMap<string, Appointment>>;
}

/** Opens one store in a temporary folder with a salon for each tenant; `wordings` gives salons a seat for a model. */
export async function openWorlds(tenants: readonly string[], wordings: readonly AssistantParts['wording'][] = []): Promise<{ worlds: readonly World[]; close(): Promise<void> }> {
	const folder = temporaryFolder('eval');
	const store = await openStore({ engine: 'sqlite', path: join(folder, 'store.sqlite') }, { keys: ['a passphrase for dialogues'] });
	const worlds: World[] = [];
	for (const [index, tenant] of tenants.entries()) worlds.push(await openWorld(store, tenant, wordings[index]));
	return {
		worlds,
		async close() {
			await store.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function openWorld(store: Store, tenant: string, wording: AssistantParts['wording']): Promise<World> {
	await seedDemoSalon(store, tenant, { seed: 7, now: SALON_NOW, locale: 'ru' });
	const backOffice = createBuiltinCrm(store, tenant, () => SALON_NOW);
	const tap: Tap = { calls: [], hooks: new Map() };
	const clock = (): string => new Date(world.nowMs).toISOString();
	const conversations = createConversationStore(store);
	const [company, services, staff] = await Promise.all([backOffice.company(), backOffice.services(), backOffice.staff()]);
	const clients = await store.db.selectFrom('crm_client').select('name').where('tenant', '=', tenant).execute();
	const seat = wording === undefined ? null : new Seat();
	const parts: AssistantParts = {
		store: conversations,
		crm: tapped(createBuiltinCrm(store, tenant, clock), tap, () => world.nowMs),
		clock,
		assistantStore: createAssistantStore(store),
		habits: habitsOf(value(services), value(staff)),
		sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
		...(seat === null || wording === undefined ? {} : { models: [seat], wording }),
	};
	const world: World = {
		tenant,
		seat,
		store,
		conversations,
		tap,
		backOffice,
		facts: { company: value(company), services: value(services), staff: value(staff) },
		strangers: [...new Set(clients.flatMap(({ name }) => (name === null ? [] : [name.split(' ')[0] ?? ''])))],
		nowMs: Date.parse(SALON_NOW),
		assistant: createAssistant(parts),
		async visits() {
			const to = new Date(Date.parse(SALON_NOW) + WINDOW_DAYS * 86_400_000).toISOString();
			const listed = value(await backOffice.appointments({ from: SALON_NOW, to }));
			return new Map(listed.map((visit) => [visit.id, visit]));
		},
	};
	return world;
}

/** Clients whose phone ends in an even figure have a habit: what they are asked about is often not what they want today. */
function habitsOf(services: readonly Service[], staff: readonly StaffMember[]): HabitSource {
	return {
		async usualVisit(_tenant, { phone }) {
			const figure = Number(phone.at(-1));
			const service = services[figure % services.length];
			if (figure % 2 === 1 || service === undefined) return null;
			const able = staff.filter((person) => person.services.some(({ serviceId }) => serviceId === service.id));
			return { serviceIds: [service.id], staffId: able[figure % Math.max(1, able.length)]?.id ?? null };
		},
	};
}

/** The value of an outcome that must be `ok`. */
export function value<T>(outcome: Outcome<T>): T {
	if (outcome.kind !== 'ok') throw new Error(`The salon's books answered ${outcome.kind}: ${JSON.stringify(outcome)}`);
	return outcome.value;
}
