import type { Instant, Zone } from '../../booking';
import { dateOf, formatWall, minuteOf, zoneClock } from '../../calendar';

/** A link the owner copied from their own page; for everything, for one service, for one person, or for both. */
export interface BookingLink {
	/** May hold `{serviceId}`, `{staffId}`, `{date}` and `{time}` where the owner knows the grammar of the page. */
	readonly url: string;
	readonly serviceId?: string;
	readonly staffId?: string;
}

/** What a client is sent to the booking page for. */
export interface LinkWish {
	readonly serviceIds?: readonly string[];
	readonly staffId?: string;
	readonly start?: Instant;
}

const HOSTS = ['dikidi.net', 'dikidi.ru'];
const LONGEST = 500;

/**
 * A pasted link as it is, or null for one that is not of the vendor's booking pages. The grammar of these links is not
 * documented, so nothing is added to it and nothing is taken away.
 */
export function bookingUrlOf(pasted: string): string | null {
	const text = pasted.trim();
	if (text.length > LONGEST || /[\s\\\p{C}]/u.test(text) || !URL.canParse(text)) return null;
	const { protocol, hostname, port, username, password } = new URL(text);
	const isVendor = HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`));
	return protocol === 'https:' && isVendor && port === '' && username === '' && password === '' ? text : null;
}

/** The link that says most of a wish; null when the owner gave none that fits. */
export function bookingLink(links: readonly BookingLink[], wish: LinkWish, zone: Zone): string | null {
	const [only, ...others] = wish.serviceIds ?? [];
	const serviceId = others.length === 0 ? only : undefined;
	const known = { serviceId, staffId: wish.staffId, ...momentOf(wish.start, zone) };
	const fitting = links
		.filter((link) => (link.serviceId === undefined || link.serviceId === serviceId) && (link.staffId === undefined || link.staffId === wish.staffId))
		.map((link) => ({ link, filled: filledIn(link.url, known) }))
		.sort((a, b) => weightOf(b.link) - weightOf(a.link));
	return fitting.map(({ filled }) => filled).find((url) => url !== null) ?? null;
}

/** A link for one pair beats one for a service, which beats one for a person; within these, one that takes more values. */
function weightOf({ url, serviceId, staffId }: BookingLink): number {
	const named = (serviceId === undefined ? 0 : 2) + (staffId === undefined ? 0 : 1);
	return named * 10 + (url.match(PLACE)?.length ?? 0);
}

const PLACE = /\{(serviceId|staffId|date|time)\}/g;

/** Null when a value is asked for that the wish does not hold, or when the values lead away from the vendor. */
function filledIn(url: string, known: Readonly<Record<string, string | undefined>>): string | null {
	const names = [...url.matchAll(PLACE)].map((match) => match[1] ?? '');
	if (names.some((name) => known[name] === undefined)) return null;
	return bookingUrlOf(url.replace(PLACE, (_, name: string) => encodeURIComponent(known[name] ?? '')));
}

function momentOf(start: Instant | undefined, zone: Zone): { readonly date?: string; readonly time?: string } {
	if (start === undefined) return {};
	const { day, minute } = zoneClock(zone).wall(minuteOf(start));
	return { date: dateOf(day), time: formatWall(minute) };
}
