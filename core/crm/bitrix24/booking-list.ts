import { type Outcome, ok, unavailable } from '../../booking';
import type { InstantWindow } from '../computed';
import type { Transport } from '../http';
import { readEach } from './batch';
import * as calls from './calls';
import { PAGE_SIZE } from './pages';
import type { BookingWire } from './wire';

/** Half-open, unix seconds. */
interface Stretch {
	readonly from: number;
	readonly to: number;
}

const DAY_SECONDS = 86_400;
const SHORTEST_SECONDS = 60;
const CUT = unavailable('Bitrix24 gave only a part of the bookings.');
const AWRY = unavailable('Bitrix24 gave bookings of another time.');

/**
 * Bookings that touch a window, each once. A long window is asked day by day in one batch, since a page holds 50 and not
 * every portal gives the next one; a client's own are few and are asked at once.
 */
export async function readBookings(transport: Transport, window: InstantWindow, clientId?: string): Promise<Outcome<readonly BookingWire[]>> {
	const whole = { from: Math.floor(Date.parse(window.from) / 1000), to: Math.ceil(Date.parse(window.to) / 1000) };
	if (whole.from >= whole.to) return ok([]);
	const stretches = clientId === undefined ? daysOf(whole) : [whole];
	const first = await firstPages(transport, stretches, clientId);
	if (first.kind !== 'ok') return first;
	const found = new Map<string, BookingWire>();
	for (const [index, rows] of first.value.entries()) {
		const stretch = stretches[index] ?? whole;
		const all = rows.length < PAGE_SIZE ? ok(rows) : await readRest(transport, stretch, rows, clientId);
		if (all.kind !== 'ok') return all;
		// a filter the portal did not understand would hide what lies beyond a page
		if (all.value.some(({ datePeriod }) => datePeriod.from.timestamp > stretch.to || datePeriod.to.timestamp < stretch.from)) return AWRY;
		for (const row of all.value) found.set(row.id, row);
	}
	return ok([...found.values()].sort((a, b) => Number(a.id) - Number(b.id)));
}

async function firstPages(transport: Transport, stretches: readonly Stretch[], clientId: string | undefined): Promise<Outcome<readonly (readonly BookingWire[])[]>> {
	const [only] = stretches;
	if (stretches.length > 1 || only === undefined) {
		const pages = await readEach(transport, stretches.map((stretch) => calls.bookings(filterOf(stretch, clientId), 0)));
		return pages.kind === 'ok' ? ok(pages.value.map(({ items }) => items)) : pages;
	}
	const page = await transport.read(calls.bookings(filterOf(only, clientId), 0));
	return page.kind === 'ok' ? ok([page.value.items]) : page;
}

/** Goes on after a full page; where the next page is the same again, the stretch is cut into halves. */
async function readRest(transport: Transport, stretch: Stretch, rows: readonly BookingWire[], clientId: string | undefined): Promise<Outcome<readonly BookingWire[]>> {
	const found = new Map(rows.map((row) => [row.id, row]));
	for (;;) {
		const page = await transport.read(calls.bookings(filterOf(stretch, clientId), found.size));
		if (page.kind !== 'ok') return page;
		const { items } = page.value;
		if (items.length > 0 && items.every(({ id }) => found.has(id))) break;
		for (const row of items) found.set(row.id, row);
		if (items.length < PAGE_SIZE) return ok([...found.values()]);
	}
	if (stretch.to - stretch.from <= SHORTEST_SECONDS) return CUT;
	const middle = Math.floor((stretch.from + stretch.to) / 2);
	for (const half of [{ from: stretch.from, to: middle }, { from: middle, to: stretch.to }]) {
		const page = await transport.read(calls.bookings(filterOf(half, clientId), 0));
		if (page.kind !== 'ok') return page;
		const all = page.value.items.length < PAGE_SIZE ? ok(page.value.items) : await readRest(transport, half, page.value.items, clientId);
		if (all.kind !== 'ok') return all;
		for (const row of all.value) found.set(row.id, row);
	}
	return ok([...found.values()]);
}

function filterOf({ from, to }: Stretch, clientId: string | undefined): Readonly<Record<string, unknown>> {
	const client = clientId === undefined ? {} : { client: { entities: [{ module: 'crm', code: 'CONTACT', id: Number(clientId) }] } };
	return { within: { dateFrom: from, dateTo: to }, ...client };
}

function daysOf({ from, to }: Stretch): readonly Stretch[] {
	const days: Stretch[] = [];
	for (let start = from; start < to; start += DAY_SECONDS) days.push({ from: start, to: Math.min(to, start + DAY_SECONDS) });
	return days;
}
