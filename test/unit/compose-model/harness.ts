import type { ComposeInput, Composed } from '../../../core/conversation/compose/composer';
import { createModelComposer, type WordingMode } from '../../../core/conversation/compose/model';
import { createTemplateComposer } from '../../../core/conversation/compose/template-composer';
import type { Utterance } from '../../../core/conversation/compose/utterance';
import type { TurnAids, TurnContext } from '../../../core/conversation/context';
import type { ModelMessage, ModelPurpose } from '../../../core/conversation/model/port';
import { DEFAULT_VOICE, type Voice } from '../../../core/conversation/voice';
import { PLAIN, inputOf } from '../compose/samples';

/** One call as the model saw it. */
export interface SeenCall {
	readonly purpose: ModelPurpose;
	readonly messages: readonly ModelMessage[];
	readonly maxOutputTokens: number;
}

/** A model that says what it is told to, in turn; after the last answer it is out of budget. */
export class ScriptedAids implements TurnAids {
	readonly calls: SeenCall[] = [];
	readonly known: string[] = [];
	private next = 0;

	constructor(
		private readonly answers: readonly (string | null | Error)[] = [],
		private readonly voice: Partial<Voice> = {},
		private readonly broken = false,
	) {}

	readonly model = {
		know: (names: readonly string[]): void => void this.known.push(...names),
		ask: async (purpose: ModelPurpose, messages: readonly ModelMessage[], maxOutputTokens: number): Promise<string | null> => {
			this.calls.push({ purpose, messages, maxOutputTokens });
			const answer = this.answers[this.next++] ?? null;
			if (answer instanceof Error) throw answer;
			return answer;
		},
	};

	readonly context = async (): Promise<TurnContext> => {
		if (this.broken) throw new Error('The context cannot be read');
		return { catalogue: PLAIN.catalogue, voice: { ...DEFAULT_VOICE, ...this.voice }, history: [], profile: null, memory: [] };
	};

	/** What the last call asked to reword. */
	get task(): { draft: string; handles: Record<string, string>; keep: string[]; client: { untrusted: string }; refused?: string } {
		return JSON.parse(this.calls.at(-1)?.messages.at(-1)?.content ?? '{}') as never;
	}
}

export async function compose(wording: WordingMode, utterances: readonly Utterance[], aids: ScriptedAids | null, patch: Partial<ComposeInput> & { clientText?: string } = {}): Promise<Composed> {
	return createModelComposer({ wording }).compose({ ...inputOf(utterances, patch), ...patch, aids });
}

/** What templates answer to the same. */
export function templates(utterances: readonly Utterance[], patch: Partial<ComposeInput> = {}): Composed {
	return createTemplateComposer().compose(inputOf(utterances, patch));
}

/** The reply with a first sentence proposed by the understanding. */
export function lead(draft: string, utterances: readonly Utterance[], patch: Partial<ComposeInput> = {}, voice: Partial<Voice> = {}): Promise<Composed> {
	return compose('lead', utterances, new ScriptedAids([], voice), { ...patch, draft });
}
