import { createMemoryLimiter } from '../../../core/store/limiter';
import { answer, bench, failed, LIST, SAVE } from './support';

const HTML = '<html><body>Bad gateway</body></html>';
const START = Date.parse('2026-11-20T06:00:00Z');

describe('a read', () => {
	it('gives what the schema says, and takes an empty list only from an answer', async () => {
		expect(await bench([answer(200, [1, 2])]).transport.read(LIST)).toEqual({ kind: 'ok', value: [1, 2] });
		expect(await bench([answer(200, [])]).transport.read(LIST)).toEqual({ kind: 'ok', value: [] });
	});

	it.each([
		['a timeout', failed('timeout')],
		['a reset', failed('reset')],
		['a refused connection', failed('refused', false)],
		['a name that is not found', failed('dns', false)],
		['a fault of the vendor', answer(503, { error: 'x' })],
		['one request too many', answer(429, [])],
	])('is asked again after %s, at most five times', async (_what, bad) => {
		const back = bench([bad, bad, answer(200, [7])]);
		expect(await back.transport.read(LIST)).toEqual({ kind: 'ok', value: [7] });
		expect(back.requests).toHaveLength(3);
		const down = bench([bad]);
		expect((await down.transport.read(LIST)).kind).toBe('unavailable');
		expect(down.requests.length).toBeLessThanOrEqual(5);
		expect(down.requests.length).toBeGreaterThan(2);
	});

	it.each([
		['HTML', answer(200, HTML)],
		['half a JSON', answer(200, '[1, 2')],
		['nothing', answer(204, '')],
		['another shape', answer(200, { list: [] })],
		['null', answer(200, 'null')],
		['a redirect', answer(302, '', { location: 'https://elsewhere.example/' })],
		['too much', failed('too_large')],
	])('is asked once more after %s, and is never an empty list', async (_what, bad) => {
		const { transport, requests } = bench([bad]);
		expect((await transport.read(LIST)).kind).toBe('unavailable');
		expect(requests).toHaveLength(2);
		expect(await bench([bad, answer(200, [3])]).transport.read(LIST)).toEqual({ kind: 'ok', value: [3] });
	});

	it.each([
		[400, 'invalid_request'], [401, 'credential_invalid'], [402, 'not_allowed'], [403, 'not_allowed'], [404, 'not_found'], [405, 'unsupported'], [422, 'invalid_request'],
	])('is refused by %i as %s at once', async (status, reason) => {
		const { transport, requests } = bench([answer(status, { error: 'x' })]);
		expect(await transport.read(LIST)).toMatchObject({ kind: 'refused', reason });
		expect(requests).toHaveLength(1);
	});

	it('does not take a page of a proxy for the vendor’s word', async () => {
		expect((await bench([answer(404, HTML)]).transport.read(LIST)).kind).toBe('unavailable');
		expect((await bench([answer(403, HTML)]).transport.read(LIST)).kind).toBe('unavailable');
	});

	it('reads an answer of three megabytes', async () => {
		const many = Array.from({ length: 500_000 }, (_, index) => index);
		expect(await bench([answer(200, many)]).transport.read(LIST)).toMatchObject({ kind: 'ok' });
	});

	it('waits as long as the vendor says, and says when to come back if that is too long', async () => {
		const short = bench([answer(429, [], { 'retry-after': '3' }), answer(200, [1])]);
		expect((await short.transport.read(LIST)).kind).toBe('ok');
		expect(short.clock.now() - START).toBeGreaterThanOrEqual(3000);
		const dated = bench([answer(503, {}, { 'retry-after': 'Fri, 20 Nov 2026 06:00:05 GMT' }), answer(200, [1])]);
		expect((await dated.transport.read(LIST)).kind).toBe('ok');
		expect(dated.clock.now() - START).toBeGreaterThanOrEqual(5000);
		const long = bench([answer(429, [], { 'retry-after': '120' })]);
		expect(await long.transport.read(LIST)).toMatchObject({ kind: 'unavailable', retryAt: '2026-11-20T06:02:00.000Z' });
		expect(long.requests).toHaveLength(1);
		expect(long.clock.now()).toBe(START);
	});

	it('ends within the patience of its lane', async () => {
		const slow = bench([failed('timeout')]);
		const ended = await slow.transport.read({ ...LIST });
		expect(ended.kind).toBe('unavailable');
		expect(slow.clock.now() - START).toBeLessThanOrEqual(20_000);
		for (const request of slow.requests) expect(request.timeoutMs).toBeLessThanOrEqual(8000);
	});
});

