import type { VendorContext } from '../shared/vendor/context';
import type { Bitrix24Account } from './vendor';

/** What the portal's own operations work with. */
export type Bitrix24Context = VendorContext<Bitrix24Account>;
