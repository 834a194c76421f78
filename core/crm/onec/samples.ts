import { type Outcome, ok } from '../../booking';
import type { Transport } from '../http';
import { isRecord } from '../reading';
import * as calls from './calls';
import type { Entity, Field, Metadata } from './metadata';
import { PRESETS } from './presets';
import { ROW, type Row } from './wire';

/** A description of the known sets out of one row of each. Lengths and what references point to are not told by a row. */
export async function sampleSets(transport: Transport, published: ReadonlySet<string>): Promise<Outcome<Metadata>> {
	const found = new Map<string, Entity>();
	for (const set of [...knownSets()].filter((name) => published.has(name))) {
		const rows = await transport.read(calls.list('sample', set, { top: 1 }, ROW));
		if (rows.kind !== 'ok') return rows;
		for (const entity of entitiesOf(set, rows.value[0] ?? {})) found.set(entity.set, entity);
	}
	return ok(found);
}

/** Every set a preset names. */
function knownSets(): ReadonlySet<string> {
	const names = new Set<string>();
	const walk = (value: unknown, key: string): void => {
		if (isRecord(value)) for (const [name, inner] of Object.entries(value)) walk(inner, name);
		else if (typeof value === 'string' && (key === 'entity' || key === 'shiftEntity' || value.includes('/'))) names.add(value.replace(/\/.*$/, ''));
	};
	walk(PRESETS, '');
	return names;
}

function entitiesOf(set: string, row: Row): readonly Entity[] {
	const sections = Object.keys(row).filter((name) => Array.isArray(row[name]));
	const fields = new Map(Object.entries(row).filter(([name]) => !sections.includes(name)).map(([name, value]) => [name, fieldOf(name, value)]));
	const inner = sections.flatMap((section) => {
		const [first] = row[section] as readonly unknown[];
		return isRecord(first) ? entitiesOf(`${set}_${section}`, first) : [];
	});
	return [{ set, fields, sections }, ...inner];
}

function fieldOf(name: string, value: unknown): Field {
	const type = typeof value === 'boolean' ? 'flag' : typeof value === 'number' ? 'number' : name.endsWith('_Key') ? 'key' : /^\d{4}-\d\d-\d\dT/.test(String(value)) ? 'date' : 'text';
	return { type, length: null, target: null };
}
