import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, Icon, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

/** API key and workspace of EasyWeek. */
export class AiAdminEasyweekApi implements ICredentialType {
	name = 'aiAdminEasyweekApi';

	displayName = 'EasyWeek Booking API';

	icon: Icon = { light: 'file:easyweek.svg', dark: 'file:easyweek.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/easyweek.md#keys';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. secret_…',
			description: 'Made in EasyWeek under Settings, Developers, API keys',
		},
		{
			displayName: 'Workspace',
			name: 'workspace',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. studio-north',
			description: 'The short name of the workspace the key was made in, as its address in EasyWeek shows it',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://my.easyweek.io/api/public/v2',
			description: 'Address of the API. The key is sent there: change it only to an address of your own.',
		},
	];

	authenticate = async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => ({
		...options,
		headers: { ...options.headers, authorization: `Bearer ${textOf(credentials.apiKey).replace(/^Bearer\s+/i, '')}`, workspace: textOf(credentials.workspace) },
	});

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl || "https://my.easyweek.io/api/public/v2" }}', url: '/workspace', headers: { accept: 'application/json' } },
		rules: [
			{ type: 'responseCode', properties: { value: 400, message: 'EasyWeek does not know the workspace: check Workspace' } },
			{ type: 'responseCode', properties: { value: 401, message: 'EasyWeek does not accept the API key: check it, or make a new one under Settings, Developers, API keys' } },
			{ type: 'responseCode', properties: { value: 403, message: 'The key does not open this workspace, or the plan has no API: check Workspace and the plan' } },
			{ type: 'responseCode', properties: { value: 404, message: 'There is no API at this address: check Base URL' } },
			{ type: 'responseCode', properties: { value: 429, message: 'The key was not checked: too many requests, try again in a minute' } },
		],
	};
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
