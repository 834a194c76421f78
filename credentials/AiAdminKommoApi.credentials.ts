import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, Icon, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { accountFields, type BrandSignIn, signed, signInTest } from './shared/amocrm-sign-in';

const KOMMO: BrandSignIn = { vendor: 'Kommo', suffix: 'kommo.com' };

/** A long-lived token of a private integration in Kommo. */
export class AiAdminKommoApi implements ICredentialType {
	name = 'aiAdminKommoApi';

	displayName = 'Kommo Booking API';

	icon: Icon = { light: 'file:kommo.svg', dark: 'file:kommo.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/kommo.md#keys';

	properties: INodeProperties[] = [
		{ displayName: 'Long-Lived Token', name: 'accessToken', type: 'string', typeOptions: { password: true }, required: true, default: '', description: 'Made by an administrator in the card of a private integration, tab Keys and Scopes' },
		...accountFields(KOMMO),
	];

	test: ICredentialTestRequest = signInTest(KOMMO);

	authenticate = async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => signed(credentials, options);
}
