import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, Icon, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { type BrandSignIn, fetchUserToken, signed, signInFields, signInTest } from './shared/yclients-sign-in';

const ALTEGIO: BrandSignIn = {
	vendor: 'Altegio',
	baseUrl: 'https://api.alteg.io/api/v1',
	accept: 'application/vnd.api.v2+json',
	partnerTokenHint: 'Of the developer account: the support for developers gives it, or the marketplace shows it in the settings of the application. Tokens of YCLIENTS are not accepted.',
};

/** Partner and user of Altegio. */
export class AiAdminAltegioApi implements ICredentialType {
	name = 'aiAdminAltegioApi';

	displayName = 'Altegio Booking API';

	icon: Icon = { light: 'file:altegio.svg', dark: 'file:altegio.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/altegio.md#keys';

	properties: INodeProperties[] = signInFields(ALTEGIO);

	test: ICredentialTestRequest = signInTest(ALTEGIO);

	preAuthentication = function (this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return fetchUserToken(this, ALTEGIO, credentials);
	};

	authenticate = async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => signed(credentials, options);
}
