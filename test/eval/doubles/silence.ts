import type { ModelAnswer } from '../../../core/conversation/model/port';
import type { Double } from './prompt';

const FAILURES: readonly ModelAnswer[] = [
	{ kind: 'failed', cause: 'timeout' }, { kind: 'failed', cause: 'throttled', retryAt: '2026-11-23T06:00:05.000Z' }, { kind: 'failed', cause: 'unavailable' }, { kind: 'failed', cause: 'rejected' }, { kind: 'failed', cause: 'unreadable' }, { kind: 'failed', cause: 'too_long' },
	{ kind: 'ok', text: '', usage: null }, { kind: 'ok', text: '   ', usage: null }, { kind: 'ok', text: '<html><body>502 Bad Gateway</body></html>', usage: null }, { kind: 'ok', text: '\uFFFD\uFFFD\uFFFD\uFFFD\u0000\u0001', usage: null },
];

/** 11: says nothing: fails, throws, answers with a page of HTML or with broken bytes. A hanging provider is tested on its own. */
export const silence: Double = {
	number: 11,
	name: 'silence, timeout, 500',
	answer: (_prompt, rng) => {
		if (rng.chance(0.15)) throw new Error('socket hang up');
		return rng.chance(0.1) ? Promise.reject(new TypeError('fetch failed')) : rng.pick(FAILURES);
	},
};
