import { type Outcome, ok } from '../../booking';
import type { Transport } from '../http';
import { type BaseMapping, parseMapping } from './base-mapping';
import * as calls from './calls';
import { ROW, type Row, valueIn } from './wire';

/** A set or a field of a mapping that the base does not have. */
export interface Missing {
	/** Its place in the mapping. */
	readonly where: string;
	readonly name: string;
}

/** A set of the mapping with the fields it must hold, by their places. */
interface Named {
	readonly where: string;
	readonly set: string;
	readonly fields: Readonly<Record<string, string | null>>;
}

/**
 * Asks for one row of every set of a mapping and names the sets and fields the base does not have. A set without rows
 * tells nothing of its fields.
 */
export async function checkMapping(transport: Transport, input: unknown): Promise<Outcome<readonly Missing[]>> {
	const missing: Missing[] = [];
	for (const { where, set, fields } of namedIn(parseMapping(input))) {
		const rows = await transport.read(calls.list('check', set, { top: 1 }, ROW));
		if (rows.kind === 'refused' && rows.reason === 'not_allowed') missing.push({ where: `${where}.entity`, name: set });
		else if (rows.kind !== 'ok') return rows;
		else missing.push(...absent(where, rows.value[0], fields));
	}
	return ok(missing);
}

function absent(where: string, row: Row | undefined, fields: Named['fields']): readonly Missing[] {
	if (row === undefined) return [];
	return Object.entries(fields).flatMap(([key, name]) => (name !== null && valueIn(row, name) === undefined ? [{ where: `${where}.${key}`, name }] : []));
}

function namedIn({ service, staff, client, visit, schedule, reservation, company }: BaseMapping): readonly Named[] {
	const { price } = service;
	return [
		{ where: 'service', set: service.entity, fields: { name: service.name, category: service.category, duration: service.duration } },
		{ where: 'staff', set: staff.entity, fields: { name: staff.name, position: staff.position } },
		{ where: 'client', set: client.entity, fields: { name: client.name, fullName: client.fullName, contactInfo: client.contactInfo, phone: client.phone } },
		{ where: 'company', set: company.entity, fields: { name: company.name, contactInfo: company.contactInfo } },
		...(price === null ? [] : [{ where: 'service.price', set: price.from.replace(/\/.*$/, ''), fields: { key: price.key, value: price.value, priceTypeField: price.priceTypeField } }]),
		...(visit === null
			? []
			: [{
				where: 'visit',
				set: visit.entity,
				fields: {
					start: visit.start, end: visit.end, staff: visit.staff, status: visit.status, comment: visit.comment, marker: visit.marker,
					client: visit.client.section ?? visit.client.field, lines: visit.lines === null ? null : visit.lines.section,
				},
			}]),
		...(schedule === null ? [] : [{ where: 'schedule', set: schedule.entity, fields: { date: schedule.date, staff: schedule.staff, shift: schedule.shift, ...(schedule.shift === null ? { from: schedule.from, to: schedule.to } : {}) } }]),
		...(schedule?.shiftEntity == null ? [] : [{ where: 'schedule', set: schedule.shiftEntity, fields: { from: schedule.from, to: schedule.to } }]),
		...(reservation === null ? [] : [{ where: 'reservation', set: reservation.entity, fields: { staff: reservation.staff, cell: reservation.cell, marker: reservation.marker } }]),
	];
}
