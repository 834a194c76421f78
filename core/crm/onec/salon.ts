import { minorOf, ok, type Outcome, type PriceRange, refused } from '../../booking';
import { mergeSalon, type Salon, type VendorSalon, type VendorService, type VendorStaff } from '../computed';
import type { ServiceMapping } from './base-mapping';
import * as calls from './calls';
import type { Context } from './context';
import { datetime, guid } from './odata';
import { pagesOf, readAll } from './pages';
import { readSchedules } from './schedule';
import { keyIn, linesIn, numberIn, OBJECT, type ObjectWire, ROW, type Row, textIn } from './wire';
import { wallOf } from './wall-time';

/** The salon of a base: catalogs of 1C, and the plan over what no catalog tells. */
export async function readSalon(context: Context): Promise<Outcome<Salon>> {
	const { mapping, plan } = context;
	const { zone, currency } = plan.company;
	if (zone === undefined) return refused('invalid_request', '1C keeps no time zone; set company.zone in the salon plan, for example Europe/Moscow.');
	// in two waves: every question that is on its way may hold a licence of the base
	const [company, services, folders] = await Promise.all([readCompany(context), readAll(context.transport, catalog('services', mapping.service, mapping.allowedOnly)), readFolders(context)]);
	if (company.kind !== 'ok') return company;
	if (services.kind !== 'ok') return services;
	if (folders.kind !== 'ok') return folders;
	const [staff, prices, schedules] = await Promise.all([
		readAll(context.transport, catalog('staff', mapping.staff, mapping.allowedOnly)),
		readPrices(context, zone, currency ?? null),
		mapping.schedule === null ? ok(null) : readSchedules(context, mapping.schedule, zone),
	]);
	if (staff.kind !== 'ok') return staff;
	if (prices.kind !== 'ok') return prices;
	if (schedules.kind !== 'ok') return schedules;
	const named = staff.value.filter(({ Ref_Key: id }) => mapping.staff.ids.length === 0 || mapping.staff.ids.includes(id));
	const vendor: VendorSalon = {
		company: company.value,
		services: services.value.map((row): VendorService => ({
			id: row.Ref_Key,
			title: textIn(row, mapping.service.name) || row.Ref_Key,
			category: folders.value.get(keyIn(row, mapping.service.category) ?? '') ?? null,
			price: prices.value.get(row.Ref_Key) ?? null,
			durationMinutes: minutesOf(mapping.service, row),
			active: !row.DeletionMark,
		})),
		staff: named.map((row): VendorStaff => ({
			id: row.Ref_Key,
			name: textIn(row, mapping.staff.name) || row.Ref_Key,
			position: textIn(row, mapping.staff.position) || null,
			active: !row.DeletionMark,
			...(schedules.value === null ? {} : { schedule: schedules.value(row.Ref_Key) }),
		})),
	};
	return mergeSalon(plan, vendor);
}

interface Listed {
	readonly entity: string;
	readonly filter: string;
}

/** Objects of a catalog in a stable order. */
export function catalog(name: string, { entity, filter }: Listed, allowedOnly: boolean) {
	return { name, set: entity, options: { filter, orderby: 'Ref_Key', allowedOnly }, schema: OBJECT, idOf: (row: ObjectWire) => row.Ref_Key };
}

async function readCompany({ transport, mapping: { company, allowedOnly } }: Context): Promise<Outcome<VendorSalon['company']>> {
	const filter = company.id === null ? 'DeletionMark eq false' : `Ref_Key eq ${guid(company.id)}`;
	const answer = await transport.read(calls.list('company', company.entity, { filter, orderby: 'Ref_Key', top: 1, allowedOnly }, OBJECT));
	if (answer.kind !== 'ok') return answer;
	const [row] = answer.value;
	if (row === undefined) return refused('not_found', `The set ${company.entity} has no such company; name another one in "company" of the mapping.`);
	const contacts = company.contactInfo === null ? [] : (linesIn(row, company.contactInfo) ?? []);
	const contact = (kind: string): string | null => contacts.map((line) => (textIn(line, 'Тип') === kind ? textIn(line, 'Представление') : '')).find((text) => text !== '') ?? null;
	return ok({ id: row.Ref_Key, name: textIn(row, company.name) || row.Ref_Key, zone: null, currency: null, country: null, address: contact('Адрес'), phone: contact('Телефон') });
}

/** Names of the groups services stand in. */
async function readFolders({ transport, mapping: { service, allowedOnly } }: Context): Promise<Outcome<ReadonlyMap<string, string>>> {
	if (service.category !== 'Parent_Key') return ok(new Map());
	const rows = await readAll(transport, catalog('service_groups', { entity: service.entity, filter: 'IsFolder eq true' }, allowedOnly));
	return rows.kind === 'ok' ? ok(new Map(rows.value.map((row) => [row.Ref_Key, textIn(row, service.name)]))) : rows;
}

const UNITS: Readonly<Record<ServiceMapping['durationUnit'], number>> = { minutes: 1, hours: 60, seconds: 1 / 60 };

/** Length of a service in whole minutes; the mapping's own where the catalog has none. */
export function minutesOf({ duration, durationUnit, defaultDurationMin }: ServiceMapping, row: Row): number {
	const held = (numberIn(row, duration) ?? 0) * UNITS[durationUnit];
	return held > 0 && held <= 1440 ? Math.ceil(held) : defaultDurationMin;
}

const PRICES_PAGE = 1000;

/** Prices of today by service. Two prices for one service, with no word on which kind is the client's, are none. */
async function readPrices({ transport, mapping: { service, allowedOnly }, clock, count }: Context, zone: string, currency: string | null): Promise<Outcome<ReadonlyMap<string, PriceRange>>> {
	const { price } = service;
	const prices = new Map<string, PriceRange>();
	if (price === null || currency === null) return ok(prices);
	const isSlice = price.from.endsWith('/SliceLast');
	const filter = price.priceTypeField === null || price.priceType === null ? '' : `${price.priceTypeField} eq ${guid(price.priceType)}`;
	const source = {
		name: 'prices',
		set: price.from,
		...(isSlice ? { argument: `Period=${datetime(wallOf(clock(), zone))}` } : {}),
		pageSize: PRICES_PAGE,
		options: { filter, orderby: [price.key, price.priceTypeField].filter((field) => field !== null).join(','), allowedOnly },
		schema: ROW,
		idOf: (row: Row) => keyIn(row, price.key) ?? '',
	};
	const amounts = new Map<string, Set<number>>();
	for await (const page of pagesOf(transport, source)) {
		if (page.kind !== 'ok') return page;
		for (const row of page.value.rows) {
			const [id, amount] = [keyIn(row, price.key), numberIn(row, price.value)];
			if (id === null || amount === null || amount < 0 || amount > 1e9) continue;
			amounts.set(id, (amounts.get(id) ?? new Set()).add(amount));
		}
	}
	for (const [id, values] of amounts) {
		const [amount] = values;
		if (values.size > 1) count('service.price');
		else if (amount !== undefined) prices.set(id, { min: minorOf(amount, currency), max: minorOf(amount, currency), currency });
	}
	return ok(prices);
}
