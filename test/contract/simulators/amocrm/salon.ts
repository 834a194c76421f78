import type { Field, FieldEnum, Stage } from './model';
import { LOST, WON, type AccountIds, type World } from './world';

/** The salon an account is set up for. Prices are minor units, as everywhere in this project. */
export interface SalonPlan {
	readonly services: readonly { readonly name: string; readonly minutes: number; readonly price: number }[];
	readonly staff: readonly { readonly name: string }[];
}

export const DEFAULT_SALON: SalonPlan = {
	services: [
		{ name: 'cut', minutes: 60, price: 200_000 },
		{ name: 'color', minutes: 90, price: 450_000 },
	],
	staff: [{ name: 'Anna' }, { name: 'Maria' }],
};

const PHONE_KINDS = ['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER'];
const MAIL_KINDS = ['WORK', 'PRIV', 'OTHER'];
const MINOR = 100;

/** Builds what an integrator sets up before the first booking: pipeline, fields, catalogue, loss reasons. */
export function furnish(world: World, plan: SalonPlan): AccountIds {
	const { words } = world.brand;
	const user = world.nextId();
	world.users.set(user, { id: user, name: 'Administrator', email: 'admin@example.com', is_admin: true, is_active: true });
	const field = (owner: string, name: string, type: string, code: string | null = null, values: readonly string[] = []): Field => {
		const enums: FieldEnum[] = values.map((value, index) => ({ id: world.nextId(), value, sort: 500 + index, ...(type === 'multitext' ? { code: value } : {}) }));
		const made: Field = { id: world.nextId(), name, type, code, sort: 500 + world.fields.size, owner, is_api_only: false, enums };
		world.fields.set(made.id, made);
		return made;
	};
	const catalog = world.nextId();
	const now = world.now();
	world.catalogs.set(catalog, { id: catalog, name: words.services, type: 'products', sort: 10, created_at: now, updated_at: now });
	const specialist = field('leads', words.specialist, 'select', null, plan.staff.map(({ name }) => name));
	const made = {
		phone: field('contacts', words.phone, 'multitext', 'PHONE', PHONE_KINDS),
		email: field('contacts', words.email, 'multitext', 'EMAIL', MAIL_KINDS),
		start: field('leads', words.start, 'date_time'),
		duration: field('leads', words.duration, 'numeric'),
		specialist,
		operation: field('leads', words.operation, 'text'),
		sku: field(`catalog:${catalog}`, words.sku, 'text', 'SKU'),
		price: field(`catalog:${catalog}`, words.price, 'price', 'PRICE'),
		serviceMinutes: field(`catalog:${catalog}`, words.serviceMinutes, 'numeric'),
	};
	const services = new Map<string, number>();
	for (const { name, minutes, price } of plan.services) {
		const card = world.blank(name);
		const values = new Map([
			[made.sku.id, [{ value: `S-${services.size + 1}` }]],
			[made.price.id, [{ value: String(price / MINOR) }]],
			[made.serviceMinutes.id, [{ value: String(minutes) }]],
		]);
		world.elements.set(card.id, { ...card, catalog_id: catalog, values });
		services.set(name, card.id);
	}
	const lossByClient = world.nextId();
	const lossTimeTaken = world.nextId();
	world.lossReasons.set(lossByClient, words.lossClient).set(lossTimeTaken, words.lossTaken);
	const stages = addPipeline(world, words.bookings, true);
	return {
		...stages,
		lossByClient,
		lossTimeTaken,
		catalog,
		user,
		bot: 15,
		fields: Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id])) as AccountIds['fields'],
		services,
		staff: new Map(specialist.enums.map(({ id, value }) => [value, id])),
	};
}

/** A pipeline with the two stages every pipeline has under the same ids. */
export function addPipeline(world: World, name: string, isMain = false): Pick<AccountIds, 'pipeline' | 'statusNew' | 'statusConfirmed'> {
	const { words, incomingStage } = world.brand;
	const [pipeline, incoming, statusNew, statusConfirmed] = [world.nextId(), world.nextId(), world.nextId(), world.nextId()];
	const stage = (id: number, title: string, sort: number, color: string, own: boolean, type: 0 | 1 = 0): Stage => ({ id, name: title, sort, is_editable: own, color, type });
	const stages = [
		...(incomingStage ? [stage(incoming, words.incoming, 10, '#c1c1c1', false, 1)] : []),
		stage(statusNew, words.newBooking, 20, '#99ccff', true),
		stage(statusConfirmed, words.confirmed, 30, '#ffff99', true),
		stage(WON, words.won, 10_000, '#CCFF66', false),
		stage(LOST, words.lost, 11_000, '#D5D8DB', false),
	];
	world.pipelines.set(pipeline, { id: pipeline, name, sort: world.pipelines.size + 1, is_main: isMain, is_archive: false, stages });
	return { pipeline, statusNew, statusConfirmed };
}
