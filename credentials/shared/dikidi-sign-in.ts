import { createHmac, randomUUID } from 'node:crypto';
import type { ICredentialDataDecryptedObject, ICredentialTestRequest, IHttpRequestOptions, INodePropertyOptions } from 'n8n-workflow';

/** Commands of the gateway contract, as the owner ticks them. */
export const COMMAND_OPTIONS: readonly INodePropertyOptions[] = [
	{ name: 'Cancel a Booking (booking.cancel)', value: 'booking.cancel' },
	{ name: 'Change a Client (client.update)', value: 'client.update' },
	{ name: 'Create a Booking (booking.create)', value: 'booking.create' },
	{ name: 'Create a Client (client.create)', value: 'client.create' },
	{ name: 'Find Clients by Phone (client.find)', value: 'client.find' },
	{ name: 'Get a Booking (booking.get)', value: 'booking.get' },
	{ name: 'Get the Company (company.get)', value: 'company.get' },
	{ name: 'List Bookings (booking.list)', value: 'booking.list' },
	{ name: 'List Free Days (dates.list)', value: 'dates.list' },
	{ name: 'List Free Times (slots.list)', value: 'slots.list' },
	{ name: 'List Services (services.list)', value: 'services.list' },
	{ name: 'List Staff (staff.list)', value: 'staff.list' },
	{ name: 'Move a Booking (booking.reschedule)', value: 'booking.reschedule' },
];

/**
 * The request with what signs it: HMAC-SHA256 over the time of sending and the very body. Only what goes to the gateway is
 * signed; the public page is asked without any secret.
 */
export function signed(credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): IHttpRequestOptions {
	if (!isForGateway(textOf(credentials.gatewayUrl), addressOf(options))) return options;
	const body = bodyOf(options.body);
	const id = options.headers?.['x-gateway-event-id'] ?? `cmd_${randomUUID()}`;
	const seconds = Math.floor(Date.now() / 1000);
	const signature = createHmac('sha256', textOf(credentials.gatewaySecret)).update(`${seconds}.${body}`).digest('hex');
	const headers = { 'content-type': 'application/json', ...options.headers, 'x-gateway-event-id': id, 'x-gateway-timestamp': String(seconds), 'x-gateway-signature': `v1=${signature}` };
	return { ...options, headers, ...(options.body === undefined ? {} : { body }) };
}

/** Below the folder of the gateway, on its own host: a secret is never used elsewhere. */
function isForGateway(gatewayUrl: string, address: string): boolean {
	if (!URL.canParse(gatewayUrl) || !URL.canParse(address)) return false;
	const [gateway, target] = [new URL(gatewayUrl), new URL(address)];
	return target.origin === gateway.origin && target.pathname.startsWith(gateway.pathname.slice(0, gateway.pathname.lastIndexOf('/') + 1));
}

function addressOf({ url, baseURL }: IHttpRequestOptions): string {
	return `${baseURL ?? ''}${url}`;
}

function bodyOf(body: IHttpRequestOptions['body']): string {
	return body === undefined || body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);
}

/** Without values, so any gateway can answer: the first of these that is ticked. */
const KNOCK = '["company.get", "services.list", "staff.list"].find((one) => ($credentials.commands || []).includes(one)) || "company.get"';

/** Knocks at the gateway; without one, at the booking page. Each failure names its cause. */
export const signInTest: ICredentialTestRequest = {
	request: {
		url: '={{ $credentials.gatewayUrl || $credentials.baseUrl + "/" + $credentials.companyId }}',
		method: '={{ $credentials.gatewayUrl ? "POST" : "GET" }}' as 'POST',
		body: `={{ $credentials.gatewayUrl ? { schema: "booking.command.v1", command_id: "cmd_credential_test_" + Date.now(), command: ${KNOCK}, company_id: $credentials.companyId, payload: {} } : undefined }}`,
	},
	// n8n reads rules of both kinds together, its type knows lists of one kind only
	rules: [
		{ type: 'responseCode', properties: { value: 401, message: 'The gateway does not accept the signature: the secret must be the same on both sides, and both clocks right' } },
		{ type: 'responseCode', properties: { value: 403, message: 'The gateway is set up for another company: compare Company ID on both sides' } },
		{ type: 'responseCode', properties: { value: 404, message: 'There is nothing at this address: check Gateway URL, or Company ID where there is no gateway. A gateway that answers so accepts the signature, but lists neither company, services nor staff.' } },
		{ type: 'responseCode', properties: { value: 405, message: 'There is something else at this address: a gateway takes POST. Check Gateway URL.' } },
		{ type: 'responseCode', properties: { value: 422, message: 'The gateway does not take the contract booking.command.v1: check its version' } },
		{ type: 'responseCode', properties: { value: 429, message: 'Nothing was checked: too many requests, try again in a minute' } },
		{ type: 'responseCode', properties: { value: 501, message: 'The gateway accepts the signature, but does neither company.get, services.list nor staff.list: leave them unticked and fill in the lists by hand' } },
		{ type: 'responseCode', properties: { value: 503, message: 'The gateway does not answer now: try again in a minute' } },
		{ type: 'responseSuccessBody', properties: { key: 'ok', value: false, message: 'The gateway refused the request: compare the secret, the company id and the commands on both sides' } },
	] as ICredentialTestRequest['rules'],
};

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
