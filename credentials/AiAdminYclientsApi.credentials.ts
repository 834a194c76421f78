import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, Icon, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { type BrandSignIn, fetchUserToken, signed, signInFields, signInTest } from './shared/yclients-sign-in';

const YCLIENTS: BrandSignIn = {
	vendor: 'YCLIENTS',
	baseUrl: 'https://api.yclients.com/api/v1',
	accept: 'application/vnd.yclients.v2+json',
	partnerTokenHint: 'Of the developer account at developers.yclients.com, in the settings of the application',
};

/** Partner and user of YCLIENTS. */
export class AiAdminYclientsApi implements ICredentialType {
	name = 'aiAdminYclientsApi';

	displayName = 'YCLIENTS Booking API';

	icon: Icon = { light: 'file:yclients.svg', dark: 'file:yclients.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/yclients.md#keys';

	properties: INodeProperties[] = signInFields(YCLIENTS);

	test: ICredentialTestRequest = signInTest(YCLIENTS);

	preAuthentication = function (this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return fetchUserToken(this, YCLIENTS, credentials);
	};

	authenticate = async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => signed(credentials, options);
}
