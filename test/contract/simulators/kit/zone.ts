/**
 * Wall clocks by Intl alone. It shares no code with core/calendar, so that a fault there cannot hide in both.
 * A wall time is `YYYY-MM-DDTHH:mm:ss` without offset.
 */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known !== undefined) return known;
	const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
	formats.set(zone, made);
	return made;
}

/** Zones change their offset on whole quarters of an hour: one Intl call serves all moments of a quarter. */
const QUARTER_MS = 900_000;
const MAX_KEPT = 200_000;
const kept = new Map<string, Map<number, number>>();

/** Minutes the zone is ahead of UTC at a moment. */
export function offsetOf(moment: number, zone: string): number {
	const quarter = Math.floor(moment / QUARTER_MS) * QUARTER_MS;
	const offsets = kept.get(zone) ?? new Map<number, number>();
	const known = offsets.get(quarter);
	if (known !== undefined) return known;
	kept.set(zone, offsets);
	const parts = Object.fromEntries(formatOf(zone).formatToParts(quarter).map(({ type, value }) => [type, value]));
	const wall = Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`);
	const offset = Math.round((wall - quarter) / 60_000);
	if (offsets.size >= MAX_KEPT) offsets.clear();
	offsets.set(quarter, offset);
	return offset;
}

/** The wall time of a moment. */
export function wallOf(moment: number, zone: string): string {
	return new Date(moment + offsetOf(moment, zone) * 60_000).toISOString().slice(0, 19);
}

/** The moment of a wall time: the first of two, and null for one that the clock jumps over. */
export function momentOf(wall: string, zone: string): number | null {
	const naive = Date.parse(`${wall}Z`);
	if (Number.isNaN(naive)) return null;
	const offsets = [offsetOf(naive - 86_400_000, zone), offsetOf(naive + 86_400_000, zone)];
	const moments = offsets.map((offset) => naive - offset * 60_000).filter((moment) => wallOf(moment, zone) === wall.slice(0, 19));
	return moments.length === 0 ? null : Math.min(...moments);
}

/** `+03:00`, or `+0300` without the colon. */
export function formatOffset(minutes: number, colon = true): string {
	const size = Math.abs(minutes);
	const hours = String(Math.floor(size / 60)).padStart(2, '0');
	return `${minutes < 0 ? '-' : '+'}${hours}${colon ? ':' : ''}${String(size % 60).padStart(2, '0')}`;
}

/** ISO 8601 of a moment with the zone's offset. */
export function isoOf(moment: number, zone: string, colon = true): string {
	return `${wallOf(moment, zone)}${formatOffset(offsetOf(moment, zone), colon)}`;
}
