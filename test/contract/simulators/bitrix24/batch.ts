import type { Caller } from './access';
import { runMethod } from './dispatch';
import { errorBody, timeOf } from './envelope';
import { BitrixError, missingParameter } from './errors';
import { type Fields, isFields, parameter, parseForm } from './parameters';
import { type MethodResult, phpMap, type World } from './world';

const MAX_CALLS = 50;

/** Runs up to 50 calls in order; the answer is a success even when every call failed. */
export function runBatch(world: World, caller: Caller, parameters: Fields): MethodResult {
	const calls = callsOf(parameters);
	const halts = [1, '1', true, 'true'].includes(parameter(parameters, 'halt') as string | number | boolean);
	const results: Record<string, unknown> = {};
	const errors: Record<string, unknown> = {};
	const totals: Record<string, number> = {};
	const nexts: Record<string, number> = {};
	const times: Record<string, unknown> = {};
	for (const [key, command] of calls) {
		try {
			const { name, query } = splitCommand(command);
			const { answer, time } = runMethod(world, caller, name, fill(parseForm(query), results));
			results[key] = answer.result;
			if (answer.total !== undefined) totals[key] = answer.total;
			if (answer.next !== undefined) nexts[key] = answer.next;
			times[key] = timeOf(world, time);
		} catch (error) {
			if (!(error instanceof BitrixError)) throw error;
			errors[key] = errorBody(world, error);
			if (halts) break;
		}
	}
	const map = (fields: Fields): unknown => phpMap(fields, world.switches);
	return { result: { result: map(results), result_error: map(errors), result_total: map(totals), result_next: map(nexts), result_time: map(times) } };
}

function callsOf(parameters: Fields): readonly (readonly [string, string])[] {
	const commands = parameter(parameters, 'cmd');
	if (!Array.isArray(commands) && !isFields(commands)) throw missingParameter('cmd');
	const calls = Object.entries(commands).map(([key, command]) => [key, String(command)] as const);
	if (calls.length > MAX_CALLS) throw new BitrixError(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded');
	return calls;
}

function splitCommand(command: string): { readonly name: string; readonly query: string } {
	const mark = command.indexOf('?');
	const name = (mark < 0 ? command : command.slice(0, mark)).replace(/\.json$/, '');
	if (name.toLowerCase() === 'batch') throw new BitrixError(405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage');
	return { name, query: mark < 0 ? '' : command.slice(mark + 1) };
}

/** Puts earlier results in place of `$result[key][…]`. */
function fill(value: Fields, results: Fields): Fields {
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillValue(inner, results)]));
}

function fillValue(value: unknown, results: Fields): unknown {
	if (typeof value === 'string') {
		return value.replace(/\$result((?:\[[^\]]*\])+)/g, (_whole, path: string) => textAt(results, path.slice(1, -1).split('][')));
	}
	if (Array.isArray(value)) return value.map((inner) => fillValue(inner, results));
	return isFields(value) ? fill(value, results) : value;
}

function textAt(results: Fields, path: readonly string[]): string {
	let found: unknown = results;
	for (const step of path) found = typeof found === 'object' && found !== null ? (found as Fields)[step] : undefined;
	return found === undefined || found === null || typeof found === 'object' ? '' : String(found);
}
