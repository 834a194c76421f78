import { randomUUID } from 'node:crypto';
import { ANYTHING, type HttpMethod, type Query } from '../../../core/crm/http';
import { ParameterError, valueOf } from '../errors';
import { textOf } from '../fields';
import { rowsOf } from '../booking/values';
import { defineOperation, type OperationContext, type Resource } from '../operation';
import type { VendorContext } from './context';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const satisfies readonly HttpMethod[];
const WITH_BODY: readonly HttpMethod[] = ['POST', 'PUT', 'PATCH', 'DELETE'];
const AFTER_UNKNOWN = 'Read back what the request was to change before you send it again.';

const send = defineOperation<VendorContext>({
	value: 'send',
	name: 'Send',
	action: 'Send API request',
	description: 'Ask an endpoint this node has no operation for; the answer becomes items as the vendor gave it',
	fields: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: METHODS.map((method) => ({ name: method, value: method })),
			default: 'GET',
			description: 'GET is repeated when the CRM does not answer; anything else is sent once',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. records/123456',
			description: 'Below the address of the API, without the address itself',
		},
		{
			displayName: 'Query Parameters',
			name: 'query',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Parameter',
			default: {},
			description: 'A name that is given twice is sent twice, as lists are',
			options: [
				{
					displayName: 'Parameter',
					name: 'parameters',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. page' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
		{
			displayName: 'Body (JSON)',
			name: 'body',
			type: 'json',
			default: '',
			placeholder: 'e.g. { "page": 1 }',
			displayOptions: { show: { method: [...WITH_BODY] } },
			description: 'Sent as JSON; leave empty for none',
		},
	],
	async run({ parameters, account }, i) {
		const method = METHODS.find((one) => one === parameters.getNodeParameter('method', i, 'GET'));
		if (method === undefined) throw new ParameterError('The method is not known', 'Choose one from the list.');
		const path = pathOf(parameters.getNodeParameter('path', i, ''));
		const query = queryOf(parameters.getNodeParameter('query', i, {}));
		const json = WITH_BODY.includes(method) ? bodyOf(parameters, i) : undefined;
		const call = { name: 'api_request', method, path, query, schema: ANYTHING, ...(json === undefined ? {} : { json }) };
		const answer = method === 'GET' ? await account.transport.read(call) : await account.transport.write(call, randomUUID());
		const payload = valueOf(answer, AFTER_UNKNOWN);
		return itemsOf(account.rawItems === undefined ? payload : account.rawItems(payload));
	},
});

/** Any endpoint of the vendor's API, and nothing outside it: the transport refuses a path that leaves the address. */
export const apiRequest: Resource<VendorContext> = { value: 'apiRequest', name: 'API Request', operations: [send] };

function pathOf(value: unknown): string {
	const path = textOf(value);
	if (path === '') throw new ParameterError('Path is empty', 'Enter the path of an endpoint, for example "records/123456".');
	if (/^[a-z][a-z0-9+.-]*:/i.test(path) || /^[\\/]{2}/.test(path)) {
		throw new ParameterError('Path is a whole address', 'Enter only what follows the address of the API. The host is the one of the credential and cannot be another.');
	}
	return path;
}

function queryOf(value: unknown): Query {
	const query: Record<string, string[]> = {};
	for (const row of rowsOf(value, 'parameters')) {
		const name = textOf(row.name);
		if (name !== '') (query[name] ??= []).push(textOf(row.value));
	}
	return query;
}

/** A JSON parameter comes as text or, from an expression, as the value itself. */
function bodyOf(parameters: OperationContext['parameters'], i: number): unknown {
	const value: unknown = parameters.getNodeParameter('body', i, '');
	if (typeof value !== 'string') return value ?? undefined;
	if (value.trim() === '') return undefined;
	const parsed = parse(value);
	if (parsed === undefined) throw new ParameterError('Body is not JSON', 'Write the body as JSON, with double quotes around names and texts.');
	return parsed;
}

/** The value of a JSON text; undefined for what is none. */
function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Items are objects: anything else is wrapped. */
function itemsOf(payload: unknown): readonly object[] {
	return (Array.isArray(payload) ? payload : [payload]).map((one: unknown) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? one : { value: one ?? null }));
}
