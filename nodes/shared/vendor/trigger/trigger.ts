import type { INodePropertyOptions } from 'n8n-workflow';
import type { Outcome, StreamName } from '../../../../core/booking';
import type { CredentialData, CrmVendor, VendorAccount } from '../vendor';

/** A request to the webhook, as it came. Nothing in it is believed but that something changed. */
export interface Delivery {
	readonly body: unknown;
	readonly query: Readonly<Record<string, unknown>>;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, unknown>>;
	/** The body's bytes, for signatures; null when the host did not keep them. */
	readonly raw: Uint8Array | null;
}

/** That a record changed. */
export interface Signal {
	/** The same for an event delivered twice, different for every other. */
	readonly key: string;
	/** A value of {@link VendorTrigger.events}. */
	readonly event: string;
	/** `create`, `update` or `delete`, where the vendor tells. */
	readonly change: string;
	readonly id: string;
}

/** Where the vendor is to send its events. */
export interface Hook {
	/** With the secret in its query. */
	readonly url: string;
	readonly secret: string;
	readonly events: readonly string[];
}

/** Adds the trigger's address at the vendor and takes it away; a vendor without such an API has it entered by hand. */
export interface Registration<A extends VendorAccount> {
	isRegistered(account: A, hook: Hook): Promise<Outcome<boolean>>;
	register(account: A, hook: Hook): Promise<Outcome<unknown>>;
	unregister(account: A, hook: Hook): Promise<Outcome<unknown>>;
}

/** A vendor's trigger, as the shared webhook and poll run it. */
export interface VendorTrigger<A extends VendorAccount = VendorAccount> {
	readonly vendor: CrmVendor<A>;
	/** What can be heard of, `appointment` first; values are published. */
	readonly events: readonly [INodePropertyOptions & { readonly value: string }, ...(INodePropertyOptions & { readonly value: string })[]];
	/** The events of a delivery; none for what is not one of this account. Never throws. */
	signalsOf(account: A, delivery: Delivery): readonly Signal[];
	/** The record as it is now; refused with `not_found` when there is none any more. */
	read(account: A, signal: Signal): Promise<Outcome<object>>;
	readonly registration?: Registration<A>;
	/** Streams in which a poll finds the events; without one an event comes by webhook only. */
	readonly streams: Readonly<Record<string, StreamName>>;
	/**
	 * Whether a delivery proves that it comes from the vendor, for vendors that sign; else the secret in the query does.
	 * Compare with `sameSecret`.
	 */
	isGenuine?(delivery: Delivery, credential: CredentialData, secrets: readonly string[]): boolean;
}
