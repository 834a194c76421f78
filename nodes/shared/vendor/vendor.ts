import type { IAdditionalCredentialOptions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import type { AppointmentReader, BookingCrm, Client, Instant, LeadDesk, Outcome, StreamReader } from '../../../core/booking';
import type { Lock } from '../../../core/crm/computed';
import type { HttpPort, Lane, Limiter, RateWindow, Transport } from '../../../core/crm/http';
import type { Store } from '../../../core/store';

/** One way to sign in to a vendor. */
export interface SignIn {
	/** Value of the Authentication parameter; published. */
	readonly value: string;
	readonly name: string;
	/** Type of the credential. */
	readonly credential: string;
	/** How n8n renews a credential whose vendor does not answer 401 for an old token. */
	readonly renewal?: IAdditionalCredentialOptions;
}

/** A vendor as its own node, its trigger and Booking CRM open it. */
export interface CrmVendor<A extends VendorAccount = VendorAccount> {
	/** Value in Booking CRM's dropdown; published. */
	readonly value: string;
	/** As an operator knows it. */
	readonly name: string;
	readonly description: string;
	/** With more than one, the panel gets an Authentication parameter; the first is the default. */
	readonly signIns: readonly [SignIn, ...SignIn[]];
	/** Which branch, and what the API does not tell. Each is read by its name; conditions on `authentication` are allowed. */
	readonly settings: readonly INodeProperties[];
	/** Throws `TypeError` or `ParameterError` for settings that cannot be. Asks the vendor nothing. */
	open(opening: Opening): A | Promise<A>;
	/** Lists behind the selectors in {@link settings}, by method name; names are unique over all vendors. */
	readonly searches?: Readonly<Record<string, VendorSearch>>;
}

/** One account of a vendor, bound to one execution: never kept over executions. */
export interface VendorAccount {
	readonly crm: BookingCrm & AppointmentReader;
	/** The pipeline through which Booking Agent moves the client's lead, where the vendor has one. */
	readonly leads?: LeadDesk;
	/** How the sync reads the account's lists; without one the CRM cannot be copied. */
	readonly reader?: StreamReader;
	/** In the lane of the opening; for the vendor's own operations and the raw request. */
	readonly transport: Transport;
	/** Branch and settings, whatever makes answers differ under one credential. No secrets. */
	readonly identity: readonly unknown[];
	/** Cards by a part of a name or a phone, for the client selector; without it the selector finds whole phones only. */
	findClients?(part: string): Promise<Outcome<readonly Client[]>>;
	/** What of a raw answer becomes items: a list gives one each. The whole answer when absent. */
	rawItems?(payload: unknown): unknown;
}

/** The values of a credential, as its form gives them: any field may be empty. */
export type CredentialData = Readonly<Record<string, unknown>>;

/** What a vendor is opened with. */
export interface Opening {
	/** Requests signed by n8n with the chosen credential. */
	readonly port: HttpPort;
	readonly signIn: SignIn;
	readonly credential: CredentialData;
	/** The same as it is by now: n8n may have renewed it since. */
	credentialNow(): Promise<CredentialData>;
	/** A setting of the node by its name; the id of a selector. */
	setting(name: string): unknown;
	/** A setting that is a collection. */
	settings(name: string): Readonly<Record<string, unknown>>;
	readonly lane: Lane;
	readonly clock: () => Instant;
	readonly store: Store;
	/** The limit the vendor counts by `scope` (its name, and host or account), shared by all processes of the store. */
	limiter(scope: string, windows: readonly RateWindow[]): Limiter;
	/** Keeps bookings in one account apart, over all processes of the store; `account` names it, e.g. the portal's host. */
	lock(account: string): Lock;
	/** What outlives the execution: one a process, credential, name and identity. Must hold nothing of the opening. */
	kept<T>(name: string, identity: readonly unknown[], create: () => T): T;
	/** Told the name of a field whose value is not in the vendor's list; never the value. */
	readonly onUnknownValue: (field: string) => void;
}

/** One page of a selector's list. The account is not open yet: the branch may be what is looked for. */
export type VendorSearch = (opening: Opening, filter: string, token: string | undefined) => Promise<INodeListSearchResult>;
