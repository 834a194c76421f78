import type { INodeProperties } from 'n8n-workflow';
import type { AssistantProfile } from '../../../core/conversation/assistant-profile';
import { settingFields } from '../../shared/assistant-fields';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import type { OperationContext } from '../../shared/operation';
import { collectionOf, rowsOf, wordsOf } from '../../shared/booking/values';
import { catalogueFields, detailFields, handoffFields, voiceFields } from './form-fields';

type Fields = Readonly<Record<string, unknown>>;

const section = (displayName: string, name: string, placeholder: string, options: INodeProperties[]): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder,
	default: {},
	options,
});

/** A profile in sections; a field that is not added keeps what is stored. */
export const profileForm: readonly INodeProperties[] = [
	{
		displayName: 'Profile Name',
		name: 'profileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Evening assistant',
		description: 'How you call the profile; clients never see it. Empty keeps the stored name.',
	},
	section('Voice', 'voice', 'Add Field', voiceFields),
	section('Services and Staff', 'catalogue', 'Add Field', catalogueFields),
	section('Hand-Off Rules', 'handoff', 'Add Rule', handoffFields),
	section('Language, Rules and Pipeline', 'details', 'Add Field', detailFields),
	section('Dialogue Settings', 'settings', 'Add Setting', settingFields),
];

/** The stored profile, or a new one, with the fields of the form over it; to be checked like any input. */
export function changedProfile(parameters: OperationContext['parameters'], i: number, id: string, stored: AssistantProfile | null): unknown {
	const name = textOf(parameters.getNodeParameter('profileName', i, ''));
	const voice = collectionOf(parameters, 'voice', i);
	const handoff = collectionOf(parameters, 'handoff', i);
	const details = collectionOf(parameters, 'details', i);
	return {
		...stored,
		...changed(details, { language: same, allowHealthFacts: same, workingRules: linesOf, pipelineActions: actionsOf }),
		...changed(collectionOf(parameters, 'catalogue', i), {
			bookableServiceIds: (value) => idsOf(value, 'Services Allowed'),
			offeredStaffIds: (value) => idsOf(value, 'Staff Allowed'),
		}),
		id,
		name: name === '' ? (stored?.name ?? id) : name,
		voice: { ...stored?.voice, ...changed(voice, { name: emptyAsNull, tone: same, emoji: same, style: same, houseRules: linesOf }) },
		handoff: { ...stored?.handoff, ...changed(handoff, { onUnansweredQuestion: same, onNoSlots: same, words: wordsOf }) },
		settings: { ...stored?.settings, ...changed(collectionOf(parameters, 'settings', i), SETTINGS) },
	};
}

const same = (value: unknown): unknown => value;
const emptyAsNull = (value: unknown): unknown => (textOf(value) === '' ? null : value);

const SETTINGS: Readonly<Record<keyof AssistantProfile['settings'], (value: unknown) => unknown>> = {
	phoneCountry: (value) => textOf(value).toUpperCase(),
	sessionHours: same,
	alarmWords: same,
	handoffHours: same,
	abusePauseMinutes: same,
	dailyTurns: same,
	pendingMinutes: same,
};

/** Fields that were added to a section, each read its own way. */
function changed(fields: Fields, readers: Readonly<Record<string, (value: unknown) => unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(readers).flatMap(([name, read]) => (fields[name] === undefined ? [] : [[name, read(fields[name])]])));
}

/** One line a text; commas belong to the text. */
function linesOf(value: unknown): string[] {
	const lines = Array.isArray(value) ? value.map(textOf) : textOf(value).split('\n');
	return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** Ids, or null for all. An empty text is neither: an expression that found nothing must not open the whole catalogue. */
function idsOf(value: unknown, name: string): readonly string[] | null {
	const ids = wordsOf(value);
	if (ids.length === 1 && ids[0]?.toLowerCase() === 'all') return null;
	if (ids.length > 0) return ids;
	throw new ParameterError(`"${name}" is empty`, 'Enter IDs separated by commas, or the word all. To keep what is stored, take the field away.');
}

function actionsOf(value: unknown): readonly object[] {
	return rowsOf(value, 'actions').map(({ on, label }) => ({ on, label }));
}
