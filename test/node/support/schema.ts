import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The part of JSON Schema that output schemas use. */
export interface Schema {
	readonly type: string | readonly string[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
}

/** The output schema of an operation as n8n finds it. Throws when there is none. */
export function outputSchema(folder: string, resource: string, operation: string): Schema {
	const path = resolve(__dirname, '../../../nodes', folder, '__schema__/v1.0.0', resource, `${operation}.json`);
	return JSON.parse(readFileSync(path, 'utf8')) as Schema;
}

/** Where a value and its schema differ: missing or foreign keys, other types. */
export function differences(value: unknown, schema: Schema, path = '$'): readonly string[] {
	const allowed = typeof schema.type === 'string' ? [schema.type] : schema.type;
	const type = typeOf(value);
	if (!allowed.includes(type) && !(type === 'integer' && allowed.includes('number'))) return [`${path} is ${type}, not ${allowed.join(' or ')}`];
	if (Array.isArray(value)) return schema.items === undefined ? [] : value.flatMap((one, index) => differences(one, schema.items ?? { type: 'null' }, `${path}[${index}]`));
	if (type !== 'object' || schema.properties === undefined) return [];
	const record = value as Record<string, unknown>;
	const missing = Object.keys(schema.properties).filter((key) => !(key in record));
	const inside = Object.entries(schema.properties).flatMap(([key, one]) => (key in record ? differences(record[key], one, `${path}.${key}`) : []));
	return [...missing.map((key) => `${path}.${key} is missing`), ...inside];
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}
