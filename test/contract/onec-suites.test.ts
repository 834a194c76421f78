import { onecUnderTest } from './support/onec-bench';
import { describeVendor, describeVendorFaults, describeVendorRace } from './support/vendor-suites';

const MARKER = { marker: 'Маркер' };

describeVendor(onecUnderTest('salon', { visit: MARKER }));

describeVendorFaults(onecUnderTest('salon whose documents are posted', { visit: { ...MARKER, post: true } }));
describeVendorFaults(onecUnderTest('salon whose mark stands in the comment'));
describeVendorFaults(onecUnderTest('vet clinic', { configuration: 'vet' }));

describeVendorRace(onecUnderTest('salon with a register of reservations, no lock between the rivals', { visit: MARKER, reservation: true }));
