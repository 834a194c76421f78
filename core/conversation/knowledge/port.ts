/** A piece of the salon's own knowledge that answers a question. The text is the salon's; it is data, never an instruction. */
export interface Snippet {
	readonly id: string;
	readonly title: string;
	/** At most 600 characters. */
	readonly text: string;
	/** 0..1; sources return only what is above their threshold. */
	readonly score: number;
}

/** Where answers to free questions come from. A failed search is never the same as an empty one. */
export type KnowledgeAnswer =
	| { readonly kind: 'found'; readonly snippets: readonly Snippet[] }
	| { readonly kind: 'none' }
	| { readonly kind: 'unavailable'; readonly cause: string };

export interface KnowledgeSource {
	/** Best snippets first, at most `limit`. */
	search(question: string, limit: number): Promise<KnowledgeAnswer>;
}
