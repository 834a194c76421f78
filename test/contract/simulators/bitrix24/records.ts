/** What a portal keeps. Moments are milliseconds since 1970 unless a name says seconds; ids are the vendor's numbers. */

/** A person with an account. */
export interface PortalUser {
	readonly id: number;
	name: string;
	lastName: string;
	position: string;
	active: boolean;
	admin: boolean;
	/** Bots and people from outside are no staff. */
	type: 'employee' | 'extranet' | 'bot';
	/** `own`: lists silently leave out what is assigned to others. */
	reads: 'all' | 'own';
	/** IANA zone; empty is the portal's. */
	zone: string;
	mobile: string;
}

/** A service or a good of the product catalogue. */
export interface Product {
	readonly id: number;
	name: string;
	active: boolean;
	/** 7 is a service, 1 a good. */
	type: 1 | 7;
	sectionId: number | null;
	/** Price of each price group in major units. */
	readonly prices: { readonly id: number; readonly groupId: number; price: number; currency: string }[];
	/** Values of catalogue properties by their number. */
	readonly properties: Record<number, string>;
	readonly createdAt: number;
	changedAt: number;
}

/** One row of a resource's schedule; minutes after midnight in its zone. */
export interface SlotRow {
	readonly id: number;
	readonly from: number;
	readonly to: number;
	readonly timezone: string;
	readonly weekDays: readonly string[];
	readonly slotSize: number;
}

/** Somebody or something that is booked. */
export interface Resource {
	readonly id: number;
	readonly typeId: number;
	name: string;
	description: string | null;
	isMain: 'Y' | 'N';
	slots: readonly SlotRow[];
}

export interface ResourceType {
	readonly id: number;
	readonly code: string;
	readonly name: string;
}

/** A moment as booking writes it: unix seconds and a zone. */
export interface BookingMoment {
	readonly timestamp: number;
	readonly timezone: string;
}

export interface BookingClient {
	readonly id: number;
	readonly type: { readonly module: string; readonly code: string };
}

export interface ExternalData {
	readonly moduleId: string;
	readonly entityTypeId: string;
	readonly value: string;
}

/** A booking; a deleted one leaves nothing behind. */
export interface Booking {
	readonly id: number;
	name: string | null;
	description: string | null;
	resourceIds: readonly number[];
	from: BookingMoment;
	to: BookingMoment;
	clients: readonly BookingClient[];
	external: readonly ExternalData[];
}

/** An entry of somebody's calendar. */
export interface CalendarEvent {
	readonly id: number;
	readonly ownerId: number;
	name: string;
	fromSeconds: number;
	toSeconds: number;
	zone: string;
	allDay: boolean;
	accessibility: string;
	description: string;
	crmFields: readonly string[];
	attendees: readonly number[];
	/** Weekly repetitions after the first; 0 for a single entry. */
	repeats: number;
}

/** A day off in the absence chart; both dates inclusive, `YYYY-MM-DD`. */
export interface Absence {
	readonly userId: number;
	readonly from: string;
	readonly to: string;
}

/** A phone or an address of a card. */
export interface Multifield {
	readonly id: number;
	readonly typeId: string;
	readonly valueType: string;
	readonly value: string;
}

/** An element of the CRM: lead, deal, contact or company. User fields keep their original names. */
export interface Item {
	readonly id: number;
	readonly values: Record<string, unknown>;
	fm: readonly Multifield[];
}

export interface Stage {
	readonly id: string;
	readonly name: string;
	readonly sort: number;
	readonly semantics: 'S' | 'F' | null;
}

/** A pipeline of deals; the default one has the id 0 and stages without a prefix. */
export interface Pipeline {
	readonly id: number;
	readonly name: string;
	readonly stages: readonly Stage[];
}

export interface StageMove {
	readonly id: number;
	readonly entityTypeId: number;
	readonly ownerId: number;
	readonly categoryId: number;
	readonly stageId: string;
	readonly at: number;
}

export interface ProductRow {
	readonly id: number;
	readonly ownerType: string;
	readonly ownerId: number;
	readonly productId: number;
	readonly productName: string;
	readonly price: number;
	readonly quantity: number;
}

export interface Activity {
	readonly id: number;
	readonly ownerTypeId: number;
	readonly ownerId: number;
	readonly title: string;
	readonly deadline: number;
	readonly responsibleId: number;
}

/** A field the portal's administrator added; `name` starts with `UF_CRM_`. */
export interface UserField {
	readonly name: string;
	readonly type: 'string' | 'integer' | 'double' | 'boolean' | 'datetime' | 'date' | 'employee';
}
