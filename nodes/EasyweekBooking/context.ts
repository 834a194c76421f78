import type { VendorContext } from '../shared/vendor/context';
import type { EasyweekAccount } from './vendor';

/** What EasyWeek's own operations work with. */
export type EasyweekContext = VendorContext<EasyweekAccount>;
