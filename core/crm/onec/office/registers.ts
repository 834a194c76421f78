import { randomUUID } from 'node:crypto';
import { mapOutcome, type Outcome, refused } from '../../../booking';
import * as calls from '../calls';
import { datetime, EMPTY_GUID, guid, isGuid, quoted } from '../odata';
import type { Row } from '../wire';
import { type Office, type RowsQuery, rowsUpTo } from './objects';

/** Registers of information and of accumulation by the names of the metadata. */

const INFORMATION = /^InformationRegister_[\p{L}\p{N}_]{1,120}$/u;
const ACCUMULATION = /^AccumulationRegister_[\p{L}\p{N}_]{1,120}$/u;
const FIELD = /^[\p{L}_][\p{L}\p{N}_]{0,127}$/u;
const WALL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
const NO_INFORMATION = refused('invalid_request', 'This is not the name of a register of information; write it as the metadata does, for example InformationRegister_ЦеныНоменклатуры.');
const NO_ACCUMULATION = refused('invalid_request', 'This is not the name of a register of accumulation; write it as the metadata does, for example AccumulationRegister_Продажи.');
const NO_ORDER = refused('invalid_request', 'Rows of a register have no reference to order them by; name a field in Order By, so that pages do not move.');
const NO_KEY = refused('invalid_request', 'The key is not valid; name every dimension with its value, for example {"Период":"2026-11-24T00:00:00","Сотрудник_Key":"…"}.');

/** Rows of a register, of either kind; those of documents are the flat ones, `…_RecordType`. */
export async function registerRows({ transport }: Office, register: string, query: RowsQuery, most: number): Promise<Outcome<readonly Row[]>> {
	if (!INFORMATION.test(register) && !ACCUMULATION.test(register)) return NO_INFORMATION;
	const { orderby } = query;
	return orderby === undefined ? NO_ORDER : rowsUpTo(transport, register, { ...query, orderby }, most);
}

/** What a periodic register holds at a moment: the last rows before it, or the first ones after. `period` is a wall time of the base. */
export async function slice({ transport }: Office, register: string, kind: 'SliceLast' | 'SliceFirst', period: string | null, query: RowsQuery, most: number): Promise<Outcome<readonly Row[]>> {
	if (!INFORMATION.test(register)) return NO_INFORMATION;
	const { orderby } = query;
	if (orderby === undefined) return NO_ORDER;
	return rowsUpTo(transport, `${register}/${kind}`, { ...query, orderby }, most, period === null ? '' : `Period=${datetime(period)}`);
}

/** What is left of every combination of dimensions at a moment. */
export async function balance({ transport }: Office, register: string, period: string | null): Promise<Outcome<readonly Row[]>> {
	if (!ACCUMULATION.test(register)) return NO_ACCUMULATION;
	return wholeTable(transport, `${register}/Balance`, period === null ? '' : `Period=${datetime(period)}`);
}

/** What moved between two moments, both included. */
export async function turnovers({ transport }: Office, register: string, from: string | null, to: string | null): Promise<Outcome<readonly Row[]>> {
	if (!ACCUMULATION.test(register)) return NO_ACCUMULATION;
	const bounds = [from === null ? '' : `StartPeriod=${datetime(from)}`, to === null ? '' : `EndPeriod=${datetime(to)}`];
	return wholeTable(transport, `${register}/Turnovers`, bounds.filter((part) => part !== '').join(','));
}

/** A table that the base computes has no stable order: it is read at once. */
async function wholeTable(transport: Office['transport'], table: string, argument: string): Promise<Outcome<readonly Row[]>> {
	return transport.read(calls.rows('table', table, argument));
}

const HAS_KEY = refused('invalid_request', 'The register has a row with this key already; change that one instead.');

/** Adds a row to an independent register; a second one with the same key is refused. */
export async function addRegisterRow({ transport }: Office, register: string, fields: Row): Promise<Outcome<Row>> {
	if (!INFORMATION.test(register)) return NO_INFORMATION;
	const added = await transport.write(calls.addRow('add_row', register, fields), randomUUID());
	if (added.kind === 'refused' && added.reason === 'slot_taken') return HAS_KEY;
	return mapOutcome(added, (row) => (typeof row === 'object' && row !== null && !Array.isArray(row) ? (row as Row) : fields));
}

/** Changes a row of an independent register, named by all its dimensions. */
export async function changeRegisterRow({ transport }: Office, register: string, key: Row, fields: Row): Promise<Outcome<Row>> {
	if (!INFORMATION.test(register)) return NO_INFORMATION;
	const path = keyOf(key);
	return path === null ? NO_KEY : transport.write(calls.changeRow('change_row', register, path, fields), randomUUID());
}

/** Removes a row of an independent register, for good: registers know no mark. */
export async function dropRegisterRow({ transport }: Office, register: string, key: Row): Promise<Outcome<Row>> {
	if (!INFORMATION.test(register)) return NO_INFORMATION;
	const path = keyOf(key);
	if (path === null) return NO_KEY;
	return mapOutcome(await transport.write(calls.dropRow('drop_row', register, path), randomUUID()), () => key);
}

/** Dimensions as a key of an address; null where a name or a value cannot be one. */
function keyOf(key: Row): string | null {
	const parts = Object.entries(key).map(([name, value]) => {
		const literal = literalOf(value);
		return FIELD.test(name) && literal !== null ? `${name}=${literal}` : null;
	});
	return parts.length === 0 || parts.includes(null) ? null : parts.join(',');
}

function literalOf(value: unknown): string | null {
	if (typeof value === 'boolean') return String(value);
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
	if (typeof value !== 'string') return null;
	if (isGuid(value) || value === EMPTY_GUID) return guid(value);
	return WALL.test(value) ? datetime(value) : quoted(value);
}
