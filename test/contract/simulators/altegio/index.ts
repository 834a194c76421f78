import { startVendor, type VendorOptions, type VendorSimulator } from '../yclients/vendor';
import { ALTEGIO } from './profile';
import { altegioRoutes } from './routes';
import { ALTEGIO_BOARD } from './switches';

export { ALTEGIO_BOARD } from './switches';

/** Starts a simulator of Altegio on loopback; branches come by `addSalon` of the YCLIENTS simulator. */
export function startAltegio(options: VendorOptions = {}): Promise<VendorSimulator> {
	return startVendor(ALTEGIO, ALTEGIO_BOARD, { now: '2026-07-20T09:00:00+02:00', ...options }, altegioRoutes);
}
