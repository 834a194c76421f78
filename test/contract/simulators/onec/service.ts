import { type Answer, empty } from '../kit';
import { type Address, namedArguments, type Step } from './address';
import { badPath, badValue, exception, notFound, notPublished, OneCError } from './errors';
import { compileFilter } from './filter/filter';
import { type Infobase, isRegister, type ResolvedSet } from './infobase';
import { isGuid, readLiteral } from './literals';
import { metadataXml, setNames } from './metadata';
import { type EntityModel, propertiesOf } from './model';
import { annotated, atomAnswer, jsonAnswer, type Wish } from './output';
import { filtered, readPage, scopeOf, shapeRow, type Source } from './reading';
import { isRow, type OpenRow, type Row } from './rows';
import type { OneCSwitches } from './switches';
import { virtualTable } from './virtual-tables';
import { createRow, deleteRow, patchRow, postDocument, rowOf } from './writing';

/** One request below the root of the interface. */
export interface ServiceCall {
	readonly base: Infobase;
	readonly switches: OneCSwitches;
	readonly address: Address;
	readonly verb: string;
	readonly body: string;
	readonly ifMatch: string | undefined;
	readonly wish: Wish;
	/** Address of the interface, without a slash at the end. */
	readonly root: string;
}

/** Answers a call; throws OneCError for a refusal. */
export function answerCall(call: ServiceCall): Answer {
	const { base, address, verb, wish, switches } = call;
	const [first, second, third] = address.steps;
	if (first === undefined) return serviceDocument(call);
	if (first.name === '$metadata') return { status: 200, headers: { 'content-type': 'application/xml;charset=utf-8' }, body: metadataXml(base) };
	const resolved = base.resolve(first.name);
	if (resolved === null) throw notPublished(first.name);
	if (base.conditions.forbidden.has(resolved.entity.set)) throw new OneCError(403, null, 'Недостаточно прав');
	if (third !== undefined) throw badPath(third.name);
	const source: Source = { rows: base.rowsIn(resolved), properties: resolved.properties, entity: resolved.entity };
	if (first.argument !== null && first.argument !== '') return second === undefined ? withKey(call, resolved, source, first.argument) : action(call, resolved, first.argument, second);
	if (second !== undefined) return tableOrCount(call, resolved, source, second);
	if (verb === 'POST') return create(call, resolved);
	if (verb !== 'GET') throw badPath(verb);
	if (resolved.kind === 'section' && switches.sectionFilter === 'refused' && address.options.$filter !== undefined) throw exception('Отбор по табличной части не поддерживается');
	return list(call, source, first.name, wish);
}

function serviceDocument({ base, root, wish, switches }: ServiceCall): Answer {
	const sets = [...base.entities.values()].filter(({ set }) => base.published.has(set)).flatMap(setNames);
	if (!wish.json) return atomAnswer(200, 'service', sets.map((name) => ({ name })));
	return jsonAnswer(200, { 'odata.metadata': `${root}/$metadata`, value: sets.map((name) => ({ name, url: encodeURIComponent(name) })) }, switches);
}

function list({ base, switches, address, root }: ServiceCall, source: Source, name: string, wish: Wish): Answer {
	const page = readPage(base, switches, source, address.options);
	const rows = page.rows.map((row) => shapeRow(base, switches, source, row, address.options));
	if (!wish.json) return atomAnswer(200, name, rows);
	const shown = wish.bare ? rows : rows.map((row) => annotated(source.entity, row));
	const count = page.count === null ? {} : { 'odata.count': String(page.count) };
	return jsonAnswer(200, { ...(wish.bare ? {} : { 'odata.metadata': `${root}/$metadata#${name}` }), ...count, value: shown }, switches);
}

function one(call: ServiceCall, entity: EntityModel, row: Row, status: number, headers: Readonly<Record<string, string>> = {}): Answer {
	const { wish, switches, root } = call;
	if (!wish.json) return atomAnswer(status, entity.set, [row]);
	const body = wish.bare ? row : { 'odata.metadata': `${root}/$metadata#${entity.set}/@Element`, ...annotated(entity, row) };
	return jsonAnswer(status, body, switches, headers);
}

function tableOrCount(call: ServiceCall, resolved: ResolvedSet, source: Source, step: Step): Answer {
	const { base, switches, address, verb, wish } = call;
	if (verb !== 'GET') throw badPath(step.name);
	if (step.name === '$count' && step.argument === null) {
		return { status: 200, headers: { 'content-type': 'text/plain;charset=utf-8' }, body: String(filtered(base, switches, source, address.options).length) };
	}
	const keep = (condition: string): ((row: Row) => boolean) => compileFilter(condition, scopeOf(base, switches, { ...source, properties: resolved.properties }));
	const table = virtualTable(base, resolved.entity, step.name, step.argument ?? '', keep);
	if (table === null) throw badPath(step.name);
	return list(call, { ...table, entity: resolved.entity }, `${resolved.entity.set}/${step.name}`, wish);
}

