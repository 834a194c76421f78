export const TONES = ['warm', 'neutral', 'formal'] as const;
export type Tone = (typeof TONES)[number];

/** How an assistant talks: wishes for the model's wording. Nothing here can change a fact, a rule or a guarantee. */
export interface Voice {
	/** How the assistant calls itself, or null. */
	readonly name: string | null;
	readonly tone: Tone;
	/** `few`: at most one emoji a reply. */
	readonly emoji: 'none' | 'few';
	/** Free words on style, at most 500 characters. */
	readonly style: string;
	/** The salon's house rules as it wants them said; at most 20 lines of 200 characters. */
	readonly houseRules: readonly string[];
}

export const DEFAULT_VOICE: Voice = { name: null, tone: 'warm', emoji: 'none', style: '', houseRules: [] };
