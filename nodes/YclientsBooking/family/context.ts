import type { VendorContext } from '../../shared/vendor/context';
import type { YclientsAccount } from './vendor';

/** What the brand's own operations work with. */
export type YclientsContext = VendorContext<YclientsAccount>;
