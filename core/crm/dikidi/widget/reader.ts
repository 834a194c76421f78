import { type Outcome, type Unavailable, unavailable } from '../../../booking';
import type { Call, Transport } from '../../http';
import type { Settings } from '../settings';
import { pageFor } from '../handoff';
import type { WidgetMemory } from './memory';

/** The only way to the page: answers are remembered, and nothing is asked while the breaker is open. */
export interface Reader {
	/** An answer not older than `ms`; `key` names the call with its values. */
	ask<T>(call: Call<T>, key: string, ms: number): Promise<Outcome<T>>;
}

export function createReader(transport: Transport, memory: WidgetMemory, settings: Settings): Reader {
	return {
		ask: (call, key, ms) =>
			memory.recall(key, ms, async () => {
				if (!memory.breaker.admit()) return shut(memory, settings);
				const answer = await transport.read(call);
				// the answer that opened the breaker says so at once
				return answer.kind === 'unavailable' && memory.breaker.state().kind === 'open' ? shut(memory, settings) : answer;
			}),
	};
}

const WHY = { blocked: 'the page wants no automatic reading', failures: 'the page did not answer in the known way three times in a row' };

function shut({ breaker, clock }: WidgetMemory, settings: Settings): Unavailable {
	const state = breaker.state();
	if (state.kind === 'closed') return unavailable('The booking page is not read just now.');
	const { text } = pageFor(settings);
	const until = new Date(state.kind === 'open' ? state.until : clock() + 60_000).toISOString();
	return unavailable(`The experimental reading of the DIKIDI page is paused: ${WHY[state.cause]}. ${text}`, until);
}
