import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { Resource } from '../../../nodes/shared/operation';
import type { VendorContext } from '../../../nodes/shared/vendor/context';

/** A vendor's node for the tests that walk over all of them; one file a vendor in test/node/fixtures, exported as `fixture`. */
export interface VendorFixture {
	/** Name of the node, and of its folder in nodes/. */
	readonly node: string;
	readonly folder: string;
	readonly resources: readonly Resource<VendorContext<never>>[];
	/** Starts a simulator that lives in real time, with a salon that takes bookings in the coming days. */
	start(): Promise<VendorBench>;
}

/** A running simulator with one salon, and how a node reaches it. */
export interface VendorBench {
	/** Data of the credential by its type. */
	readonly credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	/** Values of the vendor's own settings in the panel. */
	readonly settings: INodeParameters;
	/** Phone of a client who has a card. */
	readonly phone: string;
	/** Forms of the vendor's own operations by `resource operation`: one for each, empty where the defaults do. */
	own(records: WalkRecords): Readonly<Record<string, INodeParameters>>;
	/** Operations, by the same names, that rightly give no item here. */
	readonly empty?: readonly string[];
	/** Common operations this vendor cannot do: their node error is what they have to give. */
	readonly unsupported?: readonly string[];
	/** Own operations whose item does not come from the vendor's answer, so that a bad answer is no error of theirs. */
	readonly local?: readonly string[];
	close(): Promise<void>;
}

/** Records the walk has found or made. */
export interface WalkRecords {
	readonly serviceId: string;
	readonly staffId: string;
	readonly clientId: string;
	/** A visit of its own for each operation, so that none depends on what another did. */
	appointmentId(title: string): string;
}
