/** The vendor's data. Moments are milliseconds since 1970, dates and wall times are the branch's, money is decimal units. */

export const RIGHTS = ['company', 'catalogue', 'journal', 'journal-create', 'journal-edit', 'journal-delete', 'clients', 'clients-edit', 'phones', 'finance', 'storage', 'schedule', 'hooks'] as const;
/** What an employee account may do in a branch. */
export type Right = (typeof RIGHTS)[number];

/** An employee account. */
export interface User {
	readonly id: number;
	token: string;
	readonly login: string;
	password: string;
	readonly name: string;
	readonly phone: string;
	readonly companies: Set<number>;
	readonly rights: Set<Right>;
	revoked: boolean;
}

/** `HH:mm` of one day; `to` may be `24:00`. */
export interface WallSlot {
	readonly from: string;
	readonly to: string;
}

export interface Company {
	readonly id: number;
	readonly groupId: number;
	readonly formId: number;
	title: string;
	zone: string;
	country: string;
	currency: string;
	address: string;
	phone: string;
	workingHours: WallSlot;
	stepMinutes: number;
	noticeMinutes: number;
	horizonDays: number;
	changeDelaySeconds: number;
	allowChange: boolean;
	phoneConfirmation: boolean;
	emailRequired: boolean;
	commentRequired: boolean;
	onlineBooking: boolean;
	licensed: boolean;
	privacyPolicy: string | null;
	hooks: HookSettings;
}

export const HOOK_RESOURCES = [
	'salon', 'service_category', 'service', 'good', 'master', 'client', 'record', 'goods_operations_sale', 'goods_operations_receipt',
	'goods_operations_consumable', 'goods_operations_stolen', 'goods_operations_move', 'finances_operation',
] as const;
export type HookResource = (typeof HOOK_RESOURCES)[number];

export interface HookSettings {
	urls: string[];
	active: boolean;
	on: Set<HookResource>;
}

export interface Category {
	readonly id: number;
	readonly companyId: number;
	title: string;
	weight: number;
}

export interface Service {
	readonly id: number;
	readonly salonServiceId: number;
	readonly companyId: number;
	categoryId: number;
	title: string;
	priceMin: number;
	priceMax: number;
	active: boolean;
	/** Switched on for online booking. */
	online: boolean;
	prepaid: 'forbidden' | 'allowed' | 'required';
	comment: string;
	weight: number;
	/** Seconds for each employee who does it. */
	readonly staff: Map<number, number>;
}

export interface Staff {
	readonly id: number;
	readonly companyId: number;
	name: string;
	specialization: string;
	position: { readonly id: number; readonly title: string } | null;
	fired: boolean;
	hidden: boolean;
	bookable: boolean;
	/** Hours of days without an own entry; null for none. */
	everyDay: readonly WallSlot[] | null;
	readonly days: Map<string, readonly WallSlot[]>;
	/** Last day of the published schedule. */
	scheduleTill: string;
}

export interface Client {
	readonly id: number;
	readonly companyId: number;
	name: string;
	surname: string;
	patronymic: string;
	/** Digits with country code. */
	phone: string;
	extraPhones: string[];
	email: string;
	card: string;
	sexId: number;
	importanceId: number;
	discount: number;
	birthDate: string;
	comment: string;
	categories: number[];
	customFields: Record<string, unknown>;
	blacklisted: boolean;
	readonly comments: { readonly id: number; readonly text: string; readonly at: number }[];
	readonly createdAt: number;
	changedAt: number;
}

export interface RecordService {
	readonly id: number;
	readonly title: string;
	readonly cost: number;
	readonly firstCost: number;
	readonly discount: number;
	readonly amount: number;
}

/** A visit in the journal. */
export interface BookingRecord {
	readonly id: number;
	readonly companyId: number;
	readonly visitId: number;
	readonly documentId: number;
	readonly hash: string;
	staffId: number;
	clientId: number | null;
	services: readonly RecordService[];
	start: number;
	seanceLength: number;
	breakSeconds: number;
	comment: string;
	attendance: number;
	confirmed: number;
	apiId: string;
	labels: readonly string[];
	customFields: Record<string, unknown>;
	customColor: string;
	smsRemainHours: number;
	emailRemainHours: number;
	activityId: number;
	readonly online: boolean;
	readonly createdUserId: number;
	readonly createdAt: number;
	changedAt: number;
	deleted: boolean;
}

/** Quantities are those of the storage: a sale is negative. */
export interface GoodsTransaction {
	readonly id: number;
	readonly companyId: number;
	readonly documentId: number;
	readonly typeId: number;
	readonly good: { readonly id: number; readonly title: string };
	readonly amount: number;
	readonly costPerUnit: number;
	readonly cost: number;
	readonly discount: number;
	readonly staffId: number | null;
	readonly clientId: number | null;
	readonly recordId: number;
	readonly visitId: number;
	readonly comment: string;
	readonly createdAt: number;
	changedAt: number;
}

export interface Payment {
	readonly id: number;
	readonly companyId: number;
	readonly documentId: number;
	readonly at: number;
	readonly amount: number;
	readonly comment: string;
	readonly expense: { readonly id: number; readonly title: string };
	readonly account: { readonly id: number; readonly title: string; readonly isCash: boolean };
	readonly clientId: number | null;
	readonly staffId: number | null;
	readonly recordId: number;
	readonly visitId: number;
	readonly soldItemId: number;
	readonly soldItemType: 'service' | 'goods_transaction' | 'loyalty_abonement' | 'loyalty_certificate';
	deleted: boolean;
}

export interface Good {
	readonly id: number;
	readonly companyId: number;
	title: string;
	cost: number;
	categoryId: number;
}
