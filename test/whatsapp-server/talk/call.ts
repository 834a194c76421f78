import type { Desk } from '../desk/desk';
import type { Device } from '../desk/device';
import type { Phone } from '../desk/phone';
import type { CodePairing } from '../desk/code-pairing';
import type { Registrations } from '../desk/registrations';
import type { Link } from '../wire/link';
import type { Stanza } from '../wire/stanza';

/** The parts of the server a client can reach. */
export interface Office {
	readonly desk: Desk;
	readonly registrations: Registrations;
	readonly codes: CodePairing;
	/** Goes on by itself; a failure is kept among the server's faults. */
	background(work: Promise<unknown>): void;
}

/** A stanza with the connection it came by. */
export interface Visit {
	readonly office: Office;
	readonly link: Link;
	readonly node: Stanza;
}

/** A stanza of a logged-in device. */
export interface Call extends Visit {
	readonly device: Device;
	readonly phone: Phone;
}

/** An iq's answer: what its result holds, or the code of a refusal. */
export type IqAnswer = readonly Stanza[] | number;
