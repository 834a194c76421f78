import { type Fields, integerOf, isFields } from './parameters';
import type { Portal } from './portal';
import type { Multifield } from './records';
import type { Bitrix24Switches } from './switches';

/** Phones and addresses of a new card. */
export function newMultifields(portal: Portal, fm: unknown): readonly Multifield[] {
	return rowsOf(fm).flatMap(([, row]) => made(portal, row));
}

/**
 * Phones and addresses after `crm.item.update`: the key of a row decides what it does. `n0` adds, the number of a row
 * changes it, a number with an empty value deletes it; a plain list adds once more.
 */
export function updatedMultifields(portal: Portal, old: readonly Multifield[], fm: unknown, switches: Bitrix24Switches): readonly Multifield[] {
	if (switches.multifieldUpdate === 'replaces all') return newMultifields(portal, fm);
	return rowsOf(fm).reduce<readonly Multifield[]>((rows, [key, row]) => {
		const id = Array.isArray(fm) ? null : integerOf(key);
		return id === null ? [...rows, ...made(portal, row)] : changed(rows, id, row);
	}, old);
}

/** The same for the old methods: rows with `ID` change, rows without one add, `DELETE: Y` or an empty value deletes. */
export function updatedLegacyMultifields(portal: Portal, old: readonly Multifield[], typeId: string, list: unknown): readonly Multifield[] {
	return rowsOf(list).reduce<readonly Multifield[]>((rows, [, row]) => {
		const modern = legacyRow(typeId, row);
		const id = integerOf(row.ID);
		if (id === null) return [...rows, ...made(portal, modern)];
		return changed(rows, id, row.DELETE === 'Y' ? { ...modern, value: '' } : modern);
	}, old);
}

function legacyRow(typeId: string, row: Fields): Fields {
	return { typeId, ...(row.VALUE_TYPE === undefined ? {} : { valueType: row.VALUE_TYPE }), ...(row.VALUE === undefined ? {} : { value: row.VALUE }) };
}

function rowsOf(fm: unknown): readonly (readonly [string, Fields])[] {
	if (!Array.isArray(fm) && !isFields(fm)) return [];
	return Object.entries(fm).flatMap(([key, row]) => (isFields(row) ? [[key, row] as const] : []));
}

function made(portal: Portal, row: Fields): readonly Multifield[] {
	const value = text(row.value);
	if (value === '') return [];
	return [{ id: portal.nextId('multifield'), typeId: text(row.typeId) || 'PHONE', valueType: text(row.valueType) || 'WORK', value }];
}

function changed(rows: readonly Multifield[], id: number, row: Fields): readonly Multifield[] {
	if (row.value === '') return rows.filter((one) => one.id !== id);
	return rows.map((one) => (one.id === id ? { ...one, valueType: text(row.valueType) || one.valueType, value: row.value === undefined ? one.value : text(row.value) } : one));
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
