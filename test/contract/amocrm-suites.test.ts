import { AMOCRM } from '../../core/crm/amocrm';
import { amocrmUnderTest } from './support/amocrm-bench';
import { describeVendor, describeVendorFaults, describeVendorPressure, describeVendorRace } from './support/vendor-suites';

describeVendor(amocrmUnderTest(AMOCRM));

describe('amoCRM with rotating tokens', () => describeVendorPressure(amocrmUnderTest(AMOCRM, { rotating: true })));
describe('amoCRM whose lists are not filtered', () => {
	const vendor = amocrmUnderTest(AMOCRM, { switches: { filters: 'ignored' } });
	describeVendorFaults(vendor);
	describeVendorRace(vendor);
});
describe('amoCRM whose lists lag behind', () => describeVendorFaults(amocrmUnderTest(AMOCRM, { switches: { indexLag: '2s' } })));
