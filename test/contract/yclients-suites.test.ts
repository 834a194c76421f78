import { describeVendor, describeVendorRace } from './support/vendor-suites';
import { yclientsUnderTest } from './support/yclients-bench';

describeVendor(yclientsUnderTest('online'));
describeVendor(yclientsUnderTest('journal'));

describe.each(['422-code', '409-conflict'] as const)('a taken time as %s', (conflictStyle) => describeVendorRace(yclientsUnderTest('online', { conflictStyle })));
