import type { VendorContext } from '../../shared/vendor/context';
import type { AmocrmAccount } from './vendor';

/** What the family's own operations work with. */
export type AmocrmContext = VendorContext<AmocrmAccount>;
