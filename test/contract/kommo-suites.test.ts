import { KOMMO } from '../../core/crm/amocrm';
import { amocrmUnderTest } from './support/amocrm-bench';
import { describeVendor, describeVendorPressure } from './support/vendor-suites';

// one adapter is two brands: the answers of the fuzz suite are mostly spent on the other one
describeVendor(amocrmUnderTest(KOMMO, { switches: { missingEntity: '204', batchErrors: 'partial', linkTouchesParent: 'yes' }, answers: 1500 }));

describe('Kommo with rotating tokens', () => describeVendorPressure(amocrmUnderTest(KOMMO, { rotating: true, switches: { staleRefresh: 'refused', oldAccessToken: 'revoked' } })));
