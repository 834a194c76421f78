import type { Answer } from '../../../core/crm/http';
import { ALTEGIO, rulesOf, signingHeaders, YCLIENTS } from '../../../core/crm/yclients';

const { judge, headers } = rulesOf(YCLIENTS);
const json = (status: number, value: unknown): Answer => ({ status, headers: {}, body: { kind: 'json', value } });
const failure = (status: number, meta: unknown, rest: object = {}): Answer => json(status, { success: false, data: null, meta, ...rest });
const BUSY = 'К сотруднику Ольга(50001) нельзя записаться на 12 марта 2026 в 10:00. Выбранное время уже занято или является нерабочим.';

function said(answer: Answer): string {
	const verdict = judge(answer);
	return verdict.kind === 'refused' ? verdict.reason : verdict.kind;
}

describe('what an answer means', () => {
	it.each<[string, Answer, string]>([
		['a success', json(200, { success: true, data: [], meta: [] }), 'success'],
		['an empty 204', { status: 204, headers: {}, body: { kind: 'empty' } }, 'success'],
		['an envelope of the first version', json(200, [{ id: 1 }]), 'unreadable'],
		['a body without success', json(200, { data: [] }), 'unreadable'],
		['success that is not true', json(200, { success: 1, data: [] }), 'unreadable'],
		['success with a bad status', json(404, { success: true, data: [] }), 'failed'],
		['429', failure(429, { message: 'Превышен лимит запросов' }), 'throttled'],
		['too many requests in 200', failure(200, { message: 'Превышен лимит запросов' }), 'throttled'],
		['no sign-in in 200', failure(200, { message: 'Необходима авторизация' }), 'credential_invalid'],
		['an unknown error in 200', failure(200, { message: 'Произошла ошибка' }), 'failed'],
		['401', failure(401, { message: 'x' }), 'credential_invalid'],
		['401 of the newer form', json(401, { errors: {}, meta: { message: 'x' } }), 'credential_invalid'],
		['a licence that ended', failure(402, { message: 'x' }), 'not_allowed'],
		['a missing right', failure(403, { message: 'x' }), 'not_allowed'],
		['404', failure(404, { message: 'Не найдено' }), 'not_found'],
		['500', failure(500, { message: 'занят' }), 'failed'],
		['a taken time by its text', failure(422, { message: BUSY }), 'slot_taken'],
		['a taken time in English', failure(422, { message: 'The selected time is already occupied or not available.' }), 'slot_taken'],
		['a busy person in English', failure(422, { message: 'The team member is busy or does not work' }), 'slot_taken'],
		['no sign-in in 200, in English', failure(200, { message: 'Authorization required' }), 'credential_invalid'],
		['a taken time by conflict', failure(409, { message: 'x', conflict: true }), 'slot_taken'],
		['409 without conflict', failure(409, { message: 'x' }), 'invalid_request'],
		['433 in meta', failure(422, { message: 'x', code: 433 }), 'slot_taken'],
		['433 in errors', failure(422, { message: 'x' }, { errors: { code: 433 } }), 'slot_taken'],
		['433 in meta.errors', failure(422, { message: 'x', errors: { code: '433' } }), 'slot_taken'],
		['433 in the root', failure(422, { message: 'x' }, { code: 433 }), 'slot_taken'],
		['431', failure(422, { code: 431 }), 'phone_invalid'],
		['432', failure(422, { code: 432 }), 'not_allowed'],
		['434', failure(403, { code: 434 }), 'client_blocked'],
		['435', failure(422, { code: 435 }), 'name_missing'],
		['436', failure(422, { code: 436 }), 'slot_taken'],
		['437', failure(422, { code: 437 }), 'invalid_request'],
		['438', failure(422, { code: 438 }), 'service_inactive'],
		['values not accepted', failure(422, { message: 'x', errors: { email: ['y'] } }), 'invalid_request'],
		['a phone not accepted', failure(422, { message: 'x', errors: { phone: ['y'] } }), 'phone_invalid'],
		['meta that is a list', failure(400, []), 'invalid_request'],
	])('%s', (_what, answer, expected) => {
		expect(said(answer)).toBe(expected);
	});

	it('repeats no words of the vendor, only names of fields', () => {
		const verdicts = [judge(failure(422, { message: 'Вера +79161234501', errors: { email: ['Вера'], 'Вера Иванова': ['x'] } })), judge(failure(422, { message: BUSY }))];
		const text = JSON.stringify(verdicts);
		expect(text).toContain('email');
		expect(text).not.toMatch(/Вера|Ольга|7916/);
	});
});

describe('the headers', () => {
	it('ask for the second version of the brand and sign at both levels', () => {
		expect(headers).toEqual({ accept: 'application/vnd.yclients.v2+json' });
		expect(rulesOf(ALTEGIO).headers).toEqual({ accept: 'application/vnd.api.v2+json' });
		expect(signingHeaders({ partnerToken: 'p', userToken: ' User u' })).toEqual({ authorization: 'Bearer p, User u' });
		expect(signingHeaders({ partnerToken: 'p', userToken: 'u' })).toEqual({ authorization: 'Bearer p, User u' });
		expect(signingHeaders({ partnerToken: 'p', userToken: 'u', partnerId: '77' })).toEqual({ authorization: 'Bearer p, User u', 'x-partner-id': '77' });
	});
});
