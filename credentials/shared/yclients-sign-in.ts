import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, ICredentialTestRequest, IDataObject, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

/** What differs between the brands of the product. */
export interface BrandSignIn {
	/** As an operator knows it. */
	readonly vendor: string;
	readonly baseUrl: string;
	/** Selects the second version of the envelope. */
	readonly accept: string;
	/** Where the partner token comes from. */
	readonly partnerTokenHint: string;
}

/** Fields of a brand's credential. */
export function signInFields({ vendor, baseUrl, partnerTokenHint }: BrandSignIn): INodeProperties[] {
	return [
		{ displayName: 'Partner Token', name: 'partnerToken', type: 'string', typeOptions: { password: true }, required: true, default: '', description: partnerTokenHint },
		{
			displayName: 'User',
			name: 'signIn',
			type: 'options',
			options: [
				{ name: 'Login and Password', value: 'password', description: 'A user token is fetched with them, and again when it is no longer accepted' },
				{ name: 'User Token', value: 'token', description: 'A token made before; no password is kept' },
			],
			default: 'token',
			description: 'The employee whose rights the nodes have',
		},
		{ displayName: 'User Token', name: 'userToken', type: 'string', typeOptions: { password: true }, required: true, default: '', displayOptions: { show: { signIn: ['token'] } } },
		{ displayName: 'Login', name: 'login', type: 'string', required: true, default: '', placeholder: 'e.g. 79990000001', description: 'Phone digits or e-mail of the employee', displayOptions: { show: { signIn: ['password'] } } },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, required: true, default: '', displayOptions: { show: { signIn: ['password'] } } },
		{ displayName: 'Session Token', name: 'sessionToken', type: 'hidden', typeOptions: { expirable: true }, default: '' },
		{ displayName: 'Partner ID', name: 'partnerId', type: 'string', default: '', placeholder: 'e.g. 1234', description: `Only when ${vendor} answers that the partner ID is missing, as it does to some marketplace applications` },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: baseUrl, description: 'Address of the API. The tokens are sent there: change it only to an address of your own.' },
	];
}

/** The request with the headers that sign it. */
export function signed(credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): IHttpRequestOptions {
	const partnerId = textOf(credentials.partnerId);
	const headers = {
		...options.headers,
		authorization: `Bearer ${textOf(credentials.partnerToken)}, User ${userTokenOf(credentials)}`,
		...(partnerId === '' ? {} : { 'x-partner-id': partnerId }),
	};
	return { ...options, headers };
}

/** Fetches a user token with login and password; an account with a token of its own has nothing to fetch. */
export async function fetchUserToken({ helpers }: IHttpRequestHelper, { baseUrl, accept, vendor }: BrandSignIn, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
	if (credentials.signIn !== 'password') return {};
	const partnerId = textOf(credentials.partnerId);
	const answer: unknown = await helpers.httpRequest({
		method: 'POST',
		baseURL: textOf(credentials.baseUrl) || baseUrl,
		url: '/auth',
		headers: { accept, authorization: `Bearer ${textOf(credentials.partnerToken)}`, ...(partnerId === '' ? {} : { 'x-partner-id': partnerId }) },
		body: { login: textOf(credentials.login), password: textOf(credentials.password) },
		json: true,
	});
	const token = tokenIn(answer);
	if (token !== null) return { sessionToken: `${mark(credentials)}:${token}` };
	// a refusal may come with 200: the status tells n8n, and the node, what it is
	throw Object.assign(new Error(`${vendor} did not accept the login and the password`), { response: { status: 401 } });
}

/** Asks for the user's branches, which every user may. Each failure names its cause. */
export function signInTest({ vendor, accept }: BrandSignIn): ICredentialTestRequest {
	return {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/companies', qs: { my: 1, page: 1, count: 1 }, headers: { accept } },
		// n8n reads rules of both kinds together, its type knows lists of one kind only
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: `${vendor} does not accept a token: check the partner token, and the user token or the login and password` } },
			{ type: 'responseCode', properties: { value: 402, message: 'The licence of the account has ended: the owner has to renew it' } },
			{ type: 'responseCode', properties: { value: 403, message: 'The tokens are right, but the user has no rights: give the employee access in the settings of the branch, and the integration access to it. An ended licence answers so too.' } },
			{ type: 'responseCode', properties: { value: 404, message: 'There is no API at this address: check Base URL' } },
			{ type: 'responseCode', properties: { value: 429, message: 'The tokens were not checked: too many requests, try again in a minute' } },
			{ type: 'responseSuccessBody', properties: { key: 'success', value: false, message: `${vendor} refused the request: check the tokens, or try again in a minute` } },
			{ type: 'responseSuccessBody', properties: { key: 'data.length', value: 0, message: 'The tokens are right, but the user has no branch: give the employee access to one' } },
		] as ICredentialTestRequest['rules'],
	};
}

function userTokenOf(credentials: ICredentialDataDecryptedObject): string {
	// people copy the token with the word that stands before it in the header
	if (credentials.signIn !== 'password') return textOf(credentials.userToken).replace(/^User\s+/i, '');
	const [owner, token] = textOf(credentials.sessionToken).split(':');
	// a token of an earlier login is not used: what is not accepted makes n8n fetch another
	return owner === mark(credentials) && token !== undefined ? token : 'none';
}

/** Tells whose session token it is. */
function mark({ login, password }: ICredentialDataDecryptedObject): string {
	return createHash('sha256').update(JSON.stringify([login, password])).digest('hex').slice(0, 16);
}

/** The token stands in the envelope, or beside none. */
function tokenIn(answer: unknown): string | null {
	if (typeof answer !== 'object' || answer === null) return null;
	const data: unknown = 'data' in answer && typeof answer.data === 'object' && answer.data !== null ? answer.data : answer;
	const token: unknown = 'user_token' in (data as object) ? (data as { readonly user_token: unknown }).user_token : null;
	return typeof token === 'string' && token !== '' ? token : null;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
