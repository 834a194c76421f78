import type { VendorContext } from '../shared/vendor/context';
import type { OnecAccount } from './vendor';

/** What the node's own operations work with. */
export type OnecContext = VendorContext<OnecAccount>;
