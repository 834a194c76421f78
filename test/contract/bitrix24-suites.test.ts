import { bitrix24UnderTest } from './support/bitrix24-bench';
import { describeVendorPressure } from './support/vendor-pressure';
import { describeVendorRace } from './support/vendor-race';
import { describeVendor } from './support/vendor-suites';

describeVendor(bitrix24UnderTest('booking'));
describeVendor(bitrix24UnderTest('crm'));
describe('where the portal itself refuses taken time', () => describeVendorRace(bitrix24UnderTest('booking', { overlappingBookings: 'refused' })));
describe('signed by an application', () => describeVendorPressure(bitrix24UnderTest('booking', {}, 'application')));
