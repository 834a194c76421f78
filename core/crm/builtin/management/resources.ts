import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { ok, type Outcome, refused } from '../../../booking';
import { answering, type Context } from '../context';
import { parseInput, title } from '../inputs';
import { flag } from './services';

/** A chair, room or device that services can need. */
export interface Resource {
	readonly id: string;
	readonly title: string;
	readonly capacity: number;
	readonly active: boolean;
}

const CAPACITY = v.pipe(v.number(), v.integer('The capacity must be a whole number.'), v.minValue(1, 'The capacity must be at least 1.'), v.maxValue(500));
const NEW_RESOURCE = v.strictObject({ title: title(100, 'The title'), capacity: v.optional(CAPACITY, 1) });
const RESOURCE_PATCH = v.strictObject({ title: v.optional(title(100, 'The title')), capacity: v.optional(CAPACITY), active: v.optional(v.boolean()) });
/** Input of {@link createResource}. */
export type NewResource = v.InferInput<typeof NEW_RESOURCE>;
/** Input of {@link updateResource}; an absent key is left as it is. */
export type ResourcePatch = v.InferInput<typeof RESOURCE_PATCH>;

/** Adds a resource; services name the resources they need. */
export function createResource(context: Context, input: NewResource): Promise<Outcome<Resource>> {
	const id = randomUUID();
	return answering(async () => {
		const parsed = parseInput(NEW_RESOURCE, input);
		if (parsed.kind === 'refused') return parsed;
		const row = { id, title: parsed.value.title, capacity: parsed.value.capacity, active: 1 };
		await context.store.write((trx) => trx.insertInto('crm_resource').values({ tenant: context.tenant, ...row }).execute());
		return ok({ ...row, active: true });
	}, `resource:${id}`);
}

/** Changes a resource; `active: false` takes it out of use, and with it the services that need it. */
export function updateResource(context: Context, id: string, patch: ResourcePatch): Promise<Outcome<Resource>> {
	return answering(async () => {
		const parsed = parseInput(RESOURCE_PATCH, patch);
		if (parsed.kind === 'refused') return parsed;
		const { tenant } = context;
		return context.store.write(async (trx): Promise<Outcome<Resource>> => {
			const row = await trx.selectFrom('crm_resource').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
			if (row === undefined) return refused('not_found', 'There is no resource with this id; read the resources again.');
			const { title: newTitle = row.title, capacity = row.capacity, active } = parsed.value;
			const changed = { title: newTitle, capacity, active: flag(active) ?? row.active };
			await trx.updateTable('crm_resource').set(changed).where('tenant', '=', tenant).where('id', '=', id).execute();
			return ok({ id, title: newTitle, capacity, active: changed.active === 1 });
		});
	}, `resource:${id}`);
}

/** All resources by title, archived ones too. */
export function listResources({ store, tenant }: Context): Promise<Outcome<readonly Resource[]>> {
	return answering(async () => {
		const rows = await store.db.selectFrom('crm_resource').selectAll().where('tenant', '=', tenant).orderBy('title').orderBy('id').execute();
		return ok(rows.map(({ id, title: name, capacity, active }) => ({ id, title: name, capacity, active: active === 1 })));
	});
}
