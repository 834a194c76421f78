/** Whose word a fact of a client is. */
export type FactSource = 'client' | 'derived' | 'model';
export type QuestionStatus = 'open' | 'answered' | 'dismissed';
export type ScriptKind = 'script' | 'objection';
export const SCRIPT_STAGES = ['greeting', 'consulting', 'offering', 'confirming', 'done'] as const;
export type ScriptStage = (typeof SCRIPT_STAGES)[number];

/** Instants below are UTC ISO text with milliseconds; hashes are the vault's keyed ones. */
export interface KnowledgeVersionTable {
	tenant: string;
	/** Grows with every change of the tenant's entries. */
	version: number;
}

/** The salon's own texts: not sealed. */
export interface KnowledgeEntryTable {
	tenant: string;
	id: string;
	/** File or page the entry came from. */
	source: string;
	position: number;
	title: string;
	body: string;
	/** JSON array of texts. */
	aliases: string;
	lang: string;
	content_hash: string;
	updated_at: string;
}

export interface KnowledgeQuestionTable {
	tenant: string;
	id: string;
	/** Of the normalised question: the same one counts up. */
	question_hash: string;
	/** Of the chat whose words stand in `question`. */
	chat_hash: string;
	/** Sealed text. */
	question: string;
	asked: number;
	status: QuestionStatus;
	first_at: string;
	last_at: string;
}

export interface SalesScriptTable {
	tenant: string;
	id: string;
	kind: ScriptKind;
	stage: ScriptStage;
	/** JSON. */
	trigger_on: string;
	body_ru: string | null;
	body_en: string | null;
	max_uses: number;
	/** JSON array of ids. */
	service_ids: string;
	active: number;
	updated_at: string;
}

export interface AssistantProfileTable {
	tenant: string;
	id: string;
	name: string;
	/** JSON. */
	body: string;
	version: number;
	updated_at: string;
}

export interface ClientFactTable {
	tenant: string;
	/** Hash of the phone, or of the chat where no phone is known. */
	client_key: string;
	/** The key alone where a client has one such fact, with a hash of the value where several may stand. */
	id: string;
	key: string;
	/** Sealed text. */
	value: string;
	source: FactSource;
	learned_at: string;
	expires_at: string;
	/** Hash of the chat in which it was learned. */
	dialogue_hash: string;
}

export interface ModelUsageTable {
	tenant: string;
	/** Calendar date in the tenant's zone. */
	day: string;
	/** Empty for usage of chats that were erased. */
	chat_hash: string;
	calls: number;
	input_tokens: number;
	output_tokens: number;
	cost_micros: number;
}

export interface AssistantTables {
	knowledge_version: KnowledgeVersionTable;
	knowledge_entry: KnowledgeEntryTable;
	knowledge_question: KnowledgeQuestionTable;
	sales_script: SalesScriptTable;
	assistant_profile: AssistantProfileTable;
	client_fact: ClientFactTable;
	model_usage: ModelUsageTable;
}
