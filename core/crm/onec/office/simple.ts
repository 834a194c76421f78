import { isRecord } from '../../reading';
import { EMPTY_DATE, EMPTY_GUID } from '../odata';
import type { Row } from '../wire';

/** Fields of the platform that say nothing about what a row is. */
const INNER = new Set(['DataVersion', 'Predefined', 'PredefinedDataName', 'LineNumber']);

/** A row without annotations and inner fields; empty references and dates are null, the rest is the vendor's own. */
export function simpleRow(row: Row): Row {
	return Object.fromEntries(
		Object.entries(row)
			.filter(([name]) => !INNER.has(name) && !name.includes('@') && !name.startsWith('odata.') && !name.endsWith('_Base64Data'))
			.map(([name, value]) => [name, simpleValue(value)]),
	);
}

function simpleValue(value: unknown): unknown {
	if (value === EMPTY_GUID || value === EMPTY_DATE) return null;
	return Array.isArray(value) ? value.map((one: unknown) => (isRecord(one) ? simpleRow(one) : one)) : value;
}
