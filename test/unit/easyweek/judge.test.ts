import type { Answer } from '../../../core/crm/http';
import { RULES, signingHeaders } from '../../../core/crm/easyweek';

const json = (status: number, value: unknown): Answer => ({ status, headers: {}, body: { kind: 'json', value } });
const invalid = (...fields: string[]): Answer => json(422, { message: 'The given data was invalid.', errors: Object.fromEntries(fields.map((field) => [field, ['Anna +491700000001']])) });

function said(answer: Answer): string {
	const verdict = RULES.judge(answer);
	return verdict.kind === 'refused' ? verdict.reason : verdict.kind;
}

describe('what an answer means', () => {
	it.each<[string, Answer, string]>([
		['an object under data', json(200, { data: { uuid: 'x' } }), 'success'],
		['a bare object', json(201, { uuid: 'x' }), 'success'],
		['a bare list', json(200, []), 'success'],
		['no body', { status: 200, headers: {}, body: { kind: 'empty' } }, 'unreadable'],
		['a page for people', { status: 200, headers: {}, body: { kind: 'text' } }, 'unreadable'],
		['text that is JSON', json(200, 'pong'), 'unreadable'],
		['an error in 200', json(200, { message: 'x', errors: { reserved_on: ['y'] } }), 'failed'],
		['400', json(400, { message: 'The Workspace header is required.' }), 'invalid_request'],
		['401', json(401, { message: 'Unauthenticated.' }), 'credential_invalid'],
		['401 of a proxy', { status: 401, headers: {}, body: { kind: 'text' } }, 'credential_invalid'],
		['403', json(403, { message: 'x' }), 'not_allowed'],
		['404', json(404, { message: 'x' }), 'not_found'],
		['404 of a proxy', { status: 404, headers: {}, body: { kind: 'text' } }, 'unreadable'],
		['405', json(405, { message: 'x' }), 'unsupported'],
		['409', json(409, { message: 'x' }), 'slot_taken'],
		['429', json(429, { message: 'Too Many Attempts.' }), 'throttled'],
		['500', json(500, { message: 'time slot' }), 'failed'],
		['a time not accepted', invalid('reserved_on'), 'outside_hours'],
		['a time of a cart not accepted', invalid('items.0.datetime_start'), 'outside_hours'],
		['a person of a cart not accepted', invalid('items.0.services.1.staffer_uuid'), 'staff_unqualified'],
		['a service not accepted', invalid('service_uuid'), 'service_inactive'],
		['a phone not accepted', invalid('customer_phone'), 'phone_invalid'],
		['a name not accepted', invalid('first_name'), 'name_missing'],
		['words about the time', json(422, { message: 'This time slot is gone' }), 'outside_hours'],
		['a bound of a list not accepted', invalid('reserved_on_from'), 'invalid_request'],
		['errors that are a list', json(422, { message: 'x', errors: ['y'] }), 'invalid_request'],
		['a redirect', json(302, {}), 'unreadable'],
	])('%s', (_what, answer, expected) => {
		expect(said(answer)).toBe(expected);
	});

	it('repeats no words of the vendor, only names of fields', () => {
		const text = JSON.stringify([RULES.judge(invalid('email', 'Anna Petrowa')), RULES.judge(json(409, { message: 'Anna +491700000001' }))]);
		expect(text).toContain('email');
		expect(text).not.toMatch(/Anna|4917/);
	});
});

it('signs with the key, pasted with its Bearer or without, and the workspace', () => {
	expect(signingHeaders({ apiKey: ' secret_1 ', workspace: 'north ' })).toEqual({ authorization: 'Bearer secret_1', workspace: 'north' });
	expect(signingHeaders({ apiKey: 'Bearer secret_1', workspace: 'north' })).toEqual({ authorization: 'Bearer secret_1', workspace: 'north' });
});
