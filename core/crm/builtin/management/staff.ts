import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { ok, type Outcome, refused, type StaffMember } from '../../../booking';
import { dateOf, type Schedule } from '../../../calendar';
import { readCalendars, readSettings, readStaff } from '../catalogue';
import { answering, type Context, type Db, nowText } from '../context';
import { DATE, DAY_PLAN, DURATION, ID, parseInput, PRICE, text, title } from '../inputs';
import { NOT_SET_UP } from '../selection';
import { flag } from './services';

const MATRIX = v.pipe(
	v.array(v.strictObject({ serviceId: ID, durationMinutes: v.optional(DURATION), price: v.optional(PRICE) })),
	v.maxLength(500, 'A person does at most 500 services.'),
	v.check((cells) => new Set(cells.map(({ serviceId }) => serviceId)).size === cells.length, 'A service is named twice.'),
);
const NEW_STAFF = v.strictObject({
	name: title(100, 'The name'),
	position: v.optional(v.nullable(text(100, 'The position')), null),
	bookable: v.optional(v.boolean(), true),
	/** What the person does, with own duration and price where they differ. */
	services: v.optional(MATRIX, []),
});
const STAFF_PATCH = v.strictObject({
	name: v.optional(title(100, 'The name')),
	position: v.optional(v.nullable(text(100, 'The position'))),
	bookable: v.optional(v.boolean()),
	active: v.optional(v.boolean()),
	services: v.optional(MATRIX),
});
const WEEK = v.record(v.picklist(['1', '2', '3', '4', '5', '6', '7'], 'Days of a week are 1 (Monday) to 7 (Sunday).'), DAY_PLAN);
/** Input of {@link createStaff}. */
export type NewStaff = v.InferInput<typeof NEW_STAFF>;
/** Input of {@link updateStaff}; an absent key is left as it is, `services` replaces the whole list. */
export type StaffPatch = v.InferInput<typeof STAFF_PATCH>;
/** Hours and breaks by ISO weekday; a day left out is a day off. */
export type WeekInput = v.InferInput<typeof WEEK>;
/** Hours and breaks of one date. */
export type DayPlanInput = v.InferInput<typeof DAY_PLAN>;

/** Adds a person. Without a schedule the person has no free time. */
export function createStaff(context: Context, input: NewStaff): Promise<Outcome<StaffMember>> {
	const parsed = parseInput(NEW_STAFF, input);
	return parsed.kind === 'refused' ? Promise.resolve(parsed) : save(context, randomUUID(), true, parsed.value);
}

/** Changes a person; `active: false` archives. Visits already booked stay. */
export function updateStaff(context: Context, id: string, patch: StaffPatch): Promise<Outcome<StaffMember>> {
	const parsed = parseInput(STAFF_PATCH, patch);
	return parsed.kind === 'refused' ? Promise.resolve(parsed) : save(context, id, false, parsed.value);
}

/** Replaces the weekly schedule. Visits already booked stay where they are. */
export function setSchedule(context: Context, staffId: string, week: WeekInput): Promise<Outcome<Schedule>> {
	const parsed = parseInput(WEEK, week);
	if (parsed.kind === 'refused') return Promise.resolve(parsed);
	return changeSchedule(context, staffId, async (trx) => {
		await trx.deleteFrom('crm_schedule').where('tenant', '=', context.tenant).where('staff_id', '=', staffId).execute();
		const rows = Object.entries(parsed.value).map(([weekday, plan]) => ({ tenant: context.tenant, staff_id: staffId, weekday: Number(weekday), ...planColumns(plan) }));
		if (rows.length > 0) await trx.insertInto('crm_schedule').values(rows).execute();
	});
}

/** Replaces one date by other hours (none is a day off), or with null puts the weekly schedule back. */
export function setException(context: Context, staffId: string, date: string, plan: DayPlanInput | null): Promise<Outcome<Schedule>> {
	const parsedDate = parseInput(DATE, date);
	if (parsedDate.kind === 'refused') return Promise.resolve(parsedDate);
	const parsed = parseInput(v.nullable(DAY_PLAN), plan);
	if (parsed.kind === 'refused') return Promise.resolve(parsed);
	return changeSchedule(context, staffId, async (trx) => {
		await trx.deleteFrom('crm_schedule_exception').where('tenant', '=', context.tenant).where('staff_id', '=', staffId).where('date', '=', date).execute();
		if (parsed.value === null) return;
		await trx.insertInto('crm_schedule_exception').values({ tenant: context.tenant, staff_id: staffId, date, ...planColumns(parsed.value) }).execute();
	});
}

