import * as v from 'valibot';
import type { AppointmentStatus, Instant } from '../../booking';
import type { SyncVisitTable } from '../schema/sync';
import type { Store } from '../store';
import { inChunks } from '../sync/chunks';

/** What a visit of the copy is judged by. Instants are UTC. */
export interface PastVisit {
	readonly id: string;
	/** Records of one coming share it. */
	readonly visitId: string;
	readonly clientId: string | null;
	readonly start: Instant;
	readonly end: Instant;
	readonly status: AppointmentStatus;
	/** When it was booked. */
	readonly createdAt: Instant | null;
	/** The vendor's mark of its last change. */
	readonly changedAt: Instant | null;
}

/** A visit of the copy. */
export interface CopiedVisit extends PastVisit {
	readonly staffId: string | null;
	readonly lines: readonly { readonly serviceId: string; readonly title: string; readonly cost?: number | undefined }[];
	/** Sum of the lines, minor units. */
	readonly amount: number;
}

/** Visits of one branch in the copy, oldest first; a deleted one counts only as what its status says: cancelled. */
export interface CopiedVisits {
	/** All visits of these clients. */
	ofClients(clientIds: readonly string[]): Promise<readonly CopiedVisit[]>;
	/** Visits of clients that begin in [from, to). */
	starting(from: Instant, to: Instant): Promise<readonly CopiedVisit[]>;
	/** The same as `starting`, with visits of nobody's card: who walks in without leaving a name is served and pays too. */
	startingOfAnybody(from: Instant, to: Instant): Promise<readonly CopiedVisit[]>;
	/** The same as `starting`, a part at a time and without what was done. */
	history(from: Instant, to: Instant): AsyncIterable<readonly PastVisit[]>;
}

const HISTORY_ROWS = 2000;
const JUDGED = ['id', 'visit_id', 'client_id', 'start_at', 'end_at', 'status', 'created_at', 'changed_at'] as const;
const ALL = [...JUDGED, 'staff_id', 'lines', 'services_amount'] as const;
type Judged = Pick<SyncVisitTable, (typeof JUDGED)[number]>;
type Row = Pick<SyncVisitTable, (typeof ALL)[number]>;

export function copiedVisits({ db }: Pick<Store, 'db'>, tenant: string): CopiedVisits {
	const visits = () =>
		db
			.selectFrom('sync_visit')
			.where('tenant', '=', tenant)
			.where((eb) => eb.or([eb('deleted_at', 'is', null), eb('status', '=', 'cancelled')]));
	const between = (from: Instant, to: Instant) => visits().where('start_at', '>=', from).where('start_at', '<', to);
	const ofClientsBetween = (from: Instant, to: Instant) => between(from, to).where('client_id', 'is not', null);
	const inOrderOf = async (query: ReturnType<typeof between>): Promise<readonly CopiedVisit[]> => (await query.select(ALL).orderBy('start_at').execute()).map(visitOf).sort(inOrder);

	return {
		async ofClients(clientIds) {
			const found: CopiedVisit[] = [];
			await inChunks(clientIds, async (chunk) => {
				found.push(...(await visits().select(ALL).where('client_id', 'in', chunk).execute()).map(visitOf));
			});
			return found.sort(inOrder);
		},

		starting: (from, to) => inOrderOf(ofClientsBetween(from, to)),

		startingOfAnybody: (from, to) => inOrderOf(between(from, to)),

		async *history(from, to) {
			for (let [start, id] = [from, '']; ; ) {
				const rows: readonly Judged[] = await ofClientsBetween(start, to)
					.select(JUDGED)
					.where((eb) => eb.or([eb('start_at', '>', start), eb('id', '>', id)]))
					.orderBy('start_at')
					.orderBy('id')
					.limit(HISTORY_ROWS)
					.execute();
				if (rows.length > 0) yield rows.map(judgedOf);
				const last = rows.at(-1);
				if (rows.length < HISTORY_ROWS || last === undefined) return;
				[start, id] = [last.start_at, last.id];
			}
		},
	};
}

function inOrder(a: PastVisit, b: PastVisit): number {
	return a.start < b.start ? -1 : a.start > b.start ? 1 : a.id < b.id ? -1 : 1;
}

function judgedOf({ id, visit_id: visitId, client_id: clientId, start_at: start, end_at: end, status, created_at: createdAt, changed_at: changedAt }: Judged): PastVisit {
	return { id, visitId, clientId, start, end, status: status as AppointmentStatus, createdAt, changedAt };
}

function visitOf(row: Row): CopiedVisit {
	return { ...judgedOf(row), staffId: row.staff_id, lines: linesOf(row.lines), amount: row.services_amount };
}

/** What a line comes to; null where the vendor knows the sum of the visit alone. */
const COST = v.pipe(v.nullish(v.number()), v.transform((cost) => cost ?? undefined));
const LINES = v.pipe(v.string(), v.parseJson(), v.array(v.object({ serviceId: v.string(), title: v.string(), cost: COST })));

/** Lines that cannot be read are none: the visit still took place. */
export function linesOf(text: string): CopiedVisit['lines'] {
	const parsed = v.safeParse(LINES, text);
	return parsed.success ? parsed.output : [];
}
