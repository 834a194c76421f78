/** Rows as the account keeps them. Times are unix seconds. */
export interface StoredValue {
	readonly value: unknown;
	readonly enum_id?: number;
	readonly enum_code?: string | null;
}

export interface FieldEnum {
	readonly id: number;
	readonly value: string;
	readonly sort: number;
	readonly code?: string;
}

/** `leads`, `contacts`, `companies`, or `catalog:{id}`. */
export type FieldOwner = string;

export interface Field {
	readonly id: number;
	name: string;
	readonly type: string;
	readonly code: string | null;
	readonly sort: number;
	readonly owner: FieldOwner;
	readonly is_api_only: boolean;
	enums: FieldEnum[];
}

export interface Card {
	readonly id: number;
	name: string;
	responsible_user_id: number;
	readonly created_by: number;
	updated_by: number;
	readonly created_at: number;
	updated_at: number;
	is_deleted: boolean;
	values: ReadonlyMap<number, readonly StoredValue[]>;
	tags: readonly Tag[];
}

export interface Tag {
	readonly id: number;
	readonly name: string;
}

export interface Contact extends Card {
	first_name: string;
	last_name: string;
	companies: readonly number[];
}

export type Company = Card;

export interface LeadContact {
	readonly id: number;
	readonly is_main: boolean;
}

export interface Lead extends Card {
	price: number;
	pipeline_id: number;
	status_id: number;
	loss_reason_id: number | null;
	closed_at: number | null;
	contacts: readonly LeadContact[];
	companies: readonly number[];
}

export interface CatalogElement extends Card {
	readonly catalog_id: number;
}

export interface Catalog {
	readonly id: number;
	readonly name: string;
	readonly type: 'regular' | 'products' | 'invoices';
	readonly sort: number;
	readonly created_at: number;
	readonly updated_at: number;
}

export interface ElementLink {
	readonly entity_id: number;
	readonly entity_type: 'leads';
	readonly to_entity_id: number;
	readonly to_entity_type: 'catalog_elements';
	readonly metadata: { readonly quantity: number; readonly catalog_id: number; readonly price_id: number | null };
}

export interface Stage {
	readonly id: number;
	readonly name: string;
	readonly sort: number;
	readonly is_editable: boolean;
	readonly color: string;
	readonly type: 0 | 1;
}

export interface Pipeline {
	readonly id: number;
	readonly name: string;
	readonly sort: number;
	readonly is_main: boolean;
	is_archive: boolean;
	readonly stages: readonly Stage[];
}

export interface Task {
	readonly id: number;
	text: string;
	complete_till: number;
	duration: number;
	task_type_id: number;
	readonly entity_type: string | null;
	readonly entity_id: number | null;
	responsible_user_id: number;
	is_completed: boolean;
	result: { readonly text: string } | null;
	readonly created_at: number;
	updated_at: number;
}

export interface Note {
	readonly id: number;
	readonly entity_type: string;
	readonly entity_id: number;
	readonly note_type: string;
	readonly params: Readonly<Record<string, unknown>>;
	readonly created_at: number;
}

export interface CrmEvent {
	readonly number: number;
	readonly type: string;
	readonly entity_id: number;
	readonly entity_type: string;
	readonly created_at: number;
	readonly value_after: readonly unknown[];
	readonly value_before: readonly unknown[];
}

export interface Webhook {
	readonly id: number;
	readonly destination: string;
	settings: readonly string[];
	sort: number;
	disabled: boolean;
	readonly created_at: number;
	updated_at: number;
}

export interface User {
	readonly id: number;
	readonly name: string;
	readonly email: string;
	readonly is_admin: boolean;
	readonly is_active: boolean;
}

export interface BotStart {
	readonly bot_id: number;
	readonly entity_id: number;
	readonly entity_type: string;
}
