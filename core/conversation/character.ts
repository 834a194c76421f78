import { DEFAULT_SETTINGS, type AssistantEvent, type AssistantParts, type AssistantSettings, type LabelledEvent } from './assistant';
import { narrowCatalogue, settingsOf, type HandoffRules } from './assistant-profile';
import type { Catalogue } from './catalogue';
import { NO_HANDOFF_RULES } from './lore';
import { DEFAULT_VOICE, type Voice } from './voice';

/** What makes one assistant of a salon different from another, read once from its parts. */
export interface Character {
	readonly settings: AssistantSettings;
	readonly voice: Voice;
	readonly handoff: HandoffRules;
	readonly allowHealth: boolean;
	/** What this assistant may see of the catalogue; the same answer for the same catalogue. */
	narrow(catalogue: Catalogue): Catalogue;
	/** Events with what the flow is to do after them. */
	labelled(events: readonly AssistantEvent[]): readonly LabelledEvent[];
}

/** A profile decides before settings and voice of the parts. */
export function characterOf({ profile, settings, voice, allowHealthFacts }: AssistantParts): Character {
	const own = { ...DEFAULT_SETTINGS, ...settings, ...(profile === undefined ? {} : settingsOf(profile)) };
	const spoken = profile === undefined ? (voice ?? DEFAULT_VOICE) : profile.voice;
	let last: { readonly from: Catalogue; readonly to: Catalogue } | null = null;
	return {
		settings: own,
		voice: { ...spoken, name: own.assistantName, houseRules: [...spoken.houseRules, ...(profile?.workingRules ?? [])] },
		handoff: profile?.handoff ?? NO_HANDOFF_RULES,
		allowHealth: profile?.allowHealthFacts ?? allowHealthFacts ?? false,
		narrow: (catalogue) => {
			if (profile === undefined) return catalogue;
			if (last?.from !== catalogue) last = { from: catalogue, to: narrowCatalogue(catalogue, profile) };
			return last.to;
		},
		labelled: (events) => {
			const actions = profile?.pipelineActions ?? [];
			return events.map((event) => ({ ...event, labels: actions.filter(({ on }) => on === event.type).map(({ label }) => label) }));
		},
	};
}
