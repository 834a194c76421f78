import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, Icon, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { accountFields, type BrandSignIn, signed, signInTest } from './shared/amocrm-sign-in';

const AMOCRM: BrandSignIn = { vendor: 'amoCRM', suffix: 'amocrm.ru' };

/** A long-lived token of a private integration in amoCRM. */
export class AiAdminAmocrmApi implements ICredentialType {
	name = 'aiAdminAmocrmApi';

	displayName = 'amoCRM Booking API';

	icon: Icon = { light: 'file:amocrm.svg', dark: 'file:amocrm.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/amocrm.md#keys';

	properties: INodeProperties[] = [
		{ displayName: 'Long-Lived Token', name: 'accessToken', type: 'string', typeOptions: { password: true }, required: true, default: '', description: 'Made by an administrator in the card of a private integration, tab Keys and Scopes' },
		...accountFields(AMOCRM),
	];

	test: ICredentialTestRequest = signInTest(AMOCRM);

	authenticate = async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => signed(credentials, options);
}
