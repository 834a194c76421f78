import type { Act, AskTopic, CorrectableField, SmalltalkKind } from '../../../core/conversation/acts';
import { SALON_SERVICES, SALON_STAFF } from './salon';

/** What a client says at once, with what it means. A scenario's own words are the only source of both. */
export interface Line {
	/** One message a piece; several are sent at the same moment. */
	readonly parts: readonly string[];
	readonly acts: readonly Act[];
	/** Minutes of silence before it. */
	readonly wait?: number;
	/** Presses the button with this id prefix under the last reply instead of writing, where there is one. */
	readonly presses?: string;
	/** The client agrees to the summary shown last. */
	readonly consents?: boolean;
	readonly kind?: 'voice' | 'image' | 'location';
}

interface Marked {
	readonly text: string;
	readonly words: Readonly<Record<string, string>>;
}

const FIELDS: Readonly<Record<string, string>> = { s: 'serviceText', w: 'whenText', p: 'staffText', g: 'forOther', n: 'nameText', t: 'phoneText', r: 'recordText' };

/** The handle of a catalogue entry in a prompt, for services and people meant by other words than their own. */
const REFS: Readonly<Record<string, readonly [field: string, handleOf: (id: string) => string]>> = {
	s: ['serviceRef', (id) => `v${SALON_SERVICES.findIndex((service) => service.id === id) + 1}`],
	p: ['staffRef', (id) => `s${SALON_STAFF.findIndex((person) => person.id === id) + 1}`],
};

/**
 * «на [s:маникюр] [w:завтра]» is the sentence without marks, and what each mark says; `[s=brows:взгляд поярче]` names
 * the service that is meant by these words.
 */
function marked(source: string): Marked {
	const words: Record<string, string> = {};
	const text = source.replace(/\[(\w)(?:=([\w-]+))?:([^\]]*)\]/g, (_whole, mark: string, id: string | undefined, said: string) => {
		const field = FIELDS[mark];
		if (field === undefined) throw new RangeError(`No mark is called ${mark}`);
		words[field] = words[field] === undefined ? said : `${words[field]} ${said}`;
		const ref = REFS[mark];
		if (id !== undefined && ref !== undefined) words[ref[0]] = ref[1](id);
		return said;
	});
	return { text, words };
}

function line(text: string, ...acts: readonly Act[]): Line {
	return { parts: [text], acts };
}

export function book(source: string): Line {
	const { text, words } = marked(source);
	return line(text, { type: 'book', ...words });
}

export function fill(source: string): Line {
	const { text, words } = marked(source);
	return line(text, { type: 'fill', ...words });
}

/** The one marked piece is the corrected value. */
export function correct(field: CorrectableField, source: string): Line {
	const { text, words } = marked(source);
	return line(text, { type: 'correct', field, text: Object.values(words)[0] ?? text });
}

export function ask(topic: AskTopic, text: string): Line {
	return line(text, { type: 'ask', topic, text });
}

export function manage(op: 'list' | 'cancel' | 'move', source: string): Line {
	const { text, words } = marked(source);
	return line(text, { type: 'manage', op, ...words });
}

export const pick = (ref: string, text: string): Line => line(text, { type: 'pick', ref });
export const yes = (text = 'да'): Line => ({ ...line(text, { type: 'yes' }), consents: true });
export const no = (text = 'нет'): Line => line(text, { type: 'no' });
export const talk = (kind: SmalltalkKind, text: string): Line => line(text, { type: 'smalltalk', kind });
export const human = (text: string): Line => line(text, { type: 'human' });
export const stop = (text: string): Line => line(text, { type: 'stop' });
/** Says nothing that can be acted on. */
export const noise = (text: string): Line => line(text, { type: 'none' });

/** Says several things in one message. */
export function both(...lines: readonly Line[]): Line {
	return { parts: [lines.flatMap((one) => one.parts).join(' ')], acts: lines.flatMap((one) => one.acts) };
}

/** The same meaning, sent as several messages at once. */
export function inPieces(whole: Line, ...parts: readonly string[]): Line {
	return { ...whole, parts };
}

export function after(minutes: number, one: Line): Line {
	return { ...one, wait: minutes };
}

export function presses(prefix: string, one: Line): Line {
	return { ...one, presses: prefix };
}

export const media = (kind: 'voice' | 'image' | 'location'): Line => ({ parts: [''], acts: [{ type: 'none' }], kind });
