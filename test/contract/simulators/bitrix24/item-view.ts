import { isoOf } from '../kit';
import { fieldsOfKind, type ItemField, outerName, WITH_MULTIFIELDS } from './item-fields';
import type { RowAccess } from './listing';
import type { Portal } from './portal';
import type { Item } from './records';
import type { Bitrix24Switches } from './switches';

/** How `crm.item.*` shows elements to one caller. */
export interface ItemView {
	/** The element with the selected fields; `fm` comes only with `*`. */
	show(item: Item, select: readonly string[] | null): Readonly<Record<string, unknown>>;
	/** A caller's field names turned into the names fields are kept under. */
	inner(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
	readonly access: RowAccess<Item>;
	readonly fields: readonly (readonly [string, ItemField])[];
}

/** The view of one kind of element, with user fields under their original or their camelCase names. */
export function itemView(portal: Portal, entityTypeId: number, useOriginal: boolean, switches: Bitrix24Switches): ItemView {
	const fields = fieldsOfKind(portal, entityTypeId).map((field) => [outerName(field.name, useOriginal, switches), field] as const);
	const byOuter = new Map(fields);
	return {
		fields,
		show: (item, select) => {
			const all = select === null || select.includes('*');
			const shown = fields.filter(([name]) => all || name === 'id' || select.includes(name)).map(([name, field]) => [name, shownValue(portal, field, item)]);
			return { ...Object.fromEntries(shown), ...(all && WITH_MULTIFIELDS.has(entityTypeId) ? contactPoints(item) : {}), ...(all ? { entityTypeId } : {}) };
		},
		inner: (given) => ({
			...Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (byOuter.has(name) ? [[byOuter.get(name)?.name ?? name, value]] : []))),
			...(given.fm === undefined ? {} : { fm: given.fm }),
		}),
		access: {
			kindOf: (name) => byOuter.get(name)?.kind ?? null,
			valueOf: (item, name) => item.values[byOuter.get(name)?.name ?? name],
			unknown: 'refuse',
			zone: portal.zone,
		},
	};
}

/** The element as `crm.contact.*`, `crm.deal.*` and `crm.lead.*` show it: upper-case names and texts for everything. */
export function legacyView(portal: Portal, entityTypeId: number, item: Item, select: readonly string[] | null): Readonly<Record<string, unknown>> {
	const standard = select === null || select.length === 0 || select.includes('*');
	const wanted = (legacy: string): boolean =>
		legacy.startsWith('UF_') ? select !== null && (select.includes(legacy) || select.includes('UF_*')) : standard || select.includes(legacy) || legacy === 'ID';
	const shown = fieldsOfKind(portal, entityTypeId)
		.filter(({ legacy, kind }) => kind !== 'integers' && wanted(legacy))
		.map((field) => [field.legacy, legacyValue(shownValue(portal, field, item), field)]);
	return { ...Object.fromEntries(shown), ...legacyPoints(item, select) };
}

/** How old methods look into elements; a filter by `PHONE` or `EMAIL` compares exactly as stored. */
export function legacyAccess(portal: Portal, entityTypeId: number): RowAccess<Item> {
	const byLegacy = new Map(fieldsOfKind(portal, entityTypeId).map((field) => [field.legacy, field]));
	const isPoint = (name: string): boolean => WITH_MULTIFIELDS.has(entityTypeId) && (name === 'PHONE' || name === 'EMAIL');
	return {
		kindOf: (name) => byLegacy.get(name)?.kind ?? (isPoint(name) ? 'string' : null),
		valueOf: (item, name) => (isPoint(name) ? item.fm.filter(({ typeId }) => typeId === name).map(({ value }) => value) : item.values[byLegacy.get(name)?.name ?? name]),
		unknown: 'ignore',
		zone: portal.zone,
	};
}

function shownValue(portal: Portal, { name, kind }: ItemField, { values }: Item): unknown {
	const value = values[name] ?? null;
	if (kind === 'integers') return value ?? [];
	if (kind === 'datetime' && typeof value === 'number') return isoOf(value, portal.zone);
	// a date is midnight in UTC, written with the portal's offset
	if (kind === 'date' && typeof value === 'string') return isoOf(Date.parse(`${value}T00:00:00Z`), portal.zone);
	return value;
}

function legacyValue(value: unknown, { kind }: ItemField): unknown {
	if (value === null || value === undefined) return null;
	return kind === 'double' ? Number(value).toFixed(2) : String(value);
}

function contactPoints(item: Item): Readonly<Record<string, unknown>> {
	const phone = item.fm.find(({ typeId }) => typeId === 'PHONE');
	return { fm: item.fm, phone: phone?.value ?? null, ...(phone?.valueType === 'MOBILE' ? { phoneMobile: phone.value } : {}) };
}

function legacyPoints(item: Item, select: readonly string[] | null): Readonly<Record<string, unknown>> {
	const points: Record<string, unknown> = {};
	for (const type of ['PHONE', 'EMAIL']) {
		const rows = item.fm.filter(({ typeId }) => typeId === type);
		// a single card shows what it has, a list only what was asked for by name
		if (rows.length === 0 || (select !== null && !select.includes(type))) continue;
		points[type] = rows.map(({ id, valueType, value }) => ({ ID: String(id), VALUE_TYPE: valueType, VALUE: value, TYPE_ID: type }));
	}
	return points;
}
