import type { Answer } from '../../../core/crm/http';
import { createBitrix24Transport, restAddress, RULES } from '../../../core/crm/bitrix24';
import { createMemoryLimiter } from '../../../core/store/limiter';

const json = (status: number, value: unknown): Answer => ({ status, headers: {}, body: { kind: 'json', value } });
const failure = (status: number, error: unknown): Answer => json(status, { error, error_description: 'Вера Иванова +79161234501' });

function said(answer: Answer): string {
	const verdict = RULES.judge(answer);
	return verdict.kind === 'refused' ? verdict.reason : verdict.kind;
}

describe('what an answer of a portal means', () => {
	it.each<[string, Answer, string]>([
		['a success', json(200, { result: [], time: {} }), 'success'],
		['a success that is nothing', json(200, { result: null }), 'success'],
		['a body without a result', json(200, { total: 0 }), 'unreadable'],
		['a page', { status: 200, headers: {}, body: { kind: 'text' } }, 'unreadable'],
		['a page of a proxy', { status: 502, headers: {}, body: { kind: 'text' } }, 'failed'],
		['an error in 200', failure(200, 'INTERNAL_SERVER_ERROR'), 'failed'],
		['an error without a name in 200', failure(200, ''), 'failed'],
		['a refusal in 200', failure(200, 'NOT_FOUND'), 'not_found'],
		['a result under a bad status', json(500, { result: [] }), 'failed'],
		['too many requests', failure(503, 'QUERY_LIMIT_EXCEEDED'), 'throttled'],
		['too many requests in small letters', failure(503, 'query_limit_exceeded'), 'throttled'],
		['a method without time left', failure(429, 'OPERATION_TIME_LIMIT'), 'failed'],
		['a block by hand', failure(503, 'OVERLOAD_LIMIT'), 'not_allowed'],
		['a webhook nobody knows', failure(401, 'NO_AUTH_FOUND'), 'credential_invalid'],
		['a token that has ended', failure(401, 'expired_token'), 'credential_invalid'],
		['a method that waits for approval', failure(401, 'METHOD_CONFIRM_WAITING'), 'not_allowed'],
		['a plan without REST', failure(403, 'ACCESS_DENIED'), 'not_allowed'],
		['a missing permission', failure(403, 'insufficient_scope'), 'not_allowed'],
		['a method that is not there', failure(404, 'ERROR_METHOD_NOT_FOUND'), 'unsupported'],
		['a record that is not there', failure(400, 'NOT_FOUND'), 'not_found'],
		['a booking that is gone', failure(400, 1019), 'not_found'],
		['the same by another number', failure(400, '1021'), 'not_found'],
		['taken time', failure(400, 1018), 'slot_taken'],
		['a period that is none', failure(400, 422), 'invalid_request'],
		['a missing parameter', failure(400, 100), 'invalid_request'],
		['a field left empty', failure(400, 'CRM_FIELD_ERROR_REQUIRED'), 'invalid_request'],
		['no right to the catalogue', failure(400, 200040300010), 'not_allowed'],
		['a calendar that says no', failure(400, ''), 'invalid_request'],
		['a sentence for a code', failure(400, 'Communication type is not defined'), 'invalid_request'],
		['a licence that has ended', failure(402, 'PAYMENT_REQUIRED'), 'not_allowed'],
		['a portal that is gone', failure(500, 'PORTAL_DELETED'), 'not_allowed'],
		['a portal without HTTPS', failure(400, 'INVALID_REQUEST'), 'invalid_request'],
		['a name of the language', failure(400, 'constructor'), 'invalid_request'],
	])('%s', (_what, answer, expected) => {
		expect(said(answer)).toBe(expected);
	});

	it('names the new host of a portal that moved, and nothing else of its address', () => {
		const moved = RULES.judge({ status: 302, headers: { location: 'https://new.bitrix24.ru/rest/1/secretcode/' }, body: { kind: 'empty' } });
		expect(moved).toMatchObject({ kind: 'refused', reason: 'credential_invalid', message: expect.stringContaining('new.bitrix24.ru') as string });
		expect(JSON.stringify(moved)).not.toContain('secretcode');
	});

	it('repeats no words of the portal', () => {
		const text = JSON.stringify([failure(400, 'NOT_FOUND'), failure(400, 1018), failure(400, ''), failure(403, 'ACCESS_DENIED')].map(RULES.judge));
		expect(text).not.toMatch(/Вера|7916/);
	});
});

describe('the address of a portal', () => {
	it.each([
		['https://salon.bitrix24.ru/rest/1/abc123/', 'https://salon.bitrix24.ru/rest/1/abc123/'],
		['  https://salon.bitrix24.ru/rest/1/abc123  ', 'https://salon.bitrix24.ru/rest/1/abc123/'],
		['https://salon.bitrix24.ru/rest/1/abc123/profile.json', 'https://salon.bitrix24.ru/rest/1/abc123/'],
		['https://salon.bitrix24.ru/rest/1/abc123/crm.item.list', 'https://salon.bitrix24.ru/rest/1/abc123/'],
		['https://crm.example.org/portal/rest/', 'https://crm.example.org/portal/rest/'],
	])('%s', (text, expected) => {
		expect(restAddress(text)).toBe(expected);
	});

	it.each(['', 'salon.bitrix24.ru', 'https://salon.bitrix24.ru/', 'https://user:pass@salon.bitrix24.ru/rest/1/abc/', 'ftp://salon.bitrix24.ru/rest/1/abc/', 'https://salon.bitrix24.ru/crm/rest1/'])('refuses %s', (text) => {
		expect(restAddress(text)).toBeNull();
	});

	it('is in no error', () => {
		const make = () => createBitrix24Transport({ port: { exchange: async () => ({ kind: 'failed', cause: 'dns', sent: false }) }, limiter: createMemoryLimiter({ windows: [] }), baseUrl: 'https://salon.bitrix24.ru/secretcode' });
		expect(make).toThrow(TypeError);
		expect(make).not.toThrow(/secretcode/);
	});
});
