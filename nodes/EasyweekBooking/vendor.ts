import type { INodeListSearchResult } from 'n8n-workflow';
import { BASE_URL, createEasyweekCrm, createEasyweekReader, createEasyweekTransport, createFacts, type EasyweekCrm, type EasyweekSettings, RATE_WINDOWS, VENDOR, workspace } from '../../core/crm/easyweek';
import type { Transport } from '../../core/crm/http';
import { has } from '../shared/booking/locators';
import { filled, wordsOf } from '../shared/booking/values';
import { ParameterError, valueOf } from '../shared/errors';
import { textOf } from '../shared/fields';
import { baseUrlOf, transportParts } from '../shared/vendor/account';
import type { CrmVendor, Opening, VendorAccount } from '../shared/vendor/vendor';
import { locationSettings } from './settings';

/** A location of a workspace. */
export interface EasyweekAccount extends VendorAccount {
	readonly crm: EasyweekCrm;
	readonly workspace: workspace.Workspace;
}

/** EasyWeek in its own nodes and in Booking CRM. */
export const EASYWEEK_BOOKING: CrmVendor<EasyweekAccount> = {
	value: 'easyweek',
	name: VENDOR,
	description: 'A location in EasyWeek',
	signIns: [{ value: 'apiKey', name: 'API Key', credential: 'aiAdminEasyweekApi' }],
	settings: locationSettings,
	open: openLocation,
	searches: { searchEasyweekLocations: (opening, filter) => searchLocations(transportOf(opening), filter) },
};

function transportOf(opening: Opening): Transport {
	const baseUrl = baseUrlOf(opening.credential.baseUrl, BASE_URL);
	// the vendor counts the requests of a key, and a key is of one workspace
	const scope = `${VENDOR} ${new URL(baseUrl).host} ${textOf(opening.credential.workspace)}`;
	return createEasyweekTransport({ ...transportParts(opening, { baseUrl, scope, windows: RATE_WINDOWS }) }).inLane(opening.lane);
}

function openLocation(opening: Opening): EasyweekAccount {
	const locationId = textOf(opening.setting('locationId')).toLowerCase();
	if (locationId === '') throw new ParameterError('No location is chosen', 'Choose a location from the list, or enter its uuid.');
	const settings = settingsOf(opening.settings('crmOptions'));
	const identity = [locationId, settings];
	const transport = transportOf(opening);
	const crm = createEasyweekCrm({ transport, locationId, settings, clock: opening.clock, onUnknownValue: opening.onUnknownValue, facts: opening.kept('facts', identity, createFacts) });
	const reader = createEasyweekReader({ country: settings.country, onUnknownValue: opening.onUnknownValue });
	return { crm, reader, transport, identity, workspace: { transport, locationId }, rawItems: dataOf };
}

function settingsOf(fields: Readonly<Record<string, unknown>>): EasyweekSettings {
	const { excludedStaffIds, staffServices } = fields;
	return {
		...filled(fields, ['zone', 'currency', 'country', 'bookingNoticeMinutes', 'bookingHorizonDays', 'changeNoticeMinutes', 'changesClients']),
		...(excludedStaffIds === undefined ? {} : { excludedStaffIds: wordsOf(excludedStaffIds) }),
		...(staffServices === undefined || staffServices === '' ? {} : { staffServices: matrixOf(staffServices) }),
	};
}

/** A JSON field comes as text or, from an expression, as the value itself; what it holds the core checks. */
function matrixOf(value: unknown): EasyweekSettings['staffServices'] {
	const parsed = typeof value === 'string' ? parse(value) : value;
	if (parsed !== undefined) return parsed as EasyweekSettings['staffServices'];
	throw new ParameterError('Staff Services is not JSON', 'Write the ID of each staff member with the IDs of what they do, for example { "7b00…": ["5a00…"] }.');
}

/** The value of a JSON text; undefined for what is none. */
function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** A list and a single record both stand under `data`. */
function dataOf(payload: unknown): unknown {
	return typeof payload === 'object' && payload !== null && 'data' in payload ? payload.data : payload;
}

async function searchLocations(transport: Transport, filter: string): Promise<INodeListSearchResult> {
	const found = valueOf(await workspace.locations({ transport }, Number.POSITIVE_INFINITY)).map(workspace.locationOf);
	const named = found.map(({ id, name, address, city }) => ({ name: [name, address, city].filter(Boolean).join(' · ') || String(id), value: String(id) }));
	return { results: named.filter(({ name }) => has(name, filter)) };
}
