import { KOMMO } from '../../core/crm/amocrm';
import { amocrmUnderTest } from './support/amocrm-bench';
import { describeSync } from './support/sync-suite';

describeSync(amocrmUnderTest(KOMMO));
