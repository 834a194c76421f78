import type { ICredentialDataDecryptedObject, ICredentialTestRequest, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

/** What differs between the brands of the product. */
export interface BrandSignIn {
	/** As an operator knows it. */
	readonly vendor: string;
	/** Accounts live at `{subdomain}.{suffix}`. */
	readonly suffix: string;
}

/** Where an account lives. */
export function accountFields({ suffix, vendor }: BrandSignIn): INodeProperties[] {
	return [
		{ displayName: 'Subdomain', name: 'subdomain', type: 'string', required: true, default: '', placeholder: 'e.g. salon', description: `The part of the address of the account before .${suffix}` },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '', placeholder: `e.g. https://salon.${suffix}/api/v4`, description: `Leave empty for the account's own address. The token is sent there: another address is for a proxy of your own in front of ${vendor}.` },
	];
}

/** The account's own host, from the subdomain or the whole address, as an expression over `holder`. */
function hostExpression({ suffix }: BrandSignIn, holder: '$credentials' | '$self'): string {
	return `${holder}["subdomain"].trim().toLowerCase().replace(/^https?:\\/\\//, "").replace(/\\/.*$/, "").replace(/\\.${suffix.replace('.', '\\.')}$/, "") + ".${suffix}"`;
}

/** The request with the token that signs it. */
export function signed(credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): IHttpRequestOptions {
	const token = typeof credentials.accessToken === 'string' ? credentials.accessToken.trim().replace(/^Bearer\s+/i, '') : '';
	return { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } };
}

/** Asks for the account, which every token may. Each failure names its cause. */
export function signInTest(brand: BrandSignIn): ICredentialTestRequest {
	const { vendor, suffix } = brand;
	return {
		request: { baseURL: `={{ $credentials.baseUrl || "https://" + ${hostExpression(brand, '$credentials')} + "/api/v4" }}`, url: '/account' },
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: `${vendor} does not accept the token: it was revoked, has ended, or is of another account. Make a new one in the integration's card.` } },
			{ type: 'responseCode', properties: { value: 402, message: 'The account is not paid: the owner has to renew it' } },
			{ type: 'responseCode', properties: { value: 403, message: `The token has no rights, or ${vendor} blocks the integration after too many requests: check the user's rights, and ask the support of ${vendor} if it lasts` } },
			{ type: 'responseCode', properties: { value: 404, message: `There is no account at this address: check Subdomain, the part before .${suffix}` } },
			{ type: 'responseCode', properties: { value: 429, message: 'The token was not checked: too many requests, try again in a minute' } },
		],
	};
}

/** Fields of an OAuth2 credential; n8n keeps both tokens and renews them one at a time. */
export function oAuth2Fields(brand: BrandSignIn, consentUrl: string): INodeProperties[] {
	return [
		...accountFields(brand),
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: consentUrl },
		{ displayName: 'Access Token URL', name: 'accessTokenUrl', type: 'hidden', default: `=https://{{ ${hostExpression(brand, '$self')} }}/oauth2/access_token` },
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: 'mode=popup' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];
}
