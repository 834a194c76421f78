import type { Instant } from '../../../booking';
import type { Transport } from '../../http';
import { missingFor, type CommandedOperation } from '../commands';
import { pageFor, unsupported } from '../handoff';
import type { LinkWish } from '../booking-link';
import type { Settings } from '../settings';
import type { Facts } from '../choice';

/** Where the gateway is and by what it is asked. */
export interface Source {
	readonly transport: Transport;
	readonly companyId: string;
	/** Below the transport's address. */
	readonly path: string;
	readonly settings: Settings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
}

/** What every operation of the gateway route works with. */
export interface Context extends Source {
	readonly facts: Facts;
	/** Counts a value of an enumeration that is not known; the name of the field, never the value. */
	readonly count: (field: string) => void;
}

/** Operations the client can do on the booking page; the rest is for a person. */
const ON_PAGE: ReadonlySet<CommandedOperation> = new Set(['slots', 'createAppointment']);

/** The refusal of an operation whose commands are not ticked, or null. */
export function lacking({ settings }: Pick<Context, 'settings'>, operation: CommandedOperation, wish: LinkWish = {}) {
	const missing = missingFor(operation, settings.commands);
	if (missing.length === 0) return null;
	const what = `The gateway is not set up for this: it needs ${missing.join(', ')}.`;
	return ON_PAGE.has(operation) ? unsupported(what, pageFor(settings, wish)) : unsupported(what);
}
