import {
	closedTransport, createDikidiCrm, createDikidiReader, createGatewayFacts, createGatewayTransport, createWidgetTransport, type DikidiParts, type DikidiSettings, GATEWAY_RATE_WINDOWS, gatewayAddress, type GatewayDesk, WIDGET_BASE_URL,
	WIDGET_RATE_WINDOWS, WidgetMemory,
} from '../../core/crm/dikidi';
import type { Transport } from '../../core/crm/http';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { baseUrlOf, transportParts } from '../shared/vendor/account';
import type { CrmVendor, Opening, VendorAccount } from '../shared/vendor/vendor';
import { companySettings, dikidiSettings } from './settings';

/** One company, reached by the route of the panel. */
export interface DikidiAccount extends VendorAccount {
	readonly settings: DikidiSettings;
	/** Null on the routes without a gateway. */
	readonly gateway: GatewayDesk | null;
	/** Null on the routes that do not read the page. */
	readonly page: WidgetMemory | null;
}

/** DIKIDI in its own nodes and in Booking CRM. */
export const DIKIDI_BOOKING: CrmVendor<DikidiAccount> = {
	value: 'dikidi',
	name: 'DIKIDI',
	description: 'A company in DIKIDI, over a gateway of the owner or with hand-off to its booking page',
	signIns: [{ value: 'gateway', name: 'Gateway', credential: 'aiAdminDikidiApi' }],
	settings: companySettings,
	open: openCompany,
};

/** A company as the credential and the panel name it. */
interface Company {
	readonly companyId: string;
	readonly settings: DikidiSettings;
	readonly identity: readonly unknown[];
}

/** What a route brings. */
interface Route {
	readonly transport: Transport;
	readonly parts: Pick<DikidiParts, 'gateway' | 'widget'>;
	readonly gateway: GatewayDesk | null;
	readonly page: WidgetMemory | null;
}

const ROUTES: Readonly<Record<string, (opening: Opening, company: Company) => Route>> = {
	link: () => ({ transport: closedTransport(), parts: {}, gateway: null, page: null }),
	gateway: gatewayRoute,
	widget: pageRoute,
};

function openCompany(opening: Opening): DikidiAccount {
	const companyId = textOf(opening.credential.companyId);
	if (companyId === '') throw new ParameterError('The credential names no company', 'Enter Company ID there: the number in the address of the booking page.');
	const settings = dikidiSettings((name) => opening.setting(name), opening.settings('crmOptions'), opening.credential);
	const route = Object.hasOwn(ROUTES, settings.route ?? '') ? ROUTES[settings.route ?? ''] : undefined;
	if (route === undefined) throw new ParameterError('The route is not known', 'Choose one from the list of Route.');
	const company = { companyId, settings, identity: [companyId, settings] };
	const { transport, parts, gateway, page } = route(opening, company);
	const crm = createDikidiCrm({ companyId, settings, clock: opening.clock, onUnknownValue: opening.onUnknownValue, ...parts });
	const reader = createDikidiReader({ settings, onUnknownValue: opening.onUnknownValue });
	return { crm, reader, transport, identity: company.identity, settings, gateway, page };
}

function gatewayRoute(opening: Opening, { companyId, settings, identity }: Company): Route {
	const url = textOf(opening.credential.gatewayUrl);
	if (url === '') throw new ParameterError('The credential names no gateway', 'Enter Gateway URL there, or set Route to Booking Link.');
	if (textOf(opening.credential.gatewaySecret) === '') throw new ParameterError('The credential has no gateway secret', 'Enter Gateway Secret there, the same as on the other side: nothing is sent unsigned.');
	const { baseUrl, path } = gatewayAddress(url);
	const scope = `DIKIDI gateway ${new URL(baseUrl).host}`;
	const transport = createGatewayTransport({ ...transportParts(opening, { baseUrl, scope, windows: GATEWAY_RATE_WINDOWS }), gatewayUrl: url }).inLane(opening.lane);
	const facts = opening.kept('facts', [url, ...identity], createGatewayFacts);
	return { transport, parts: { gateway: { transport, url, facts } }, gateway: { transport, companyId, path, commands: settings.commands ?? [] }, page: null };
}

function pageRoute(opening: Opening, { identity }: Company): Route {
	const baseUrl = baseUrlOf(opening.credential.baseUrl, WIDGET_BASE_URL);
	const memory = opening.kept('page', [baseUrl, ...identity], () => new WidgetMemory(Date.now));
	const transport = createWidgetTransport({ ...transportParts(opening, { baseUrl, scope: `DIKIDI ${new URL(baseUrl).host}`, windows: WIDGET_RATE_WINDOWS }), memory }).inLane(opening.lane);
	return { transport: closedTransport(), parts: { widget: { transport, memory } }, gateway: null, page: memory };
}
