import type { IExecuteFunctions } from 'n8n-workflow';
import { operationKeys, type BookingContext } from '../booking/context';
import { valueOf } from '../errors';
import type { OpenContext } from '../router';
import { openAccount, settingsOfItem } from './account';
import type { CrmVendor, VendorAccount } from './vendor';

/** What an operation of a vendor's node works with. */
export interface VendorContext<A extends VendorAccount = VendorAccount> extends BookingContext {
	readonly account: A;
}

/** Opens the account of each item; action nodes leave the reserve of the limit to dialogues. */
export function vendorOpener<A extends VendorAccount>(vendor: CrmVendor<A>): OpenContext<VendorContext<A>> {
	return async (functions: IExecuteFunctions, i: number) => {
		const account = await openAccount(vendor, functions, settingsOfItem(functions, i), { lane: 'incremental', itemIndex: i });
		const { crm } = account;
		return {
			parameters: functions,
			account,
			crm,
			zone: async () => valueOf(await crm.company()).zone,
			appointment: (id) => crm.appointment(id),
			operationKey: operationKeys(functions),
		};
	};
}