describe('a write', () => {
	it('gives its answer, and a refusal in the vendor’s place', async () => {
		expect(await bench([answer(201, { id: 5 })]).transport.write(SAVE, 'key')).toEqual({ kind: 'ok', value: { id: 5 } });
		expect(await bench([answer(422, { error: 'x' })]).transport.write(SAVE, 'key')).toMatchObject({ kind: 'refused', reason: 'invalid_request' });
	});

	it.each([
		['a timeout', failed('timeout')],
		['a reset', failed('reset')],
		['a cut for its size', failed('too_large')],
		['an abort', failed('aborted')],
		['a broken certificate', failed('tls')],
		['500', answer(500, { error: 'x' })],
		['504 of a proxy', answer(504, HTML)],
		['429', answer(429, {})],
		['a redirect', answer(302, '')],
		['HTML', answer(200, HTML)],
		['nothing', answer(204, '')],
		['half a JSON', answer(201, '{"id": 5')],
		['another shape', answer(201, { ok: true })],
		['a refusal of a proxy', answer(403, HTML)],
	])('is not known to have happened after %s, and is never repeated', async (_what, bad) => {
		const { transport, requests } = bench([bad, answer(201, { id: 5 })]);
		expect(await transport.write(SAVE, 'key')).toEqual({ kind: 'unknown', operation: 'key' });
		expect(requests).toHaveLength(1);
	});

	it.each(['refused', 'dns', 'timeout'] as const)('did not happen when it provably never left (%s)', async (cause) => {
		const { transport, requests } = bench([failed(cause, false), answer(201, { id: 5 })]);
		expect((await transport.write(SAVE, 'key')).kind).toBe('unavailable');
		expect(requests).toHaveLength(1);
	});

	it('did not happen when it may not be sent', async () => {
		const { transport, requests } = bench([answer(201, { id: 5 })], { limiter: { take: async () => ({ kind: 'wait', ms: 60_000 }), refused: async () => undefined } });
		expect(await transport.write(SAVE, 'key')).toMatchObject({ kind: 'unavailable', retryAt: '2026-11-20T06:01:00.000Z' });
		expect(requests).toEqual([]);
	});

	it('did not happen when the limit cannot be counted or the request not signed', async () => {
		const broken = bench([answer(201, { id: 5 })], { limiter: { take: () => Promise.reject(new Error('closed')), refused: async () => undefined } });
		expect((await broken.transport.write(SAVE, 'key')).kind).toBe('unavailable');
		const unsigned = bench([answer(201, { id: 5 })], { headers: () => Promise.reject(new Error('no token')) });
		expect((await unsigned.transport.write(SAVE, 'key')).kind).toBe('unavailable');
		expect([...broken.requests, ...unsigned.requests]).toEqual([]);
	});
});

describe('the limit', () => {
	it('is told of a refusal, so that the next request waits too', async () => {
		const { transport, clock, requests } = bench([answer(429, {}, { 'retry-after': '4' }), answer(200, [1])], { limiterOf: (time) => createMemoryLimiter({ windows: [], clock: time.now }) });
		expect((await transport.write(SAVE, 'key')).kind).toBe('unknown');
		expect((await transport.read(LIST)).kind).toBe('ok');
		expect(clock.now() - START).toBeGreaterThanOrEqual(4000);
		expect(requests).toHaveLength(2);
	});

	it('is asked for every attempt, in the lane of the transport', async () => {
		const lanes: string[] = [];
		const limiter = { take: async (lane: string) => (lanes.push(lane), { kind: 'granted' as const, at: 0 }), refused: async () => undefined };
		const { transport } = bench([answer(500, {}), answer(200, [1])], { limiter });
		await transport.read(LIST);
		await transport.inLane('full').read(LIST);
		expect(lanes).toEqual(['dialogue', 'dialogue', 'full']);
	});
});

describe('what is told', () => {
	it('names the vendor’s own id of the exchange, and no secret, body or address', async () => {
		const refusedCall = bench([answer(422, { message: 'Вера +79161234501' }, { 'x-request-id': 'req-77' })]);
		const said = [
			await refusedCall.transport.write(SAVE, 'key'),
			await bench([answer(500, 'a-secret', { 'x-request-id': 'req-78' })]).transport.read(LIST),
			refusedCall.events,
		];
		const text = JSON.stringify(said);
		expect(text).toContain('req-77');
		expect(text).toContain('req-78');
		for (const secret of ['a-secret', '79161234501', 'Вера', 'example.org']) expect(text).not.toContain(secret);
		expect(refusedCall.events).toEqual([{ vendor: 'Plain', call: 'save', lane: 'dialogue', attempt: 1, ms: 0, result: 'refused', status: 422, cause: null, requestId: 'req-77' }]);
	});

	it('leaves out an id that could be anything', async () => {
		const outcome = await bench([answer(422, {}, { 'x-request-id': 'Вера Иванова' })]).transport.read(LIST);
		expect(JSON.stringify(outcome)).not.toContain('Вера');
	});
});
