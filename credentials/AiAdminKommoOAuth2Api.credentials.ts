import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { oAuth2Fields } from './shared/amocrm-sign-in';

/** An integration in Kommo that the owner consents to. n8n keeps and renews its tokens. */
export class AiAdminKommoOAuth2Api implements ICredentialType {
	name = 'aiAdminKommoOAuth2Api';

	displayName = 'Kommo Booking OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:kommo.svg', dark: 'file:kommo.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/kommo.md#keys';

	properties: INodeProperties[] = oAuth2Fields({ vendor: 'Kommo', suffix: 'kommo.com' }, 'https://www.kommo.com/oauth');
}
