import { type OperationKey, type Outcome, ok, refused, unknown } from '../../booking';
import { minuteOf } from '../../calendar';
import type { VisitPlace } from '../computed';
import type { ReservationMapping } from './base-mapping';
import * as calls from './calls';
import type { Context } from './context';
import { datetime, guid, isGuid } from './odata';
import { textIn } from './wire';
import { wallAt } from './wall-time';

/**
 * A register of taken cells, where the administrator of a base has added one: its key is a person and the beginning of a
 * cell, so the base itself refuses the second of two who want one time.
 */

/** Takes all cells of a place under a mark. A cell that cannot be had gives the others back. */
export async function reserve(context: Context, place: VisitPlace, mark: string, key: OperationKey): Promise<Outcome<null>> {
	const table = context.mapping.reservation;
	if (table === null || !isGuid(place.staffId)) return ok(null);
	const cells = cellsOf(context, table, place);
	for (const [index, cell] of cells.entries()) {
		const taken = await takeCell(context, table, place.staffId, cell, mark, key);
		if (taken.kind === 'ok') continue;
		await drop(context, table, place.staffId, cells.slice(0, index), mark, key);
		return taken;
	}
	return ok(null);
}

/** Gives back the cells of a place that stand under the mark, but for those of `kept`. */
export async function release(context: Context, place: VisitPlace, mark: string, key: OperationKey, kept: VisitPlace | null = null): Promise<void> {
	const table = context.mapping.reservation;
	if (table === null || !isGuid(place.staffId)) return;
	const stay = kept === null || kept.staffId !== place.staffId ? [] : cellsOf(context, table, kept);
	await drop(context, table, place.staffId, cellsOf(context, table, place).filter((cell) => !stay.includes(cell)), mark, key);
}

async function takeCell({ transport }: Context, table: ReservationMapping, staffId: string, cell: string, mark: string, key: OperationKey): Promise<Outcome<null>> {
	const added = await transport.write(calls.addRow('reserve_cell', table.entity, { [table.staff]: staffId, [table.cell]: cell, [table.marker]: mark }), key);
	if (added.kind === 'unavailable') return added;
	if (added.kind === 'refused' && added.reason !== 'slot_taken') return added;
	if (added.kind === 'ok') return ok(null);
	// the cell may be ours from a write whose answer was lost
	const held = await transport.read(calls.row('reserved_cell', table.entity, keyOf(table, staffId, cell)));
	if (held.kind === 'ok') return textIn(held.value, table.marker) === mark ? ok(null) : TAKEN;
	return added.kind === 'refused' ? TAKEN : unknown(key);
}

const TAKEN = refused('slot_taken', 'The time is taken; ask for free slots again.');

async function drop({ transport }: Context, table: ReservationMapping, staffId: string, cells: readonly string[], mark: string, key: OperationKey): Promise<void> {
	for (const cell of cells) {
		const path = keyOf(table, staffId, cell);
		const held = await transport.read(calls.row('reserved_cell', table.entity, path));
		if (held.kind === 'ok' && textIn(held.value, table.marker) === mark) await transport.write(calls.dropRow('release_cell', table.entity, path), key);
	}
}

function keyOf({ staff, cell: field }: ReservationMapping, staffId: string, cell: string): string {
	return `${staff}=${guid(staffId)},${field}=${datetime(cell)}`;
}

/** Beginnings of the cells a place touches, as wall times of the base; one that comes twice is one cell. */
function cellsOf({ plan }: Context, { cellMinutes }: ReservationMapping, { start, end }: VisitPlace): readonly string[] {
	const zone = plan.company.zone ?? 'UTC';
	const first = Math.floor(minuteOf(start) / cellMinutes) * cellMinutes;
	const count = Math.ceil((minuteOf(end, 'up') - first) / cellMinutes);
	return [...new Set(Array.from({ length: count }, (_, index) => wallAt(first + index * cellMinutes, zone)))].sort();
}
