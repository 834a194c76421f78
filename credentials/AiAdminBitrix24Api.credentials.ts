import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, Icon, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

/** An incoming webhook of a portal in Bitrix24. Its URL is the secret and signs by itself. */
export class AiAdminBitrix24Api implements ICredentialType {
	name = 'aiAdminBitrix24Api';

	displayName = 'Bitrix24 Booking API';

	icon: Icon = { light: 'file:bitrix24.svg', dark: 'file:bitrix24.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/bitrix24.md#keys';

	properties: INodeProperties[] = [
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			// the address holds the key of the portal; the lint, which goes by the field's name, warns of the mask
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. https://salon.bitrix24.ru/rest/1/abc123def456/',
			description: 'Of the incoming webhook, as the portal shows it, with the permissions crm, booking, catalog, user and calendar. A self-hosted portal has its own host. Whoever knows the URL has the rights of the employee who made it.',
		},
		{
			displayName: 'Application Token',
			name: 'applicationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Of the outgoing webhook, for the trigger only: deliveries without it are refused',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: "={{ ($credentials.webhookUrl.trim().match(/^.*\\/rest\\/\\d+\\/[^\\/]+/) ?? ['https://webhook-url-is-not-valid.invalid'])[0] }}",
			url: '/crm.item.fields',
			body: { entityTypeId: 3 },
			disableFollowRedirect: true,
		},
		// n8n reads rules of both kinds together, its type knows lists of one kind only
		rules: [
			{ type: 'responseCode', properties: { value: 302, message: 'The portal has moved to another address: copy the URL of the webhook from there' } },
			{ type: 'responseCode', properties: { value: 401, message: 'The portal does not know this webhook: it was deleted, has expired or belongs to another portal. Make a new one and copy its whole URL.' } },
			{ type: 'responseCode', properties: { value: 402, message: 'The licence of the portal has ended: its owner has to renew it' } },
			{ type: 'responseCode', properties: { value: 403, message: 'The webhook is right, but it may not use the CRM: tick the permission crm (and booking, catalog, user, calendar) in its settings. A portal whose plan has no REST answers so too.' } },
			{ type: 'responseCode', properties: { value: 404, message: 'There is no REST of a portal at this address: copy the whole URL that the portal shows for the webhook' } },
			{ type: 'responseCode', properties: { value: 429, message: 'The webhook was not checked: the method is out of its time, try again in some minutes' } },
			{ type: 'responseCode', properties: { value: 503, message: 'The webhook was not checked: too many requests, or the portal is blocked by Bitrix24. Try again in a minute.' } },
			{ type: 'responseSuccessBody', properties: { key: 'error', value: 'NO_AUTH_FOUND', message: 'The portal does not know this webhook: make a new one and copy its whole URL' } },
			{ type: 'responseSuccessBody', properties: { key: 'error', value: 'insufficient_scope', message: 'The webhook lacks a permission: tick crm, booking, catalog, user and calendar in its settings' } },
		] as ICredentialTestRequest['rules'],
	};

	authenticate = async (_credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => options;
}
