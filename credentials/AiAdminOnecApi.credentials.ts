import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, Icon, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

/** A user of a base of 1C:Enterprise, for its standard OData interface. */
export class AiAdminOnecApi implements ICredentialType {
	name = 'aiAdminOnecApi';

	displayName = '1C Booking API';

	icon: Icon = { light: 'file:onec.svg', dark: 'file:onec.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/onec.md#keys';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://1c.example.com/base',
			description: 'Address of the base as a browser opens it. The part /odata/standard.odata is added when it is missing. The login and the password are sent there.',
		},
		{
			displayName: 'The address begins with http://, so the login and the password cross the network readable for everybody on the way. Publish the base through https, or use it inside a protected network only.',
			name: 'plainHttpNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { baseUrl: [{ _cnd: { startsWith: 'http://' } }] } },
		},
		{ displayName: 'Login', name: 'login', type: 'string', required: true, default: '', placeholder: 'e.g. odata', description: 'Of a user of 1C made for this alone, with rights to the catalogs and documents it needs. Latin letters are safest.' },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '' },
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: "={{ $credentials.baseUrl.trim().replace(/\\/odata\\/standard\\.odata.*$/i, '').replace(/\\/+$/, '') + '/odata/standard.odata' }}",
			url: '/',
			qs: { $format: 'json' },
			headers: { accept: 'application/json;odata=nometadata' },
		},
		// n8n reads rules of both kinds together, its type knows lists of one kind only
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: '1C does not accept the login or the password' } },
			{ type: 'responseCode', properties: { value: 402, message: 'The base has no free licence, or its licence has ended: end idle sessions in 1C, or add licences' } },
			{ type: 'responseCode', properties: { value: 403, message: 'The login is right, but the user has no rights to the OData interface: give the role of remote OData access in 1C' } },
			{ type: 'responseCode', properties: { value: 404, message: 'There is no OData interface at this address: check the address of the base, and that its administrator published the standard OData interface on the web server' } },
			{ type: 'responseCode', properties: { value: 500, message: '1C could not answer: the base may be locked for an update, or without a free licence' } },
			{ type: 'responseCode', properties: { value: 502, message: 'The web server does not reach 1C: the server of the base may be off' } },
			{ type: 'responseCode', properties: { value: 503, message: 'The base has no free licence, or is locked: end idle sessions in 1C and try again' } },
			{ type: 'responseSuccessBody', properties: { key: 'value', value: undefined, message: 'A page came in place of data: check the address, and whether the provider of the base wants another sign-in' } },
			{ type: 'responseSuccessBody', properties: { key: 'value.length', value: 0, message: 'The login is right, but nothing is published: put catalogs and documents into the composition of the standard OData interface' } },
		] as ICredentialTestRequest['rules'],
	};

	/** Basic in UTF-8: 1C refuses Russian logins in another encoding. */
	authenticate = async ({ login, password }: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => ({
		...options,
		headers: { ...options.headers, authorization: `Basic ${Buffer.from(`${textOf(login)}:${textOf(password)}`, 'utf8').toString('base64')}` },
	});
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
