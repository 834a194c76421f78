import type { ColumnTypes, Migration } from './migration';

const catalogue = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table crm_company (
		tenant ${text} not null primary key,
		name ${text} not null,
		zone ${text} not null,
		currency ${text} not null,
		country ${text} not null,
		address ${text},
		phone ${text},
		working_hours ${text} not null,
		booking_notice_minutes ${integer} not null check (booking_notice_minutes >= 0),
		booking_horizon_days ${integer} not null check (booking_horizon_days >= 0),
		change_notice_minutes ${integer} not null check (change_notice_minutes >= 0),
		step_minutes ${integer} not null check (step_minutes >= 5),
		updated_at ${text} not null
	) ${table}`,
	`create table crm_category (
		tenant ${text} not null,
		id ${text} not null,
		title ${text} not null,
		position ${integer} not null,
		primary key (tenant, id)
	) ${table}`,
	`create unique index crm_category_title on crm_category (tenant, title)`,
	`create table crm_service (
		tenant ${text} not null,
		id ${text} not null,
		category_id ${text},
		title ${text} not null,
		aliases ${text} not null,
		price_min ${integer},
		price_max ${integer},
		duration_minutes ${integer} not null check (duration_minutes > 0),
		buffer_before_minutes ${integer} not null check (buffer_before_minutes >= 0),
		buffer_after_minutes ${integer} not null check (buffer_after_minutes >= 0),
		capacity ${integer} not null check (capacity > 0),
		active ${integer} not null,
		online ${integer} not null,
		updated_at ${text} not null,
		primary key (tenant, id)
	) ${table}`,
	`create table crm_staff (
		tenant ${text} not null,
		id ${text} not null,
		name ${text} not null,
		position ${text},
		active ${integer} not null,
		bookable ${integer} not null,
		updated_at ${text} not null,
		schedule_updated_at ${text} not null,
		primary key (tenant, id)
	) ${table}`,
	`create table crm_staff_service (
		tenant ${text} not null,
		staff_id ${text} not null,
		service_id ${text} not null,
		duration_minutes ${integer} check (duration_minutes > 0),
		price_min ${integer},
		price_max ${integer},
		primary key (tenant, staff_id, service_id)
	) ${table}`,
	`create table crm_schedule (
		tenant ${text} not null,
		staff_id ${text} not null,
		weekday ${integer} not null check (weekday between 1 and 7),
		hours ${text} not null,
		breaks ${text} not null,
		primary key (tenant, staff_id, weekday)
	) ${table}`,
	`create table crm_schedule_exception (
		tenant ${text} not null,
		staff_id ${text} not null,
		date ${text} not null,
		hours ${text} not null,
		breaks ${text} not null,
		primary key (tenant, staff_id, date)
	) ${table}`,
	`create table crm_resource (
		tenant ${text} not null,
		id ${text} not null,
		title ${text} not null,
		capacity ${integer} not null check (capacity > 0),
		active ${integer} not null,
		primary key (tenant, id)
	) ${table}`,
	`create table crm_service_resource (
		tenant ${text} not null,
		service_id ${text} not null,
		resource_id ${text} not null,
		primary key (tenant, service_id, resource_id)
	) ${table}`,
];

const visits = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table crm_client (
		tenant ${text} not null,
		id ${text} not null,
		name ${text},
		phone ${text},
		name_key ${text},
		search ${text} not null,
		blocked ${integer} not null,
		notes ${text},
		created_at ${text} not null,
		updated_at ${text} not null,
		primary key (tenant, id)
	) ${table}`,
	`create unique index crm_client_person on crm_client (tenant, phone, name_key)`,
	`create index crm_client_changed on crm_client (tenant, updated_at, id)`,
	`create table crm_appointment (
		tenant ${text} not null,
		id ${text} not null,
		client_id ${text} not null,
		staff_id ${text} not null,
		starts_at ${text} not null,
		ends_at ${text} not null,
		busy_from ${text} not null,
		busy_to ${text} not null,
		shared_by ${text},
		status ${text} not null check (status in ('booked', 'confirmed', 'arrived', 'cancelled', 'no_show')),
		comment ${text},
		guest_name ${text},
		version ${integer} not null,
		created_at ${text} not null,
		updated_at ${text} not null,
		primary key (tenant, id),
		check (starts_at < ends_at)
	) ${table}`,
	`create index crm_appointment_start on crm_appointment (tenant, starts_at)`,
	`create index crm_appointment_busy on crm_appointment (tenant, busy_to)`,
	`create index crm_appointment_client on crm_appointment (tenant, client_id, starts_at)`,
	`create index crm_appointment_changed on crm_appointment (tenant, updated_at, id)`,
	`create table crm_appointment_line (
		tenant ${text} not null,
		appointment_id ${text} not null,
		position ${integer} not null,
		service_id ${text} not null,
		duration_minutes ${integer} not null,
		price_min ${integer},
		price_max ${integer},
		primary key (tenant, appointment_id, position)
	) ${table}`,
	`create table crm_appointment_resource (
		tenant ${text} not null,
		appointment_id ${text} not null,
		resource_id ${text} not null,
		primary key (tenant, appointment_id, resource_id)
	) ${table}`,
	`create table crm_busy (
		tenant ${text} not null,
		calendar_id ${text} not null,
		granule ${integer} not null,
		seat ${integer} not null,
		appointment_id ${text} not null,
		shared_by ${text},
		primary key (tenant, calendar_id, granule, seat)
	) ${table}`,
	`create index crm_busy_appointment on crm_busy (tenant, appointment_id)`,
	`create table crm_operation (
		tenant ${text} not null,
		key ${text} not null,
		kind ${text} not null,
		appointment_id ${text} not null,
		created_at ${text} not null,
		primary key (tenant, key)
	) ${table}`,
	`create table crm_goods_sale (
		tenant ${text} not null,
		id ${text} not null,
		client_id ${text},
		staff_id ${text},
		appointment_id ${text},
		sold_at ${text} not null,
		updated_at ${text} not null,
		primary key (tenant, id)
	) ${table}`,
	`create index crm_goods_sale_changed on crm_goods_sale (tenant, updated_at, id)`,
	`create table crm_goods_sale_line (
		tenant ${text} not null,
		sale_id ${text} not null,
		position ${integer} not null,
		title ${text} not null,
		quantity ${integer} not null check (quantity > 0),
		unit_price ${integer} not null,
		primary key (tenant, sale_id, position)
	) ${table}`,
];

/** The embedded CRM: company, catalogue, schedules, clients, visits, taken time, operations, goods. */
export const builtinCrm: Migration = {
	id: '0002-builtin-crm',
	statements: (types) => [...catalogue(types), ...visits(types)],
};
