import { YCLIENTS } from './profile';
import { YCLIENTS_BOARD } from './switches';
import { startVendor, type VendorOptions, type VendorSimulator } from './vendor';

export { populate, type Past } from './populate';
export { addSalon, type SimulatedSalon, type SimulatedSalonSpec } from './salon';
export { revoke } from './state';
export { YCLIENTS_BOARD, type VendorSwitches } from './switches';
export type { VendorOptions, VendorSimulator } from './vendor';

/** Starts a simulator of YCLIENTS on loopback; it has a partner and no branch until `addSalon`. */
export function startYclients(options: VendorOptions = {}): Promise<VendorSimulator> {
	return startVendor(YCLIENTS, YCLIENTS_BOARD, options);
}
