import { type Outcome, ok, refused } from '../../../booking';
import type { Call } from '../../http';
import { type Parameters, queryOf } from '../parameters';
import { BATCH, type BatchWire } from '../wire';
import type { Office } from './office';

/** A command of a batch; later ones may use earlier answers as `$result[key][field]`. */
export interface Command {
	readonly key: string;
	readonly method: string;
	readonly parameters: Parameters;
}

/** What a command came to. */
export interface CommandAnswer {
	readonly key: string;
	/** False also for a command that was not run because an earlier one failed. */
	readonly ok: boolean;
	readonly result: unknown;
	readonly error: string | null;
}

const MOST_COMMANDS = 50;
const METHOD = /^[a-z][a-z0-9.]{0,100}$/i;
const KEY = /^[A-Za-z][A-Za-z0-9_]{0,50}$/;

/** Runs up to 50 methods in one request, in their order. A batch succeeds even when every command fails: each answer says it. */
export async function runBatch({ transport }: Office, commands: readonly Command[], halt: boolean, operation: string): Promise<Outcome<readonly CommandAnswer[]>> {
	if (commands.length === 0 || commands.length > MOST_COMMANDS) return refused('invalid_request', `A batch has from 1 to ${MOST_COMMANDS} commands.`);
	if (commands.some(({ method, key }) => !METHOD.test(method) || !KEY.test(key))) return refused('invalid_request', 'A command needs a key of letters and digits, and the name of a method such as crm.item.list.');
	if (new Set(commands.map(({ key }) => key)).size < commands.length) return refused('invalid_request', 'Two commands have the same key.');
	const cmd = Object.fromEntries(commands.map(({ key, method, parameters }) => [key, `${method}?${queryOf(parameters)}`]));
	const batch: Call<BatchWire> = { name: 'batch', method: 'POST', path: 'batch', json: { halt: halt ? 1 : 0, cmd }, schema: BATCH };
	const answer = await transport.write(batch, operation);
	if (answer.kind !== 'ok') return answer;
	const { result, result_error: errors } = answer.value;
	return ok(
		commands.map(({ key }): CommandAnswer => {
			const error = Object.hasOwn(errors, key) ? errors[key]?.error : undefined;
			const done = error === undefined && Object.hasOwn(result, key);
			return { key, ok: done, result: done ? result[key] : null, error: error === undefined ? null : String(error) };
		}),
	);
}
