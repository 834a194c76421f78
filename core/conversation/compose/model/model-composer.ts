import type { Composed, ComposeInput, Composer } from '../composer';
import { createTemplateComposer, draftFromTemplates, type TemplateDraft } from '../template-composer';
import { withLead } from './lead';
import { reworded } from './reword';

/** `lead`: the understanding's own first sentence before a template, no further call. `model`: one call rewords the template. */
export type WordingMode = 'lead' | 'model';

const WAYS: Readonly<Record<WordingMode, (input: ComposeInput, draft: TemplateDraft) => Promise<Composed>>> = { lead: withLead, model: reworded };

/**
 * Composes with a model's help on top of templates: facts, buttons, greeting and every statement stay the templates',
 * the model gives tone. Without a model in the turn it answers exactly what templates answer. Never throws for anything
 * a model said or failed to say.
 */
export function createModelComposer({ wording = 'lead' }: { readonly wording?: WordingMode } = {}): Composer {
	const templates = createTemplateComposer();
	return {
		compose(input) {
			if (input.aids === null || input.utterances.length === 0) return templates.compose(input);
			return WAYS[wording](input, draftFromTemplates(input));
		},
	};
}
