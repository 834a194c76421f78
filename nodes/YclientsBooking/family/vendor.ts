import type { INodeListSearchResult } from 'n8n-workflow';
import { type Brand, createFacts, createYclientsCrm, createYclientsReader, createYclientsTransport, office, RATE_WINDOWS, type YclientsSettings } from '../../../core/crm/yclients';
import type { Transport } from '../../../core/crm/http';
import { has } from '../../shared/booking/locators';
import { filled, wordsOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { baseUrlOf, transportParts } from '../../shared/vendor/account';
import type { CrmVendor, Opening, SignIn, VendorAccount } from '../../shared/vendor/vendor';
import { branchSettings, type BranchWords } from './settings';

/** What differs between the brands of the product on this side. */
export interface BrandOnCanvas {
	readonly brand: Brand;
	readonly value: string;
	readonly description: string;
	readonly signIns: readonly [SignIn, ...SignIn[]];
	readonly branch: BranchWords;
}

/** An account of either brand. */
export interface YclientsAccount extends VendorAccount {
	readonly office: office.Office;
}

/** A brand as the nodes open it. */
export function brandVendor({ brand, value, description, signIns, branch }: BrandOnCanvas): CrmVendor<YclientsAccount> {
	return {
		value,
		name: brand.vendor,
		description,
		signIns,
		settings: branchSettings(branch),
		open: (opening) => openBranch(brand, opening),
		searches: { [branch.search]: (opening, filter, token) => searchBranches(transportOf(brand, opening), filter, token) },
	};
}

function transportOf(brand: Brand, opening: Opening): Transport {
	const baseUrl = baseUrlOf(opening.credential.baseUrl, brand.baseUrl);
	// the vendor counts the requests of an address, whoever's they are
	const scope = `${brand.vendor} ${new URL(baseUrl).host}`;
	return createYclientsTransport({ ...transportParts(opening, { baseUrl, scope, windows: RATE_WINDOWS }) }, brand).inLane(opening.lane);
}

function openBranch(brand: Brand, opening: Opening): YclientsAccount {
	const companyId = textOf(opening.setting('branchId'));
	if (companyId === '') throw new ParameterError('No branch is chosen', 'Choose a branch from the list, or enter the number that stands in the address of its back office.');
	const settings = settingsOf(opening.settings('crmOptions'));
	const identity = [companyId, settings];
	const transport = transportOf(brand, opening);
	const crm = createYclientsCrm({
		transport,
		companyId,
		brand,
		settings,
		clock: opening.clock,
		onUnknownValue: opening.onUnknownValue,
		facts: opening.kept('facts', identity, createFacts),
	});
	const reader = createYclientsReader({ brand, country: settings.country, onUnknownValue: opening.onUnknownValue });
	return { crm, reader, transport, identity, office: { transport, companyId }, findClients: (part) => crm.clientsLike(part), rawItems: dataOf };
}

function settingsOf(fields: Readonly<Record<string, unknown>>): YclientsSettings {
	return {
		...filled(fields, ['route', 'zone', 'currency', 'country', 'bookingNoticeMinutes', 'bookingHorizonDays', 'changeNoticeMinutes', 'stepMinutes']),
		...(fields.excludedStaffIds === undefined ? {} : { excludedStaffIds: wordsOf(fields.excludedStaffIds) }),
	};
}

/** The envelope is the vendor's way of saying that it went well; the data is the answer. */
function dataOf(payload: unknown): unknown {
	return typeof payload === 'object' && payload !== null && 'data' in payload ? payload.data : payload;
}

async function searchBranches(transport: Transport, filter: string, token: string | undefined): Promise<INodeListSearchResult> {
	const page = token === undefined ? 1 : Number(token);
	const { branches, isLast } = valueOf(await office.branches(transport, page));
	const found = branches.filter(({ name, address }) => has(`${name} ${address}`, filter));
	const results = found.map(({ id, name, address }) => ({ name: [name, address].filter((part) => part !== '').join(' · '), value: id }));
	return { results, ...(isLast ? {} : { paginationToken: String(page + 1) }) };
}
