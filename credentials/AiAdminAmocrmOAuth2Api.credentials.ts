import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { oAuth2Fields } from './shared/amocrm-sign-in';

/** An integration in amoCRM that the owner consents to. n8n keeps and renews its tokens. */
export class AiAdminAmocrmOAuth2Api implements ICredentialType {
	name = 'aiAdminAmocrmOAuth2Api';

	displayName = 'amoCRM Booking OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:amocrm.svg', dark: 'file:amocrm.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/amocrm.md#keys';

	properties: INodeProperties[] = oAuth2Fields({ vendor: 'amoCRM', suffix: 'amocrm.ru' }, 'https://www.amocrm.ru/oauth');
}
