/** What a visit's text holds: words of people, and a last line of ours that staff may delete at the cost of what it tells. */
export interface Note {
	readonly comment: string;
	/** Empty when the visit is the client's own. */
	readonly guestName: string;
	/** Null where nothing of ours stands in the text. */
	readonly made: Made | null;
}

/** What made the visit: the portal's booking has no place for services or for the name of an operation. */
export interface Made {
	readonly tag: string;
	readonly clientId: string;
	readonly serviceIds: readonly string[];
}

const GUEST = 'Гость: ';
const OWN_LINE = /^\[(aia-[0-9a-f]{32}) client (\d{1,15}) services ([\d,]{1,200})\]$/;

export function writeNote({ comment, guestName, made }: Note): string {
	const own = made === null ? '' : `[${made.tag} client ${made.clientId} services ${made.serviceIds.join(',')}]`;
	return [comment, guestName === '' ? '' : `${GUEST}${guestName}`, own].filter((line) => line !== '').join('\n');
}

/** Reads a text that may be of anybody. A line that only looks like ours is words of people. */
export function readNote(text: string): Note {
	const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
	const at = lines.findLastIndex((line) => OWN_LINE.test(line));
	const match = at < 0 ? null : OWN_LINE.exec(lines[at] ?? '');
	const rest = lines.filter((_, index) => index !== at);
	const guest = rest.findLastIndex((line) => line.startsWith(GUEST));
	const [, tag = '', clientId = '', services = ''] = match ?? [];
	return {
		comment: rest.filter((_, index) => index !== guest).join('\n'),
		guestName: guest < 0 ? '' : (rest[guest]?.slice(GUEST.length).trim() ?? ''),
		made: match === null ? null : { tag, clientId, serviceIds: services.split(',').filter((id) => id !== '') },
	};
}
