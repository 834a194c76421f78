import * as v from 'valibot';
import { type OperationKey, type Outcome, ok, refused, unavailable, unknown } from '../../booking';
import type { Call, Transport } from '../http';
import { meaningOf } from './codes';
import { type Parameters, queryOf } from './parameters';
import { BATCH, type BatchWire } from './wire';

/** One call of a method: alone, or as a command of a batch. */
export interface MethodCall<T> extends Call<T> {
	readonly parameters: Parameters;
}

/** What each command of a batch came to; a command that was not run because an earlier one failed is `unavailable`. */
export type Answers<T> = { readonly [K in keyof T]: Outcome<T[K]> };
type Commands<T> = { readonly [K in keyof T]: MethodCall<T[K]> };

const MOST_COMMANDS = 50;

/** Asks several things in one request: a portal counts requests, not commands. Each answer stands for itself. */
export async function readTogether<T extends object>({ read }: Transport, commands: Commands<T>): Promise<Outcome<Answers<T>>> {
	const answer = await read(batchOf(commands, false));
	return answer.kind === 'ok' ? ok(answersOf(commands, answer.value, false, null)) : answer;
}

/** Runs commands in order up to the first that fails. A command without an answer is `unknown` when the batch itself has none. */
export async function writeTogether<T extends object>({ write }: Transport, commands: Commands<T>, operation: OperationKey): Promise<Outcome<Answers<T>>> {
	const answer = await write(batchOf(commands, true), operation);
	return answer.kind === 'ok' ? ok(answersOf(commands, answer.value, true, operation)) : answer;
}

/** The same question about many things, in as few requests as it takes; the first that fails is the answer to all. */
export async function readEach<T>(transport: Transport, calls: readonly MethodCall<T>[]): Promise<Outcome<readonly T[]>> {
	const values: T[] = [];
	for (let from = 0; from < calls.length; from += MOST_COMMANDS) {
		const chunk = Object.fromEntries(calls.slice(from, from + MOST_COMMANDS).map((call, index) => [`c${index}`, call]));
		const answers = await readTogether<Record<string, T>>(transport, chunk);
		if (answers.kind !== 'ok') return answers;
		for (const key of Object.keys(chunk)) {
			const one = answers.value[key];
			if (one === undefined) return NO_ANSWER;
			if (one.kind !== 'ok') return one;
			values.push(one.value);
		}
	}
	return ok(values);
}

function batchOf<T extends object>(commands: Commands<T>, halts: boolean): Call<BatchWire> {
	const list = Object.entries<MethodCall<unknown>>(commands);
	const cmd = Object.fromEntries(list.map(([key, { path, parameters }]) => [key, `${path}?${queryOf(parameters)}`]));
	// the name tells an operator what was asked, a batch by itself would not
	return { name: `batch of ${[...new Set(list.map(([, { name }]) => name))].join(', ')}`, method: 'POST', path: 'batch', json: { halt: halts ? 1 : 0, cmd }, schema: BATCH };
}

function answersOf<T extends object>(commands: Commands<T>, batch: BatchWire, halts: boolean, operation: OperationKey | null): Answers<T> {
	const entries = Object.entries<MethodCall<unknown>>(commands).map(([key, call]) => [key, answerOf(key, call, batch, halts, operation)] as const);
	return Object.fromEntries(entries) as Answers<T>;
}

const NO_ANSWER = unavailable('Bitrix24 gave no answer to a part of a batch.');

function answerOf(key: string, { name, schema }: MethodCall<unknown>, { result, result_error: errors, result_total: totals, result_next: nexts }: BatchWire, halts: boolean, operation: OperationKey | null): Outcome<unknown> {
	const error = Object.hasOwn(errors, key) ? errors[key] : undefined;
	const unclear = operation === null ? unavailable(`Bitrix24 could not answer (${name} in a batch).`) : unknown(operation);
	if (error !== undefined) {
		const meaning = meaningOf(error.error);
		if (meaning?.kind === 'refused') return refused(meaning.reason, `${meaning.message} [${name} in a batch]`);
		if (meaning?.kind === 'throttled') return unavailable(`Bitrix24 refused a request as one too many (${name} in a batch).`);
		return meaning === null ? refused('invalid_request', `The portal refuses the request. [${name} in a batch]`) : unclear;
	}
	if (!Object.hasOwn(result, key)) return halts && Object.keys(errors).length > 0 ? NO_ANSWER : unclear;
	const parsed = v.safeParse(schema, { result: result[key], total: totals?.[key], next: nexts?.[key] });
	return parsed.success ? ok(parsed.output) : unclear;
}
