import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { ok, type Outcome, refused } from '../../../booking';
import { foldText } from '../clients';
import { readServices, readSettings, type ServiceCard } from '../catalogue';
import { answering, type Context, type Db, nowText } from '../context';
import { BUFFER, DURATION, ID, parseInput, PRICE, title } from '../inputs';
import { NOT_SET_UP } from '../selection';

const CAPACITY = v.pipe(v.number(), v.integer('The capacity must be a whole number.'), v.minValue(1, 'The capacity must be at least 1.'), v.maxValue(500));
const RESOURCE_IDS = v.pipe(v.array(ID), v.maxLength(10, 'A service needs at most 10 resources.'));
const ALIASES = v.pipe(v.array(title(100, 'An alias')), v.maxLength(50, 'A service has at most 50 aliases.'));

const NEW_SERVICE = v.strictObject({
	title: title(200, 'The title'),
	durationMinutes: DURATION,
	aliases: v.optional(ALIASES, []),
	/** Title of the category; made when it is new. */
	category: v.optional(v.nullable(title(100, 'The category')), null),
	/** Minor units; null when the price is agreed on the spot. */
	price: v.optional(v.nullable(PRICE), null),
	bufferBeforeMinutes: v.optional(BUFFER, 0),
	bufferAfterMinutes: v.optional(BUFFER, 0),
	/** Clients served together. */
	capacity: v.optional(CAPACITY, 1),
	bookableOnline: v.optional(v.boolean(), true),
	resourceIds: v.optional(RESOURCE_IDS, []),
});
const SERVICE_PATCH = v.strictObject({
	title: v.optional(title(200, 'The title')),
	durationMinutes: v.optional(DURATION),
	aliases: v.optional(ALIASES),
	category: v.optional(v.nullable(title(100, 'The category'))),
	price: v.optional(v.nullable(PRICE)),
	bufferBeforeMinutes: v.optional(BUFFER),
	bufferAfterMinutes: v.optional(BUFFER),
	capacity: v.optional(CAPACITY),
	bookableOnline: v.optional(v.boolean()),
	active: v.optional(v.boolean()),
	resourceIds: v.optional(RESOURCE_IDS),
});
/** Input of {@link createService}. */
export type NewService = v.InferInput<typeof NEW_SERVICE>;
/** Input of {@link updateService}; an absent key is left as it is. */
export type ServicePatch = v.InferInput<typeof SERVICE_PATCH>;

/** Adds a service. Visits booked later use it; nobody does it until the staff's matrix says so. */
export function createService(context: Context, input: NewService): Promise<Outcome<ServiceCard>> {
	const id = randomUUID();
	const parsed = parseInput(NEW_SERVICE, input);
	if (parsed.kind === 'refused') return Promise.resolve(parsed);
	return save(context, id, true, parsed.value);
}

/** Changes a service. Visits already booked keep their length and price. `active: false` archives it. */
export function updateService(context: Context, id: string, patch: ServicePatch): Promise<Outcome<ServiceCard>> {
	const parsed = parseInput(SERVICE_PATCH, patch);
	return parsed.kind === 'refused' ? Promise.resolve(parsed) : save(context, id, false, parsed.value);
}

function save(context: Context, id: string, isNew: boolean, patch: v.InferOutput<typeof SERVICE_PATCH>): Promise<Outcome<ServiceCard>> {
	return answering(
		() =>
			context.store.write(async (trx): Promise<Outcome<ServiceCard>> => {
				const { tenant } = context;
				const settings = await readSettings(trx, tenant);
				if (settings === null) return NOT_SET_UP;
				const missing = await missingResource(trx, tenant, patch.resourceIds ?? []);
				if (missing) return refused('not_found', 'There is no resource with one of these ids; create it first.');
				if (isNew) await insertBlank(trx, tenant, id);
				const changed = await trx
					.updateTable('crm_service')
					.set({ ...(await columnsOf(trx, tenant, patch)), updated_at: nowText(context) })
					.where('tenant', '=', tenant)
					.where('id', '=', id)
					.executeTakeFirst();
				if (changed.numUpdatedRows === 0n) return NO_SERVICE;
				if (patch.resourceIds !== undefined) await setResources(trx, tenant, id, patch.resourceIds);
				const [card] = await readServices(trx, tenant, settings.currency, [id]);
				return card === undefined ? NO_SERVICE : ok(card);
			}),
		`service:${id}`,
	);
}

const NO_SERVICE = refused('not_found', 'There is no service with this id; read the services again.');

async function insertBlank(trx: Db, tenant: string, id: string): Promise<void> {
	const blank = { category_id: null, title: '', aliases: '[]', price_min: null, price_max: null, duration_minutes: 5, buffer_before_minutes: 0, buffer_after_minutes: 0 };
	await trx.insertInto('crm_service').values({ tenant, id, ...blank, capacity: 1, active: 1, online: 1, updated_at: '' }).execute();
}

/** Columns of the fields that are named; Kysely leaves `undefined` out of the statement. */
async function columnsOf(trx: Db, tenant: string, patch: v.InferOutput<typeof SERVICE_PATCH>) {
	return {
		title: patch.title,
		aliases: patch.aliases === undefined ? undefined : JSON.stringify([...new Set(patch.aliases)]),
		category_id: typeof patch.category === 'string' ? await categoryId(trx, tenant, patch.category) : patch.category,
		price_min: patch.price === null ? null : patch.price?.min,
		price_max: patch.price === null ? null : patch.price?.max,
		duration_minutes: patch.durationMinutes,
		buffer_before_minutes: patch.bufferBeforeMinutes,
		buffer_after_minutes: patch.bufferAfterMinutes,
		capacity: patch.capacity,
		online: flag(patch.bookableOnline),
		active: flag(patch.active),
	};
}

/** A boolean as the tables keep it. */
export function flag(value: boolean | undefined): number | undefined {
	return value === undefined ? undefined : Number(value);
}

async function categoryId(trx: Db, tenant: string, name: string): Promise<string> {
	const all = await trx.selectFrom('crm_category').selectAll().where('tenant', '=', tenant).execute();
	const known = all.find((category) => foldText(category.title) === foldText(name));
	if (known !== undefined) return known.id;
	const id = randomUUID();
	await trx.insertInto('crm_category').values({ tenant, id, title: name, position: all.length }).execute();
	return id;
}

async function missingResource(trx: Db, tenant: string, ids: readonly string[]): Promise<boolean> {
	if (ids.length === 0) return false;
	const found = await trx.selectFrom('crm_resource').select('id').where('tenant', '=', tenant).where('id', 'in', ids).execute();
	return found.length < new Set(ids).size;
}

async function setResources(trx: Db, tenant: string, id: string, resourceIds: readonly string[]): Promise<void> {
	await trx.deleteFrom('crm_service_resource').where('tenant', '=', tenant).where('service_id', '=', id).execute();
	const rows = [...new Set(resourceIds)].map((resourceId) => ({ tenant, service_id: id, resource_id: resourceId }));
	if (rows.length > 0) await trx.insertInto('crm_service_resource').values(rows).execute();
}
