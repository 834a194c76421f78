import 'reflect-metadata';
import axios from 'axios';
import { getRequestHelperFunctions } from 'n8n-core/dist/execution-engine/node-execution-context/utils/request-helper-functions';
import type { IAllExecuteFunctions, IHttpRequestOptions, INode, IWorkflowExecuteAdditionalData, Workflow } from 'n8n-workflow';
import { createAxiosPort, type HttpPort, type HttpRequest } from '../../../core/crm/http';
import { createNodeHttpPort } from '../../../nodes/shared/http';
import { deadPort, type Loopback, startLoopback } from './loopback';

const NODE: INode = { id: '1', name: 'CRM', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} };

/** n8n's own helper with a credential that signs with a token and can renew it. */
function nodePort(renew: () => Promise<string | null> = async () => null, hasCredential = true): HttpPort {
	let token = 'old';
	const additionalData = {
		credentialsHelper: {
			getParentTypes: () => [],
			preAuthentication: async (_helpers: unknown, _data: unknown, _type: string, _node: unknown, expired: boolean) => {
				if (expired) token = (await renew()) ?? token;
				return undefined;
			},
			authenticate: async (_data: unknown, _type: string, options: IHttpRequestOptions) => ({ ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } }),
		},
	} as unknown as IWorkflowExecuteAdditionalData;
	const helpers = getRequestHelperFunctions({} as Workflow, NODE, additionalData);
	const host = { helpers, getNode: () => NODE, getCredentials: async () => (hasCredential ? {} : undefined), logger: { warn: () => undefined } };
	return createNodeHttpPort(host as unknown as IAllExecuteFunctions, 'testApi');
}

const PORTS: readonly { readonly name: string; readonly port: () => HttpPort }[] = [
	{ name: 'axios', port: () => createAxiosPort(axios.create()) },
	{ name: 'n8n', port: () => nodePort() },
];

let loopback: Loopback;
const request = (path: string, changes: Partial<HttpRequest> = {}): HttpRequest => ({
	method: 'POST', url: `${loopback.url}${path}`, headers: { 'content-type': 'application/json', 'x-own': 'yes' }, body: '{"a":1}', timeoutMs: 400, maxBytes: 100_000, ...changes,
});
beforeEach(async () => {
	loopback = await startLoopback();
});
afterEach(() => loopback.close());

describe.each(PORTS)('the port on $name', ({ port }) => {
	it('gives any status with its headers and bytes', async () => {
		expect(await port().exchange(request('/ok'))).toMatchObject({ kind: 'answered', status: 200, headers: { 'x-request-id': 'req-1' }, body: Buffer.from('[1]') });
		expect(await port().exchange(request('/teapot'))).toMatchObject({ kind: 'answered', status: 418, body: Buffer.from('short and stout') });
		expect(await port().exchange(request('/empty', { method: 'DELETE', body: undefined }))).toMatchObject({ kind: 'answered', status: 204, body: Buffer.alloc(0) });
		expect(loopback.headers[0]).toMatchObject({ 'x-own': 'yes', 'content-type': 'application/json', 'content-length': '7' });
	});

	it('does not follow a redirect', async () => {
		expect(await port().exchange(request('/redirect'))).toMatchObject({ kind: 'answered', status: 302 });
		expect(loopback.hits).toEqual(['POST /redirect']);
	});

	it.each([['/hang', 'timeout'], ['/cut', 'reset'], ['/half', 'reset'], ['/big', 'too_large']])('says that %s may have been carried out', async (path, cause) => {
		expect(await port().exchange(request(path))).toEqual({ kind: 'failed', cause, sent: true });
		expect(loopback.hits).toHaveLength(1);
	});

	it('proves that nothing left when nobody listens', async () => {
		const url = `http://127.0.0.1:${await deadPort()}/ok`;
		expect(await port().exchange(request('', { url }))).toEqual({ kind: 'failed', cause: 'refused', sent: false });
	});

	it('proves that nothing left when there is no such name', async () => {
		expect(await port().exchange(request('', { url: 'http://no-such-host.invalid/ok' }))).toEqual({ kind: 'failed', cause: 'dns', sent: false });
	});

	it('bounds the whole exchange, not the silence between two bytes', async () => {
		expect(await port().exchange(request('/drip'))).toEqual({ kind: 'failed', cause: 'timeout', sent: true });
	});

	it('gives a 401 that stays as an answer', async () => {
		expect(await port().exchange(request('/locked'))).toMatchObject({ kind: 'answered', status: 401 });
	});
});

describe('the port on n8n', () => {
	it('leaves to the operator what must be mended in n8n', async () => {
		await expect(nodePort(undefined, false).exchange(request('/ok'))).rejects.toThrow('does not have any credentials');
		expect(loopback.hits).toEqual([]);
	});

	it('lets n8n renew the credential once on 401 and send again', async () => {
		await loopback.close();
		loopback = await startLoopback({ '/signed': (message, response) => response.writeHead(message.headers.authorization === 'Bearer new' ? 200 : 401).end('[]') });
		expect(await nodePort(async () => 'new').exchange(request('/signed'))).toMatchObject({ kind: 'answered', status: 200 });
		expect(loopback.hits).toHaveLength(2);
	});

	it('takes a refusal of the token server for a dead credential, and its fault for a bad moment', async () => {
		const fail = (status: number) => () => Promise.reject(Object.assign(new Error('token server'), { httpCode: String(status), response: { status } }));
		expect(await nodePort(fail(400)).exchange(request('/locked'))).toMatchObject({ kind: 'answered', status: 401 });
		expect(await nodePort(fail(503)).exchange(request('/locked'))).toEqual({ kind: 'failed', cause: 'refused', sent: false });
	});
});
