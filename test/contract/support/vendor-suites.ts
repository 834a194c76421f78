import type { VendorUnderTest } from './vendor-bench';
import { describeVendorFaults } from './vendor-faults';
import { describeVendorFuzz } from './vendor-fuzz';
import { describeVendorPressure } from './vendor-pressure';
import { describeVendorProcesses, describeVendorRace } from './vendor-race';

export { describeVendorFaults, describeVendorFuzz, describeVendorPressure, describeVendorProcesses, describeVendorRace };

/** Everything a vendor's adapter has to bear beyond the booking contract. */
export function describeVendor(vendor: VendorUnderTest): void {
	describeVendorFaults(vendor);
	describeVendorFuzz(vendor);
	describeVendorRace(vendor);
	describeVendorProcesses(vendor);
	describeVendorPressure(vendor);
}