/** The weekly schedule of a person with its exceptions from `FIRST_DATE` on. */
export function getSchedule(context: Context, staffId: string): Promise<Outcome<Schedule>> {
	return answering(() => readSchedule(context, context.store.db, staffId));
}

const NO_STAFF = refused('not_found', 'There is no staff member with this id; read the staff again.');
const FIRST_DATE = dateOf(0);
const LAST_DATE = '9999-12-31';

function planColumns(plan: v.InferOutput<typeof DAY_PLAN>): { hours: string; breaks: string } {
	return { hours: JSON.stringify(plan.hours), breaks: JSON.stringify(plan.breaks) };
}

async function readSchedule({ tenant }: Context, db: Db, staffId: string): Promise<Outcome<Schedule>> {
	const settings = await readSettings(db, tenant);
	if (settings === null) return NOT_SET_UP;
	const [calendar] = await readCalendars(db, tenant, await readStaff(db, tenant, settings.currency, staffId), FIRST_DATE, LAST_DATE);
	return calendar === undefined ? NO_STAFF : ok(calendar.schedule);
}

function changeSchedule(context: Context, staffId: string, work: (trx: Db) => Promise<void>): Promise<Outcome<Schedule>> {
	return answering(
		() =>
			context.store.write(async (trx) => {
				const marked = await trx
					.updateTable('crm_staff')
					.set({ schedule_updated_at: nowText(context) })
					.where('tenant', '=', context.tenant)
					.where('id', '=', staffId)
					.executeTakeFirst();
				if (marked.numUpdatedRows === 0n) return NO_STAFF;
				await work(trx);
				return readSchedule(context, trx, staffId);
			}),
		`schedule:${staffId}`,
	);
}

function save(context: Context, id: string, isNew: boolean, patch: v.InferOutput<typeof STAFF_PATCH>): Promise<Outcome<StaffMember>> {
	return answering(
		() =>
			context.store.write(async (trx): Promise<Outcome<StaffMember>> => {
				const { tenant } = context;
				const settings = await readSettings(trx, tenant);
				if (settings === null) return NOT_SET_UP;
				if (patch.services !== undefined && (await missingService(trx, tenant, patch.services.map(({ serviceId }) => serviceId)))) {
					return refused('not_found', 'There is no service with one of these ids; create it first.');
				}
				const now = nowText(context);
				if (isNew) await trx.insertInto('crm_staff').values({ tenant, id, name: '', position: null, active: 1, bookable: 1, updated_at: now, schedule_updated_at: now }).execute();
				const changed = await trx
					.updateTable('crm_staff')
					.set({ name: patch.name, position: patch.position, bookable: flag(patch.bookable), active: flag(patch.active), updated_at: now })
					.where('tenant', '=', tenant)
					.where('id', '=', id)
					.executeTakeFirst();
				if (changed.numUpdatedRows === 0n) return NO_STAFF;
				if (patch.services !== undefined) await setMatrix(trx, tenant, id, patch.services);
				const [member] = await readStaff(trx, tenant, settings.currency, id);
				return member === undefined ? NO_STAFF : ok(member);
			}),
		`staff:${id}`,
	);
}

async function missingService(trx: Db, tenant: string, ids: readonly string[]): Promise<boolean> {
	if (ids.length === 0) return false;
	const found = await trx.selectFrom('crm_service').select('id').where('tenant', '=', tenant).where('id', 'in', ids).execute();
	return found.length < ids.length;
}

async function setMatrix(trx: Db, tenant: string, staffId: string, cells: v.InferOutput<typeof MATRIX>): Promise<void> {
	await trx.deleteFrom('crm_staff_service').where('tenant', '=', tenant).where('staff_id', '=', staffId).execute();
	const rows = cells.map((cell) => ({
		tenant,
		staff_id: staffId,
		service_id: cell.serviceId,
		duration_minutes: cell.durationMinutes ?? null,
		price_min: cell.price?.min ?? null,
		price_max: cell.price?.max ?? null,
	}));
	if (rows.length > 0) await trx.insertInto('crm_staff_service').values(rows).execute();
}
