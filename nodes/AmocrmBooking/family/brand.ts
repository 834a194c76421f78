import type { Brand } from '../../../core/crm/amocrm';
import type { SignIn } from '../../shared/vendor/vendor';

/** What differs between the brands of the product on the canvas. */
export interface BrandOnCanvas {
	readonly brand: Brand;
	readonly value: string;
	readonly description: string;
	readonly signIns: readonly [SignIn, ...SignIn[]];
	/** Stands in the names of the lists behind selectors, which are unique over all vendors. */
	readonly searchPrefix: string;
}
