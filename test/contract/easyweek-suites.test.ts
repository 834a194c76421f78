import { easyweekUnderTest } from './support/easyweek-bench';
import { describeVendor, describeVendorFaults, describeVendorFuzz, describeVendorRace } from './support/vendor-suites';

describeVendor(easyweekUnderTest());

describe('in the other positions that change how writing is read', () => {
	const other = { conflictStatus: '422', wrapSingle: 'off', createStatus: '200', createAnswer: 'uuid', cancelTwice: 'refused', customerTaken: '409', slotShape: 'B', emptyDays: 'empty' } as const;
	describeVendorFaults(easyweekUnderTest(other));
	describeVendorRace(easyweekUnderTest(other));
	describeVendorFuzz(easyweekUnderTest(other, 1000));
});
