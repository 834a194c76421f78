import { type Handoff, ok, type Outcome, type Refused, refused } from '../../booking';
import { bookingLink, type LinkWish } from './booking-link';
import { type DikidiSettings, type Settings, settingsOf } from './settings';

const HUMAN: Handoff = { kind: 'human', text: 'A person of the salon has to do it.' };

/** The booking page for a wish, or a person where the owner gave no link. */
export function pageFor({ links, zone }: Settings, wish: LinkWish = {}): Handoff {
	const url = bookingLink(links, wish, zone);
	return url === null ? HUMAN : { kind: 'link', url, text: `The client does it on the booking page: ${url}` };
}

/** Refuses what cannot be done here, and says where the client goes with it: never an empty list, never a made-up success. */
export function unsupported(what: string, handoff: Handoff = HUMAN): Refused {
	return { ...refused('unsupported', `${what} ${handoff.text}`), handoff };
}

/** The booking page for a wish, to be sent to a client. Throws `TypeError` for settings that cannot be. */
export function bookingLinkOf(settings: DikidiSettings, wish: LinkWish): Outcome<{ readonly url: string }> {
	const handoff = pageFor(settingsOf(settings), wish);
	return handoff.kind === 'link' ? ok({ url: handoff.url }) : refused('not_found', 'No link is set that fits; enter Booking Page, or a link for this service and person.');
}
