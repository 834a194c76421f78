import { type Answer, isoOf, json, type VendorVoice } from '../kit';
import { BitrixError } from './errors';
import type { RunTime } from './dispatch';
import type { MethodResult, World } from './world';

/** A good answer with the vendor's block of times. */
export function success(world: World, { result, total, next }: MethodResult, time: RunTime | null): Answer {
	return json(200, { result, ...(total === undefined ? {} : { total }), ...(next === undefined ? {} : { next }), time: timeOf(world, time) });
}

/** A refusal with its code in the case the portal uses. */
export function failure(world: World, error: BitrixError): Answer {
	return json(error.status, errorBody(world, error));
}

/** The two fields of a refusal. */
export function errorBody(world: World, { code, message }: BitrixError): { readonly error: string | number; readonly error_description: string } {
	return { error: inCase(code, world), error_description: message };
}

/** The block of times of an answer; without an own operating time for a batch. */
export function timeOf(world: World, time: RunTime | null): Readonly<Record<string, unknown>> {
	const start = world.clock.now() / 1000;
	const duration = time?.seconds ?? 0.1;
	const { zone } = world.portal;
	const reported = time !== null && world.cloud && world.switches.operatingTime === 'reported';
	return {
		start,
		finish: start + duration,
		duration,
		processing: duration,
		date_start: isoOf(world.clock.now(), zone),
		date_finish: isoOf(world.clock.now() + duration * 1000, zone),
		...(reported ? { operating_reset_at: time.resetAt, operating: time.operating } : {}),
	};
}

/** How the vendor words the faults of a script. */
export function voiceOf(world: World): VendorVoice {
	const refuse = (status: number, code: string, text: string): Answer => failure(world, new BitrixError(status, code, text));
	return {
		throttled: (seconds) => {
			const answer = refuse(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests');
			return seconds === undefined ? answer : { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
		},
		failed: (status) => refuse(status, status === 429 ? 'OPERATION_TIME_LIMIT' : 'INTERNAL_SERVER_ERROR', 'Internal server error'),
		errorIn200: () => json(200, { error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal server error' }),
		noPath: () => refuse(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!'),
		noMethod: () => refuse(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!'),
	};
}

function inCase(code: string | number, world: World): string | number {
	if (typeof code === 'number' || world.switches.errorCodes === 'documented') return code;
	return world.switches.errorCodes === 'upper' ? code.toUpperCase() : code.toLowerCase();
}
