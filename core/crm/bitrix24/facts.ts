import type { Outcome } from '../../booking';
import { mergeSalon, type Salon, type VendorSalon } from '../computed';
import { kept } from '../http';
import { readServices } from './catalogue';
import { readCompany } from './company';
import type { Context } from './context';
import { type FieldForms, readFieldForms } from './fields';
import { readEmployees, readResources } from './people';

/** What changes rarely and is asked for by every operation; kept for a short time, failures never. */
export interface Facts {
	salon(context: Context): Promise<Outcome<Salon>>;
	forms(context: Context): Promise<Outcome<FieldForms>>;
}

const SALON_MS = 60_000;

/** Facts of one portal, to be kept over the calls of one credential and its settings. */
export function createFacts(): Facts {
	return { salon: kept(SALON_MS, readSalon), forms: kept(SALON_MS, readFieldForms) };
}

async function readSalon(context: Context): Promise<Outcome<Salon>> {
	const { settings } = context;
	const [forms, company, services, people] = await Promise.all([
		context.facts.forms(context),
		readCompany(context),
		readServices(context),
		settings.mode === 'booking' ? readResources(context) : readEmployees(context),
	]);
	if (forms.kind !== 'ok') return forms;
	if (company.kind !== 'ok') return company;
	if (services.kind !== 'ok') return services;
	if (people.kind !== 'ok') return people;
	const { plan } = settings;
	const vendor: VendorSalon = {
		company: { ...company.value, zone: people.value.zone, currency: services.value.currency, country: null },
		services: services.value.services,
		staff: people.value.staff,
	};
	const stepMinutes = plan.company.stepMinutes ?? people.value.stepMinutes ?? undefined;
	return mergeSalon({ ...plan, company: { ...plan.company, ...(stepMinutes === undefined ? {} : { stepMinutes }) } }, vendor);
}
