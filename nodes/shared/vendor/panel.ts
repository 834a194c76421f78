import { updateDisplayOptions, type INodeCredentialDescription, type INodeProperties } from 'n8n-workflow';
import { describeResources, type Resource } from '../operation';
import { STORE_CREDENTIAL } from '../store';
import type { VendorContext } from './context';
import type { CrmVendor, VendorAccount } from './vendor';

/** Parameter values under which a part of a panel is shown. */
type Shown = Readonly<Record<string, readonly string[]>>;

/** The vendor's credentials, one for each way to sign in. */
export function credentialsOf({ signIns }: Pick<CrmVendor, 'signIns'>, shown: Shown = {}): INodeCredentialDescription[] {
	return signIns.map(({ credential, value }) => {
		const show = { ...shown, ...(signIns.length > 1 ? { authentication: [value] } : {}) };
		return { name: credential, required: true, ...(Object.keys(show).length === 0 ? {} : { displayOptions: { show: mutable(show) } }) };
	});
}

/** The store keeps the limit of requests, what was delivered already, and locks. */
export const storeCredential: INodeCredentialDescription = { name: STORE_CREDENTIAL, required: false, testedBy: 'testStore' };

/** Credentials of a vendor's own node and of its trigger. */
export function vendorCredentials(vendor: Pick<CrmVendor, 'signIns'>): INodeCredentialDescription[] {
	return [...credentialsOf(vendor), storeCredential];
}

/** How to sign in and which branch is meant: the same in the vendor's node, in its trigger and in Booking CRM. */
export function settingsOf({ signIns, settings }: Pick<CrmVendor, 'signIns' | 'settings'>, shown: Shown = {}): INodeProperties[] {
	const [first] = signIns;
	const authentication: INodeProperties = {
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		options: [...signIns].sort((a, b) => a.name.localeCompare(b.name, 'en')).map(({ name, value }) => ({ name, value })),
		default: first.value,
	};
	const all = [...(signIns.length > 1 ? [authentication] : []), ...settings];
	return Object.keys(shown).length === 0 ? all : updateDisplayOptions({ show: mutable(shown) }, all);
}

/** The panel of a vendor's own node. */
export function vendorProperties<A extends VendorAccount>(vendor: CrmVendor<A>, resources: readonly Resource<VendorContext<A>>[]): INodeProperties[] {
	return [...settingsOf(vendor), ...describeResources(resources, 'appointment')];
}

function mutable(shown: Shown): Record<string, string[]> {
	return Object.fromEntries(Object.entries(shown).map(([name, values]) => [name, [...values]]));
}