function withKey(call: ServiceCall, resolved: ResolvedSet, source: Source, argument: string): Answer {
	const { base, switches, verb, address } = call;
	const { entity } = resolved;
	if (resolved.kind !== 'entity') return sectionLine(call, resolved, source, argument);
	const row = rowOf(base, entity, keyFrom(entity, argument));
	if (switches.rowSecurity === 'on' && base.conditions.hidden.has(String(row.Ref_Key))) throw new OneCError(403, null, 'Недостаточно прав доступа на уровне записей');
	const run = KEYED[verb];
	if (run === undefined) throw badPath(verb);
	if (verb === 'GET' && address.options.$expand !== undefined) throw badPath('$expand');
	return run(call, entity, row, source);
}

const KEYED: Readonly<Record<string, (call: ServiceCall, entity: EntityModel, row: OpenRow, source: Source) => Answer>> = {
	GET: (call, entity, row, source) => one(call, entity, shapeRow(call.base, call.switches, source, row, call.address.options), 200),
	PATCH: (call, entity, row) => {
		if (call.switches.ifMatch === 'enforced' && call.ifMatch !== undefined && call.ifMatch !== row.DataVersion) throw new OneCError(412, null, 'Версия объекта не совпадает');
		return one(call, entity, patchRow(call.base, call.switches, entity, row, readBody(call.body)), 200);
	},
	DELETE: (call, entity, row) => {
		deleteRow(call.base, entity, row);
		return empty(204);
	},
};

function sectionLine(call: ServiceCall, resolved: ResolvedSet, source: Source, argument: string): Answer {
	if (call.verb !== 'GET') throw new OneCError(400, '13', 'Операция не поддерживается для строк табличной части');
	const given = namedArguments(argument);
	const [owner, line] = [given.get('Ref_Key') ?? given.get('Recorder'), given.get('LineNumber')];
	const key = owner === undefined ? null : readLiteral(owner).value;
	const row = source.rows.find((one_) => (one_.Ref_Key ?? one_.Recorder) === key && String(one_.LineNumber) === String(line));
	if (row === undefined) throw notFound();
	return one(call, resolved.entity, row, 200);
}

function action(call: ServiceCall, resolved: ResolvedSet, argument: string, step: Step): Answer {
	const { base, switches, verb } = call;
	if (verb !== 'POST' || resolved.kind !== 'entity' || (step.name !== 'Post' && step.name !== 'Unpost')) throw badPath(step.name);
	const hasParentheses = step.argument !== null;
	if (switches.postParentheses !== 'either' && hasParentheses !== (switches.postParentheses === 'required')) throw badPath(step.name);
	const row = rowOf(base, resolved.entity, keyFrom(resolved.entity, argument));
	return one(call, resolved.entity, postDocument(base, resolved.entity, row, step.name === 'Post'), 200);
}

function create(call: ServiceCall, resolved: ResolvedSet): Answer {
	const { base, switches, root } = call;
	if (resolved.kind !== 'entity') throw new OneCError(400, '13', 'Операция не поддерживается для строк табличной части');
	const row = createRow(base, switches, resolved.entity, readBody(call.body));
	if (isRegister(resolved.entity)) return one(call, resolved.entity, row, Number(switches.registerPost));
	return one(call, resolved.entity, row, 201, { location: `${root}/${encodeURIComponent(resolved.entity.set)}(guid'${String(row.Ref_Key)}')` });
}

function readBody(text: string): Row {
	let body: unknown;
	try {
		body = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		throw exception('Ошибка разбора JSON');
	}
	if (!isRow(body)) throw exception('Ошибка разбора JSON');
	return body;
}

/** The key an address names: a reference, or all dimensions of a register. */
function keyFrom(entity: EntityModel, argument: string): string {
	if (!isRegister(entity)) {
		const source = argument.replace(/^Ref_Key\s*=\s*/, '');
		const guid = /^guid'(.*)'$/.exec(source)?.[1];
		if (!isGuid(guid)) throw badValue(source, 'Edm.Guid');
		return guid.toLowerCase();
	}
	const given = namedArguments(argument);
	const keys = entity.attributes.filter(({ name }) => entity.dimensions.includes(name)).flatMap((attribute) => propertiesOf(attribute).slice(0, 1));
	return keys
		.map(({ name }) => {
			const source = given.get(name);
			if (source === undefined) throw badPath(argument);
			return String(readLiteral(source).value);
		})
		.join('|');
}
