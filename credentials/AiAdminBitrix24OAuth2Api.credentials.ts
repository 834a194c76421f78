import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** An application on a portal in Bitrix24. n8n keeps and renews its tokens. */
export class AiAdminBitrix24OAuth2Api implements ICredentialType {
	name = 'aiAdminBitrix24OAuth2Api';

	displayName = 'Bitrix24 Booking OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:bitrix24.svg', dark: 'file:bitrix24.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/bitrix24.md#keys';

	properties: INodeProperties[] = [
		{
			displayName: 'Portal',
			name: 'portal',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://salon.bitrix24.ru',
			description: 'Address of the portal; a self-hosted one has its own host',
		},
		{
			displayName: 'Authorization Server',
			name: 'authorizationServer',
			type: 'string',
			default: 'https://oauth.bitrix24.tech',
			description: 'Gives and renews tokens: https://oauth.bitrix24.tech for portals of the eastern zone, https://oauth.bitrix.info for those of the western. It is never the portal itself.',
		},
		{
			displayName: 'Application Token',
			name: 'applicationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Of the application, for the trigger only: deliveries without it are refused',
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: '={{ $self["portal"].trim().replace(/\\/+$/, "") }}/oauth/authorize/' },
		{ displayName: 'Access Token URL', name: 'accessTokenUrl', type: 'hidden', default: '={{ $self["authorizationServer"].trim().replace(/\\/+$/, "") }}/oauth/token/' },
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];
}
