import type * as v from 'valibot';
import type { Call } from '../http';
import { address, encodeSet, objectPath, type Options } from './odata';
import * as wire from './wire';

/** Requests of the interface, one builder each. `name` is for events: the kind of a thing, never what it holds. */

const MOST_METADATA = 64 * 1024 * 1024;

export const serviceDocument = (): Call<readonly { readonly name: string }[]> => ({ name: 'service_document', method: 'GET', path: address(''), schema: wire.SERVICE_DOCUMENT });
/** May weigh 17 MB and take half a minute: only on demand. */
export const metadata = (): Call<string> => ({ name: 'metadata', method: 'GET', path: '$metadata', headers: { accept: 'application/xml' }, maxBytes: MOST_METADATA, schema: wire.METADATA });

/** `argument` is what stands in the parentheses of a virtual table, such as the `Period` of a slice. */
export const list = <T>(name: string, set: string, options: Options, schema: v.GenericSchema<unknown, T>, argument?: string): Call<readonly T[]> => ({
	name,
	method: 'GET',
	path: address(encodeSet(set, argument), options),
	schema: wire.listOf(schema),
});
export const object = (name: string, set: string, id: string, schema: Call<wire.ObjectWire>['schema'] = wire.OBJECT): Call<wire.ObjectWire> => ({ name, method: 'GET', path: address(objectPath(set, id)), schema });

export const create = (name: string, set: string, json: wire.Row): Call<wire.ObjectWire> => ({ name, method: 'POST', path: address(encodeSet(set)), json, schema: wire.OBJECT });
/** `version` is sent along for the bases that heed it; most accept any. */
export const change = (name: string, set: string, id: string, json: wire.Row, version = ''): Call<wire.ObjectWire> => ({
	name,
	method: 'PATCH',
	path: address(objectPath(set, id)),
	json,
	...(version === '' ? {} : { headers: { 'if-match': version } }),
	schema: wire.OBJECT,
});
/** Versions differ in whether an action is written with parentheses. */
export const act = (action: 'Post' | 'Unpost', set: string, id: string, parentheses: boolean): Call<unknown> => ({
	name: action.toLowerCase(),
	method: 'POST',
	path: `${address(`${objectPath(set, id)}/${action}${parentheses ? '()' : ''}`)}${action === 'Post' ? '&PostingModeOperational=false' : ''}`,
	schema: wire.DONE,
});
export const addRow = (name: string, register: string, json: wire.Row): Call<unknown> => ({ name, method: 'POST', path: address(encodeSet(register)), json, schema: wire.DONE });
/** `key` names all dimensions: `Поле_Key=guid'…',Дата=datetime'…'`. */
export const row = (name: string, register: string, key: string): Call<wire.Row> => ({ name, method: 'GET', path: address(encodeSet(register, key)), schema: wire.ROW });
export const dropRow = (name: string, register: string, key: string): Call<unknown> => ({ name, method: 'DELETE', path: address(encodeSet(register, key)), schema: wire.DONE });
export const changeRow = (name: string, register: string, key: string, json: wire.Row): Call<wire.Row> => ({ name, method: 'PATCH', path: address(encodeSet(register, key)), json, schema: wire.ROW });
/** All rows of a virtual table. */
export const rows = (name: string, table: string, argument: string): Call<readonly wire.Row[]> => ({ name, method: 'GET', path: address(encodeSet(table, argument)), schema: wire.listOf(wire.ROW) });
