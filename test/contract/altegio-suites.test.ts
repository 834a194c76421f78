import { ALTEGIO } from '../../core/crm/yclients';
import { describeVendor, describeVendorRace } from './support/vendor-suites';
import { yclientsUnderTest } from './support/yclients-bench';

describeVendor(yclientsUnderTest('online', {}, ALTEGIO));
describeVendor(yclientsUnderTest('journal', {}, ALTEGIO));

describe.each(['422-code', '409-conflict'] as const)('a taken time as %s', (conflictStyle) => describeVendorRace(yclientsUnderTest('journal', { conflictStyle }, ALTEGIO)));
