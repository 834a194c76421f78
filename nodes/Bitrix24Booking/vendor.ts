import { ok, refused } from '../../core/booking';
import { createBitrix24Crm, createBitrix24Reader, createBitrix24Transport, createFacts, ENTERPRISE_RATE_WINDOWS, office, RATE_WINDOWS, restAddress, signedPort, type TokenSource } from '../../core/crm/bitrix24';
import type { HttpPort, Transport } from '../../core/crm/http';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { transportParts } from '../shared/vendor/account';
import type { CrmVendor, Opening, VendorAccount } from '../shared/vendor/vendor';
import { readSettings } from './read-settings';
import { searchDealFields, searchFieldsOf, searchPipelines, searchResources, searchStages } from './searches';
import { PORTAL_SETTINGS } from './settings';

/** A portal as its nodes open it. */
export interface Bitrix24Account extends VendorAccount {
	readonly office: office.Office;
	/** Host of the portal, in small letters. */
	readonly host: string;
	/** Whether visits are deals, not bookings or elements of a smart process. */
	readonly areDeals: boolean;
}

const APPLICATION = 'oAuth2';

/** Bitrix24 in its own nodes and in Booking CRM. */
export const BITRIX24_BOOKING: CrmVendor<Bitrix24Account> = {
	value: 'bitrix24',
	name: 'Bitrix24',
	description: 'A portal in Bitrix24, with Online Booking or with deals',
	signIns: [
		{ value: 'webhook', name: 'Incoming Webhook', credential: 'aiAdminBitrix24Api' },
		{ value: APPLICATION, name: 'OAuth2', credential: 'aiAdminBitrix24OAuth2Api' },
	],
	settings: PORTAL_SETTINGS,
	open(opening) {
		const { transport, host } = portalOf(opening);
		const settings = readSettings(opening);
		const identity = [host, settings];
		const crm = createBitrix24Crm({
			transport,
			account: host,
			settings,
			clock: opening.clock,
			lock: opening.lock(host),
			facts: opening.kept('facts', identity, createFacts),
			onUnknownValue: opening.onUnknownValue,
		});
		const reader = createBitrix24Reader({ settings, onUnknownValue: opening.onUnknownValue });
		return { crm, reader, transport, identity, host, areDeals: settings.mode === 'crm' && (settings.visits.entityTypeId ?? 2) === 2, office: { transport }, rawItems: resultOf, ...(settings.desk === undefined ? {} : { leads: crm }) };
	},
	searches: {
		searchBitrix24Pipelines: (opening, filter) => searchPipelines(portalOf(opening), opening, filter),
		searchBitrix24Stages: (opening, filter) => searchStages(portalOf(opening), opening, filter),
		searchBitrix24DealFields: (opening, filter) => searchDealFields(portalOf(opening), opening, filter),
		searchBitrix24FieldsOfContact: (opening, filter) => searchFieldsOf(portalOf(opening), office.KINDS.contact, filter),
		searchBitrix24FieldsOfDeal: (opening, filter) => searchFieldsOf(portalOf(opening), office.KINDS.deal, filter),
		searchBitrix24FieldsOfLead: (opening, filter) => searchFieldsOf(portalOf(opening), office.KINDS.lead, filter),
		searchBitrix24Resources: (opening, filter) => searchResources(portalOf(opening), filter),
	},
};

/** The portal alone, before anything is said about its visits. */
function portalOf(opening: Opening): { readonly transport: Transport; readonly host: string } {
	const baseUrl = addressOf(opening);
	const { host } = new URL(baseUrl);
	const windows = opening.settings('crmOptions').portalPlan === 'enterprise' ? ENTERPRISE_RATE_WINDOWS : RATE_WINDOWS;
	// the vendor counts the requests of an address to a portal
	const parts = transportParts(opening, { baseUrl, scope: `Bitrix24 ${host}`, windows });
	return { transport: createBitrix24Transport({ ...parts, port: portOf(opening) }).inLane(opening.lane), host };
}

function addressOf({ signIn, credential }: Opening): string {
	if (signIn.value !== APPLICATION) {
		const address = restAddress(textOf(credential.webhookUrl));
		if (address !== null && /\/rest\/\d+\//.test(address)) return address;
		throw new ParameterError('The webhook in the credential is not valid', 'Copy the whole URL that the portal shows for the incoming webhook, for example https://salon.bitrix24.ru/rest/1/…/.');
	}
	const address = restAddress(`${textOf(credential.portal).replace(/\/+$/, '')}/rest/`);
	if (address !== null) return address;
	throw new ParameterError('The portal in the credential is not valid', 'Enter the address of the portal, for example https://salon.bitrix24.ru.');
}

/** The URL of a webhook signs by itself; the token of an application goes into the body, as the vendor documents. */
function portOf(opening: Opening): HttpPort {
	return opening.signIn.value === APPLICATION ? signedPort(opening.port, tokensOf(opening)) : opening.port;
}

/** n8n keeps and renews the tokens; a token it has renewed is read again. */
function tokensOf(opening: Opening): TokenSource {
	const read = async (): Promise<string> => tokenIn((await opening.credentialNow()).oauthTokenData);
	return {
		current: async () => {
			const token = await read();
			return token === '' ? NOT_CONNECTED : ok(token);
		},
		renewed: async (ended) => {
			const token = await read();
			return token === ended || token === '' ? NOT_CONNECTED : ok(token);
		},
	};
}

const NOT_CONNECTED = refused('credential_invalid', 'The credential is not connected to the portal; open it and connect it.');

function tokenIn(data: unknown): string {
	return typeof data === 'object' && data !== null && 'access_token' in data ? textOf(data.access_token) : '';
}

/** Lists stand under one key of the result; the rest is said by the result itself. */
function resultOf(payload: unknown): unknown {
	if (typeof payload !== 'object' || payload === null || !('result' in payload)) return payload;
	const { result } = payload;
	if (typeof result !== 'object' || result === null || Array.isArray(result)) return result;
	const values: readonly unknown[] = Object.values(result);
	return values.length === 1 && Array.isArray(values[0]) ? values[0] : result;
}
