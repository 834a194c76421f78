import { minorOf, ok, type Outcome, type Refused, refused } from '../../booking';
import { mergeSalon, type Salon, type VendorService, type VendorStaff } from '../computed';
import { kept } from '../http';
import * as calls from './calls';
import type { Context } from './context';
import { numberIn, textIn, valuesOf } from './mapping';
import { readPages } from './pages';
import { LOST, type Settings, WON } from './settings';
import type { AccountWire, CustomFieldWire, PipelineWire } from './wire';

/** The account as it is, checked against the settings. */
export interface Account {
	readonly wire: AccountWire;
	/** False: lists come unfiltered, whatever is asked. */
	readonly filters: boolean;
	readonly fields: ReadonlyMap<string, CustomFieldWire>;
}

/** What changes rarely and is asked for by every operation; kept for a short time, failures never. */
export interface Facts {
	account(context: Context): Promise<Outcome<Account>>;
	salon(context: Context): Promise<Outcome<Salon>>;
}

const ACCOUNT_MS = 600_000;
const SALON_MS = 60_000;

export function createFacts(): Facts {
	return { account: kept(ACCOUNT_MS, readAccount), salon: kept(SALON_MS, readSalon) };
}

async function readAccount(context: Context): Promise<Outcome<Account>> {
	const { transport, settings } = context;
	const [account, fields, pipelines] = await Promise.all([transport.read(calls.account()), readPages(context, calls.leadFields), transport.read(calls.pipelines())]);
	if (account.kind !== 'ok') return account;
	if (fields.kind !== 'ok') return fields;
	if (pipelines.kind !== 'ok') return pipelines;
	const found = { wire: account.value, filters: account.value.is_api_filter_enabled ?? true, fields: new Map(fields.value.map((field) => [field.id, field])) };
	return fieldProblem(settings, found.fields) ?? stageProblem(settings, pipelines.value.items) ?? ok(found);
}

const FIELD_TYPES: Readonly<Record<keyof Settings['fields'], readonly string[]>> = {
	start: ['date_time'],
	duration: ['numeric'],
	specialist: ['select', 'radiobutton'],
	operation: ['text'],
	services: ['text', 'textarea'],
	comment: ['text', 'textarea'],
};

/** A field that is not there, or of a type that cannot hold what it is for. */
function fieldProblem({ fields }: Settings, held: ReadonlyMap<string, CustomFieldWire>): Refused | null {
	for (const [name, types] of Object.entries(FIELD_TYPES)) {
		const id = fields[name as keyof Settings['fields']];
		if (id === undefined) continue;
		const field = held.get(id);
		if (field === undefined) return refused('invalid_request', `The setting fields.${name} names a field that leads do not have; choose a field of leads of the type ${types.join(' or ')}.`);
		if (!types.includes(field.type)) return refused('invalid_request', `The setting fields.${name} names a field of another type; choose a field of leads of the type ${types.join(' or ')}.`);
	}
	return null;
}

function stageProblem({ pipelineId, statuses, desk }: Settings, pipelines: readonly PipelineWire[]): Refused | null {
	const wanted = [
		{ where: 'pipelineId', pipeline: pipelineId, stages: Object.entries(statuses).map(([name, id]) => [`statuses.${name}`, id] as const) },
		...(desk === undefined ? [] : [{ where: 'desk.pipelineId', pipeline: desk.pipelineId, stages: Object.entries(desk.stages).map(([name, id]) => [`desk.stages.${name}`, id] as const) }]),
	];
	for (const { where, pipeline, stages } of wanted) {
		const found = pipelines.find(({ id }) => id === pipeline);
		if (found === undefined) return refused('invalid_request', `The setting ${where} names a pipeline the account does not have; choose one of its pipelines.`);
		if (found.is_archive) return refused('invalid_request', `The setting ${where} names a pipeline that is in the archive; choose another one.`);
		const known = new Set([WON, LOST, ...found._embedded.statuses.map(({ id }) => id)]);
		const wrong = stages.find(([, id]) => id !== undefined && !known.has(id));
		if (wrong !== undefined) return refused('invalid_request', `The setting ${wrong[0]} names a stage of another pipeline; choose a stage of the one in ${where}.`);
	}
	if (statuses.booked === statuses.cancelled || statuses.arrived === statuses.cancelled || statuses.booked === statuses.arrived) {
		return refused('invalid_request', 'The settings give one stage two meanings; choose different stages in statuses for booked, arrived and cancelled.');
	}
	return null;
}

async function readSalon(context: Context): Promise<Outcome<Salon>> {
	const { brand, settings } = context;
	const account = await context.facts.account(context);
	if (account.kind !== 'ok') return account;
	const { wire } = account.value;
	const currency = /^[A-Z]{3}$/.test(wire.currency) ? wire.currency : brand.currency;
	const [services, staff] = await Promise.all([readServices(context, settings.plan.company.currency ?? currency), readStaff(context, account.value)]);
	if (services.kind !== 'ok') return services;
	if (staff.kind !== 'ok') return staff;
	const zone = wire._embedded?.datetime_settings?.timezone ?? '';
	return mergeSalon(settings.plan, {
		company: { id: wire.id, name: wire.name, zone: zone === '' ? null : zone, currency, country: /^[A-Z]{2}$/.test(wire.country) ? wire.country : brand.country },
		services: services.value,
		staff: staff.value,
	});
}

async function readServices(context: Context, currency: string): Promise<Outcome<readonly VendorService[] | null>> {
	const { catalogId, catalogFields } = context.settings;
	if (catalogId === undefined) return ok(null);
	const elements = await readPages(context, (page) => calls.elements(catalogId, page));
	if (elements.kind === 'refused' && elements.reason === 'not_found') return refused('invalid_request', 'The setting catalogId names a list the account does not have; choose one of its lists.');
	if (elements.kind !== 'ok') return elements;
	return ok(
		elements.value
			.filter((element) => !element.is_deleted)
			.map((element): VendorService => {
				const values = valuesOf(element.custom_fields_values);
				const price = numberIn(catalogFields.price === undefined ? (values.byCode('PRICE') ?? null) : values.first(catalogFields.price));
				const minutes = catalogFields.duration === undefined ? null : numberIn(values.first(catalogFields.duration));
				const minor = price === null || price < 0 || price > 1e9 ? null : minorOf(price, currency);
				return {
					id: element.id,
					title: element.name,
					price: minor === null ? null : { min: minor, max: minor, currency },
					durationMinutes: minutes !== null && Number.isInteger(minutes) && minutes > 0 && minutes <= 1440 ? minutes : null,
				};
			}),
	);
}

async function readStaff(context: Context, { fields }: Account): Promise<Outcome<readonly VendorStaff[]>> {
	const { specialist } = context.settings.fields;
	if (specialist !== undefined) return ok((fields.get(specialist)?.enums ?? []).map(({ id, value }) => ({ id, name: textIn(value) })));
	const users = await readPages(context, calls.users);
	if (users.kind !== 'ok') return users;
	return ok(users.value.map(({ id, name, rights }) => ({ id, name, active: rights?.is_active ?? true })));
}
