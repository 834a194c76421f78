import { type Company, type Outcome, ok, refused, type Service, type StaffMember } from '../../../booking';
import type { Catalogue } from '../choice';
import { unsupported } from '../handoff';
import { kept } from '../kept';
import { manualCompany, manualServices, manualStaff } from '../manual';
import { priceOf } from '../money';
import type { Settings } from '../settings';
import * as calls from './calls';
import type { Source } from './context';
import { phoneOf } from './mapping';
import type { CompanyWire, ServiceWire, StaffWire } from './wire';

const COMPANY_MS = 600_000;
const CATALOGUE_MS = 60_000;

/** Facts of one gateway and its settings; each reading is made with the functions of whoever asks. */
export interface GatewayFacts {
	company(asking: Source): Promise<Outcome<Company>>;
	catalogue(asking: Source): Promise<Outcome<Catalogue>>;
}

export function createGatewayFacts(): GatewayFacts {
	return { company: kept(COMPANY_MS, readCompany), catalogue: kept(CATALOGUE_MS, readCatalogue) };
}

async function readCompany(source: Source): Promise<Outcome<Company>> {
	const { settings, companyId, transport } = source;
	const byHand = manualCompany(settings, companyId);
	if (!settings.commands.includes('company.get')) return ok(byHand);
	const answer = await transport.read(calls.company(source));
	if (answer.kind !== 'ok') return answer;
	const { id, name, timezone, currency, address, phone } = answer.value;
	if (id !== companyId) return refused('not_allowed', 'The gateway answers for another company; compare the company id on both sides.');
	const other = differing(settings, answer.value);
	if (other !== null) return refused('invalid_request', `The gateway and the credential name a different ${other}; every time and price would be read wrongly. Make them the same.`);
	return ok({ ...byHand, name, zone: timezone ?? byHand.zone, currency: currency ?? byHand.currency, address: address.trim() === '' ? byHand.address : address.trim(), phone: phoneOf(phone, settings.country) ?? byHand.phone });
}

function differing({ zone, currency }: Settings, told: CompanyWire): string | null {
	if (told.timezone !== null && told.timezone !== undefined && told.timezone !== zone) return 'time zone';
	return told.currency !== null && told.currency !== undefined && told.currency !== currency ? 'currency' : null;
}

async function readCatalogue(source: Source): Promise<Outcome<Catalogue>> {
	const { settings, transport } = source;
	const [services, staff] = await Promise.all([
		settings.commands.includes('services.list') ? transport.read(calls.services(source)) : ok(null),
		settings.commands.includes('staff.list') ? transport.read(calls.staff(source)) : ok(null),
	]);
	if (services.kind !== 'ok') return services;
	if (staff.kind !== 'ok') return staff;
	const found = {
		services: services.value?.map((wire) => serviceOf(wire, settings)) ?? manualServices(settings, true),
		staff: staff.value?.map(staffOf) ?? manualStaff(settings, true),
	};
	if (services.value === null && found.services.length === 0) return unsupported('The gateway does not list services, and none are set by hand; tick services.list or fill in the list.');
	if (staff.value === null && found.staff.length === 0) return unsupported('The gateway does not list staff, and nobody is set by hand; tick staff.list or fill in the list.');
	return ok(found);
}

function serviceOf({ id, name, price, duration_min: durationMinutes, active, category }: ServiceWire, { currency }: Settings): Service {
	return { id, title: name, aliases: [], category: category.trim() === '' ? null : category.trim(), price: priceOf(price, price, currency), durationMinutes, active, bookableOnline: active };
}

function staffOf({ id, name, position, active, service_ids: serviceIds }: StaffWire): StaffMember {
	return { id, name, position: position.trim() === '' ? null : position.trim(), active, bookable: active, services: serviceIds.map((serviceId) => ({ serviceId })) };
}
