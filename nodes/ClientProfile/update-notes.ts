import * as v from 'valibot';
import { noteSilence, type SilenceWord } from '../../core/store/outreach';
import { now } from '../shared/salon';
import { ParameterError } from '../shared/errors';
import { defineOperation } from '../shared/operation';
import type { ProfileContext } from './context';
import { notesItem } from './items';
import { readClients, whoFields } from './who';

const FORMS = ['genitive', 'dative', 'accusative', 'instrumental', 'prepositional'] as const;
const LONGEST_NOTE = 2000;
const LONGEST_FORM = 80;

const form = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(LONGEST_FORM)));
const Changes = v.object({
	note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(LONGEST_NOTE))),
	consent: v.optional(v.picklist(['given', 'withdrawn'])),
	optedOut: v.optional(v.boolean()),
	...(Object.fromEntries(FORMS.map((name) => [name, form])) as Record<(typeof FORMS)[number], typeof form>),
});

export const updateNotes = defineOperation<ProfileContext>({
	value: 'updateNotes',
	name: 'Update Notes',
	action: 'Update notes of client',
	description: 'Change what the salon itself keeps of a client: note, consent, opt-out, name forms; the CRM is not touched and a sync never overwrites it',
	fields: [
		...whoFields,
		{
			displayName: 'Notes',
			name: 'notes',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What is not added here stays as it is; an empty text empties the field',
			options: [
				{
					displayName: 'Consent',
					name: 'consent',
					type: 'options',
					options: [
						{ name: 'Given', value: 'given' },
						{ name: 'Withdrawn', value: 'withdrawn' },
					],
					default: 'given',
					description: 'To messages the client did not ask for; the day of the first consent is kept',
				},
				...FORMS.map((name) => ({ displayName: `Name: ${name.charAt(0).toUpperCase()}${name.slice(1)}`, name, type: 'string' as const, default: '', description: 'The name in this grammatical case, for templates' })),
				{ displayName: 'Note', name: 'note', type: 'string', typeOptions: { rows: 3 }, default: '', description: 'For the staff; no model sees it' },
				{ displayName: 'Opted Out', name: 'optedOut', type: 'boolean', default: true, description: 'Whether the client asked not to be written to first; holds for all cards of the phone. Off lets the salon write first again, also after a stop in a chat. The assistant does not speak of habits while it is on.' },
			],
		},
	],
	async run(context, i) {
		const { parameters, profiles, salonId } = context;
		const changes = changesOf(parameters.getNodeParameter('notes', i, {}));
		const [profile, another] = await readClients(context, i);
		if (another !== undefined) throw new ParameterError('Several clients share this phone', 'Choose Client By: ID. Nothing was changed.');
		const { note, consent, optedOut } = changes;
		const { notes, client } = profile;
		const at = now();
		await profiles.note(client.id, {
			...(note === undefined ? {} : { note: note === '' ? null : note }),
			...(consent === undefined ? {} : { consentAt: consent === 'given' ? (notes.consentAt ?? at) : null }),
			...(optedOut === undefined ? {} : { optedOutAt: optedOut ? (notes.optedOutAt ?? at) : null }),
			...formsOf(changes, notes.nameForms),
		});
		if (optedOut !== undefined && client.phone !== null) await noteSilenceOf(context, client.phone, { asked: optedOut, at });
		const after = await profiles.byId(client.id);
		return { salonId, clientId: client.id, ...notesItem(after?.notes ?? notes) };
	},
});

/** A phone is one person: what is noted on one of its cards holds for all of them, and goes before what a chat remembers. */
async function noteSilenceOf({ store, salonId }: ProfileContext, phone: string, word: SilenceWord): Promise<void> {
	await store.write((trx) => noteSilence(trx, store.vault, salonId, { chat: null, phone }, word));
}

function changesOf(value: unknown): v.InferOutput<typeof Changes> {
	const parsed = v.safeParse(Changes, value);
	if (!parsed.success) throw new ParameterError(`"${v.getDotPath(parsed.issues[0]) ?? 'notes'}" is not valid`, `Correct it under Notes: a note has at most ${LONGEST_NOTE} characters, a form of the name ${LONGEST_FORM}.`);
	if (Object.values(parsed.output).every((one) => one === undefined)) throw new ParameterError('There is nothing to change', 'Add a field under Notes.');
	return parsed.output;
}

/** The forms named now over those kept; an empty one goes. */
function formsOf(changes: v.InferOutput<typeof Changes>, kept: string | null): { readonly nameForms?: string | null } {
	const named = FORMS.filter((name) => changes[name] !== undefined);
	if (named.length === 0) return {};
	const before = kept === null ? {} : (JSON.parse(kept) as Record<string, string>);
	const after = Object.fromEntries(Object.entries({ ...before, ...Object.fromEntries(named.map((name) => [name, changes[name] ?? ''])) }).filter(([, text]) => text !== ''));
	return { nameForms: Object.keys(after).length === 0 ? null : JSON.stringify(after) };
}
