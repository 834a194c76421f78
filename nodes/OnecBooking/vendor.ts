import type { INodeListSearchResult } from 'n8n-workflow';
import { createFacts, createOnecCrm, createOnecReader, createOnecTransport, interfaceUrl, office, type OnecCrm, parseMapping, RATE_WINDOWS } from '../../core/crm/onec';
import { parsePlan, type SalonPlanInput } from '../../core/crm/computed';
import type { Transport } from '../../core/crm/http';
import { has } from '../shared/booking/locators';
import { ParameterError, valueOf } from '../shared/errors';
import { textOf } from '../shared/fields';
import { transportParts } from '../shared/vendor/account';
import type { CrmVendor, Opening, VendorAccount, VendorSearch } from '../shared/vendor/vendor';
import { NO_PRESET, SETTINGS } from './settings';

/** A base of 1C, and what its own operations work with. */
export interface OnecAccount extends VendorAccount {
	readonly crm: OnecCrm;
	readonly office: office.Office;
	/** The mapping in use, as Check Mapping reads it. */
	readonly mapping: unknown;
	/** IANA zone of the base's wall clock. */
	readonly zone: string;
}

const MOST_FOUND = 50;

/** 1C in its own node and in Booking CRM. */
export const ONEC_BOOKING: CrmVendor<OnecAccount> = {
	value: 'onec',
	name: '1C',
	description: 'A base of 1C:Enterprise published through OData',
	signIns: [{ value: 'basic', name: 'Basic', credential: 'aiAdminOnecApi' }],
	settings: SETTINGS,
	open: openBase,
	searches: {
		searchOnecAccumulationRegisters: setSearch('AccumulationRegister'),
		searchOnecCatalogItems: objectSearch('catalog'),
		searchOnecCatalogs: setSearch('Catalog'),
		searchOnecDocumentItems: objectSearch('document'),
		searchOnecDocuments: setSearch('Document', 'Task', 'BusinessProcess'),
		searchOnecInformationRegisters: setSearch('InformationRegister'),
	},
};

function openBase(opening: Opening): OnecAccount {
	const url = addressOf(opening);
	const preset = textOf(opening.setting('preset'));
	const mapping = parseMapping(opening.setting('baseMapping'), preset === NO_PRESET ? null : preset);
	const plan = planOf(opening.setting('salonPlan'));
	const transport = transportOf(opening, url);
	const identity = [url, mapping, plan];
	const facts = opening.kept('facts', identity, createFacts);
	const crm = createOnecCrm({ transport, account: url, mapping, plan, lock: opening.lock(url), clock: opening.clock, facts, onUnknownValue: opening.onUnknownValue });
	return {
		crm, transport, identity, mapping,
		reader: createOnecReader({ mapping, plan, onUnknownValue: opening.onUnknownValue }),
		office: { transport, facts },
		zone: parsePlan(plan).company.zone ?? 'UTC',
		findClients: (part) => (part.replace(/\D/g, '').length >= PHONE_DIGITS ? crm.findClient(part) : crm.clientsLike(part)),
		rawItems: rowsIn,
	};
}

/** Fewer digits are no phone to look a client up by. */
const PHONE_DIGITS = 7;

function planOf(value: unknown): SalonPlanInput | string {
	return typeof value === 'object' && value !== null ? (value as SalonPlanInput) : textOf(value);
}

function addressOf({ credential }: Opening): string {
	if (textOf(credential.baseUrl) === '') throw new ParameterError('The credential names no base', 'Enter the address of the base in the credential, for example https://1c.example.com/base.');
	return interfaceUrl(textOf(credential.baseUrl));
}

function transportOf(opening: Opening, baseUrl: string): Transport {
	// every request may take a licence of the base, whoever asks
	return createOnecTransport(transportParts(opening, { baseUrl, scope: `1C ${baseUrl}`, windows: RATE_WINDOWS })).inLane(opening.lane);
}

/** Rows of a list; anything else is one answer. */
function rowsIn(payload: unknown): unknown {
	return typeof payload === 'object' && payload !== null && 'value' in payload && Array.isArray(payload.value) ? payload.value : payload;
}

function setSearch(...kinds: readonly string[]): VendorSearch {
	return async (opening, filter): Promise<INodeListSearchResult> => {
		const names = valueOf(await office.publishedObjects({ transport: transportOf(opening, addressOf(opening)) }, kinds));
		return { results: names.filter((name) => has(name, filter)).map((name) => ({ name: name.replaceAll('_', ' '), value: name })) };
	};
}

function objectSearch(parameter: string): VendorSearch {
	return async (opening, filter): Promise<INodeListSearchResult> => {
		const set = textOf(opening.setting(parameter));
		if (set === '') throw new ParameterError('No set is chosen', 'Choose the catalog or the document first.');
		const found = valueOf(await office.findObjects({ transport: transportOf(opening, addressOf(opening)) }, set, filter, MOST_FOUND));
		return { results: found.map(({ id, name }) => ({ name, value: id })) };
	};
}
