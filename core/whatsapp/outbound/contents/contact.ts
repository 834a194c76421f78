import * as v from 'valibot';
import type { ContentKind } from './content';
import { NAME, QUOTED } from './fields';

const CONTACT = v.object({
	kind: v.literal('contact'),
	name: NAME,
	/** Digits with the country's code. */
	phone: v.pipe(v.string(), v.regex(/^\+?\d{8,15}$/, 'the phone of a contact is none'), v.transform((phone) => phone.replace('+', ''))),
	quotedId: QUOTED,
});

/** A value of a vCard on one line (RFC 6350, section 3.4). */
const escaped = (value: string): string => value.replace(/[\\;,]/g, '\\$&').replace(/[\r\n]+/g, ' ');

export const contact: ContentKind<typeof CONTACT> = {
	schema: CONTACT,
	compose: ({ name, phone }) => ({
		contacts: { displayName: name, contacts: [{ displayName: name, vcard: `BEGIN:VCARD\nVERSION:3.0\nFN:${escaped(name)}\nTEL;type=CELL;waid=${phone}:+${phone}\nEND:VCARD` }] },
	}),
};
