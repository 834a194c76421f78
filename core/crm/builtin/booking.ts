import { randomUUID } from 'node:crypto';
import { type Appointment, type NewAppointment, type OperationKey, type Outcome, ok, refused, type Refused } from '../../booking';
import type { CrmClientTable } from '../../store/schema/builtin-crm';
import { storedInstant } from './appointments';
import type { Context, Db } from './context';
import { NEW_APPOINTMENT, parseInput } from './inputs';
import { lockStaff } from './locks';
import { underKey } from './operations';
import { place, type Placement } from './placement';
import { insertRows, planRows, type TakenRow } from './taken-time';

/** Books a visit. The unique key of taken time decides between two writers; the loser is refused `slot_taken`. */
export async function createAppointment(context: Context, input: NewAppointment, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = parseInput(NEW_APPOINTMENT, input);
	if (parsed.kind === 'refused') return parsed;
	const wish = parsed.value;
	const { tenant } = context;
	return underKey(context, 'create', key, async ({ trx, now }) => {
		const client = await trx.selectFrom('crm_client').selectAll().where('tenant', '=', tenant).where('id', '=', wish.clientId).executeTakeFirst();
		const unwelcome = client === undefined ? refused('not_found', 'There is no client with this id; find or create the client first.') : await checkClient(trx, client);
		if (unwelcome !== null) return unwelcome;
		await lockStaff(context, trx, wish.staffId);
		const placement = await place(trx, tenant, wish, now);
		if (placement.kind !== 'ok') return placement;
		const guestName = wish.guestName === undefined || wish.guestName === '' ? null : wish.guestName;
		const plan = await planVisit(trx, tenant, placement.value, guestName === null ? wish.clientId : null, null);
		if ('refusal' in plan) return plan.refusal;
		const id = randomUUID();
		await trx
			.insertInto('crm_appointment')
			.values({
				tenant,
				id,
				client_id: wish.clientId,
				...placeColumns(placement.value),
				status: 'booked',
				comment: wish.comment ?? null,
				guest_name: guestName,
				version: 1,
				created_at: now,
				updated_at: now,
			})
			.execute();
		await insertDetails(trx, tenant, id, placement.value, plan.rows);
		return ok(id);
	});
}

/** A blocked card blocks its phone: a second card of the same phone is no way around. */
export async function checkClient(db: Db, client: CrmClientTable): Promise<Refused | null> {
	let blocked = client.blocked === 1;
	if (!blocked && client.phone !== null) {
		const other = await db
			.selectFrom('crm_client')
			.select('id')
			.where('tenant', '=', client.tenant)
			.where('phone', '=', client.phone)
			.where('blocked', '=', 1)
			.executeTakeFirst();
		blocked = other !== undefined;
	}
	return blocked ? refused('client_blocked', 'The client is blocked; a person has to decide.') : null;
}

/** Rows of taken time for a placed visit. `clientId` is null for a guest's visit. */
export function planVisit(db: Db, tenant: string, placement: Placement, clientId: string | null, except: string | null): ReturnType<typeof planRows> {
	const { start, end, claim } = placement;
	return planRows(db, tenant, { ...claim, client: clientId === null ? null : { id: clientId, span: { start, end } } }, except);
}

/** Columns of a visit that its placement decides. */
export function placeColumns({ start, end, claim }: Placement): { staff_id: string; starts_at: string; ends_at: string; busy_from: string; busy_to: string; shared_by: string | null } {
	return {
		staff_id: claim.staffId,
		starts_at: storedInstant(start),
		ends_at: storedInstant(end),
		busy_from: storedInstant(claim.busy.start),
		busy_to: storedInstant(claim.busy.end),
		shared_by: claim.sharedBy,
	};
}

/** Lines, resources and taken time of a visit. */
export async function insertDetails(trx: Db, tenant: string, id: string, { lines, claim }: Placement, rows: readonly TakenRow[]): Promise<void> {
	await trx
		.insertInto('crm_appointment_line')
		.values(lines.map((line, position) => ({ tenant, appointment_id: id, position, ...line })))
		.execute();
	if (claim.resources.length > 0) {
		await trx
			.insertInto('crm_appointment_resource')
			.values(claim.resources.map((resource) => ({ tenant, appointment_id: id, resource_id: resource.id })))
			.execute();
	}
	await insertRows(trx, tenant, id, rows);
}
