import type { AppointmentStatus } from '../../booking';

/**
 * The embedded CRM. Instants are UTC ISO text with milliseconds, dates `YYYY-MM-DD`, booleans 0 and 1, money minor
 * units of the company's currency, durations minutes. «JSON» columns are checked by a schema when they are read.
 */

export interface CrmCompanyTable {
	tenant: string;
	name: string;
	zone: string;
	currency: string;
	/** ISO 3166 country by which a phone without a country code is read. */
	country: string;
	address: string | null;
	phone: string | null;
	/** JSON: ISO weekday to ranges. */
	working_hours: string;
	booking_notice_minutes: number;
	booking_horizon_days: number;
	change_notice_minutes: number;
	step_minutes: number;
	updated_at: string;
}

export interface CrmCategoryTable {
	tenant: string;
	id: string;
	title: string;
	position: number;
}

export interface CrmServiceTable {
	tenant: string;
	id: string;
	category_id: string | null;
	title: string;
	/** JSON: array of text. */
	aliases: string;
	price_min: number | null;
	price_max: number | null;
	duration_minutes: number;
	buffer_before_minutes: number;
	buffer_after_minutes: number;
	capacity: number;
	active: number;
	online: number;
	updated_at: string;
}

export interface CrmStaffTable {
	tenant: string;
	id: string;
	name: string;
	position: string | null;
	active: number;
	bookable: number;
	updated_at: string;
	schedule_updated_at: string;
}

export interface CrmStaffServiceTable {
	tenant: string;
	staff_id: string;
	service_id: string;
	duration_minutes: number | null;
	price_min: number | null;
	price_max: number | null;
}

export interface CrmScheduleTable {
	tenant: string;
	staff_id: string;
	/** 1 is Monday, 7 is Sunday. */
	weekday: number;
	/** JSON: array of ranges. */
	hours: string;
	/** JSON: array of ranges. */
	breaks: string;
}

export interface CrmScheduleExceptionTable {
	tenant: string;
	staff_id: string;
	date: string;
	/** JSON: array of ranges; an empty one is a day off. */
	hours: string;
	/** JSON: array of ranges. */
	breaks: string;
}

export interface CrmResourceTable {
	tenant: string;
	id: string;
	title: string;
	capacity: number;
	active: number;
}

export interface CrmServiceResourceTable {
	tenant: string;
	service_id: string;
	resource_id: string;
}

export interface CrmClientTable {
	tenant: string;
	id: string;
	/** Null only after erasure. */
	name: string | null;
	phone: string | null;
	/** Folded name: with the phone it tells one person's card from a relative's. */
	name_key: string | null;
	/** Folded name and digits of the phone. */
	search: string;
	blocked: number;
	notes: string | null;
	created_at: string;
	updated_at: string;
}

export interface CrmAppointmentTable {
	tenant: string;
	id: string;
	client_id: string;
	staff_id: string;
	starts_at: string;
	ends_at: string;
	/** Start less the buffer before. */
	busy_from: string;
	/** End plus the buffer after. */
	busy_to: string;
	/** The group service whose visits may share the person's time; null takes the person whole. */
	shared_by: string | null;
	status: AppointmentStatus;
	comment: string | null;
	guest_name: string | null;
	version: number;
	created_at: string;
	updated_at: string;
}

export interface CrmAppointmentLineTable {
	tenant: string;
	appointment_id: string;
	position: number;
	service_id: string;
	duration_minutes: number;
	/** Price when the visit was booked. */
	price_min: number | null;
	price_max: number | null;
}

export interface CrmAppointmentResourceTable {
	tenant: string;
	appointment_id: string;
	resource_id: string;
}

/** Taken time, five minutes a row: the primary key is what makes a double booking impossible. */
export interface CrmBusyTable {
	tenant: string;
	/** `staff:`, `resource:` or `client:` and the id. */
	calendar_id: string;
	/** Five-minute periods since the epoch. */
	granule: number;
	seat: number;
	appointment_id: string;
	shared_by: string | null;
}

export interface CrmOperationTable {
	tenant: string;
	key: string;
	kind: 'create' | 'reschedule' | 'cancel';
	appointment_id: string;
	created_at: string;
}

export interface CrmGoodsSaleTable {
	tenant: string;
	id: string;
	client_id: string | null;
	staff_id: string | null;
	appointment_id: string | null;
	sold_at: string;
	updated_at: string;
}

export interface CrmGoodsSaleLineTable {
	tenant: string;
	sale_id: string;
	position: number;
	title: string;
	quantity: number;
	unit_price: number;
}

/** Tables of the embedded CRM. */
export interface BuiltinCrmTables {
	crm_company: CrmCompanyTable;
	crm_category: CrmCategoryTable;
	crm_service: CrmServiceTable;
	crm_staff: CrmStaffTable;
	crm_staff_service: CrmStaffServiceTable;
	crm_schedule: CrmScheduleTable;
	crm_schedule_exception: CrmScheduleExceptionTable;
	crm_resource: CrmResourceTable;
	crm_service_resource: CrmServiceResourceTable;
	crm_client: CrmClientTable;
	crm_appointment: CrmAppointmentTable;
	crm_appointment_line: CrmAppointmentLineTable;
	crm_appointment_resource: CrmAppointmentResourceTable;
	crm_busy: CrmBusyTable;
	crm_operation: CrmOperationTable;
	crm_goods_sale: CrmGoodsSaleTable;
	crm_goods_sale_line: CrmGoodsSaleLineTable;
}
