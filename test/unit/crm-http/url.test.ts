import { below, path } from '../../../core/crm/http';
import { answer, bench, LIST } from './support';

const BASE = 'https://api.example.org/v1';

describe('addresses', () => {
	it('joins below the base and repeats the key of a list', () => {
		expect(below(BASE, 'a/b', { 'ids[]': [1, 2], q: 'å b', absent: undefined, no: false })).toBe(`${BASE}/a/b?ids%5B%5D=1&ids%5B%5D=2&q=%C3%A5%20b&no=false`);
		expect(below(`${BASE}/`, '/a?x=1', { y: 2 })).toBe(`${BASE}/a?x=1&y=2`);
	});

	it.each(['../secrets', 'a/../../v2', 'https://evil.example/v1/a', '\\\\evil.example/v1', 'a#b', '%2e%2e/x'])('never leaves the API: %s', (relative) => {
		expect(below(BASE, relative)).toBeNull();
	});

	it('keeps an id inside its segment', () => {
		for (const id of ['../../x', 'a/b', '..', '?q=1', '#', '%2e%2e']) {
			const whole = below(BASE, path`record/${id}/end`);
			expect(whole?.startsWith(`${BASE}/record/`)).toBe(true);
			expect(whole?.endsWith('/end')).toBe(true);
			expect(whole?.slice(BASE.length).split('/')).toHaveLength(4);
		}
	});

	it('refuses a call that would leave, without sending it', async () => {
		const { transport, requests } = bench([answer(200, [])]);
		expect(await transport.read({ ...LIST, path: 'https://evil.example/' })).toMatchObject({ kind: 'refused', reason: 'invalid_request' });
		expect(requests).toEqual([]);
	});
});
