import * as v from 'valibot';
import { type Instant, mapOutcome, type Outcome, ok } from '../../../booking';
import { dateOf, minuteOf } from '../../../calendar';
import { path } from '../../http';
import { list, type Pages } from '../calls';
import { uuidOf } from '../context';
import { minuteAt } from '../mapping';
import { readAll } from '../pages';
import { ANY_RECORD, MOMENT, PLAIN_ROW } from '../wire';
import type { Row, Workspace } from './workspace';

/** At most `limit` records of a list, as the vendor gives them. */
type Listing = (workspace: Workspace, limit: number) => Promise<Outcome<readonly Row[]>>;

const listing = (name: string, where: (l: string) => string): Listing => (workspace, limit) => readAll(workspace, list(name, where(workspace.locationId), ANY_RECORD), limit);

export const categories = listing('service_categories', (l) => path`locations/${l}/service-categories`);
export const locations: (workspace: Pick<Workspace, 'transport'>, limit: number) => Promise<Outcome<readonly Row[]>> = ({ transport }, limit) => readAll({ transport }, list('locations', 'locations', ANY_RECORD), limit);
export const services = listing('services', (l) => path`locations/${l}/services`);
export const staffers = listing('staffers', (l) => path`locations/${l}/staffers`);

/** Cards of the workspace: its locations share them. */
export function customers({ transport }: Workspace, limit: number): Promise<Outcome<readonly Row[]>> {
	return readAll({ transport }, list('customers', 'customers', ANY_RECORD), limit);
}

/** Whose bookings or orders are asked for; an id that cannot be one has none. */
export interface Whose {
	readonly customerId?: string;
	readonly staffId?: string;
}

/** Half-open; an absent bound is open. */
export interface Starts {
	readonly from?: Instant;
	readonly to?: Instant;
}

/** Bookings of the location by their start, cancelled ones too. The list names neither customer nor services. */
export async function bookings(workspace: Workspace, { customerId, staffId }: Whose, { from, to }: Starts, limit: number): Promise<Outcome<readonly Row[]>> {
	const ids = [customerId, staffId].map((id) => (id === undefined ? undefined : uuidOf(id)));
	if (ids.includes(null)) return ok([]);
	const first = from === undefined ? null : minuteOf(from, 'up');
	const last = to === undefined ? null : minuteOf(to, 'up');
	// by which clock the vendor counts days is not told: one more on each side is asked for
	const days = {
		reserved_on_from: first === null ? undefined : dateOf(Math.floor(first / 1440) - 1),
		reserved_on_to: last === null ? undefined : dateOf(Math.floor(last / 1440) + 1),
	};
	const [customer, staffer] = ids;
	const query = { location_uuid: workspace.locationId, customer_uuid: customer ?? undefined, staffer_uuid: staffer ?? undefined, ...days };
	const rows = await readAll(workspace, list('bookings', 'bookings', PLAIN_ROW, query), first === null && last === null ? limit : undefined);
	return mapOutcome(rows, (all) => {
		const within = all.filter((row) => {
			const start = minuteAt(v.parse(MOMENT, row.start_time));
			return (first === null || start >= first) && (last === null || start < last);
		});
		return within.slice(0, limit);
	});
}

/** Orders of the location: the money and the lines of bookings. A person in the question would hide rows, so there is none. */
export async function orders(workspace: Workspace, { customerId }: Pick<Whose, 'customerId'>, limit: number): Promise<Outcome<readonly Row[]>> {
	const customer = customerId === undefined ? undefined : uuidOf(customerId);
	if (customer === null) return ok([]);
	const pages: Pages<Row> = list('orders', 'orders', ANY_RECORD, { location_uuid: workspace.locationId, customer_uuid: customer });
	return readAll(workspace, pages, limit);
}
