import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { createProfiles } from '../../core/conversation/assistant-profile';
import { createScriptLibrary } from '../../core/conversation/scripts';
import { createAssistantStore, MOST_QUESTIONS, type AssistantStore } from '../../core/store';
import { ParameterError, toNodeError } from '../shared/errors';
import { textOf } from '../shared/fields';
import type { OperationContext } from '../shared/operation';
import { salonOf } from '../shared/salon';
import { openNodeStore } from '../shared/store';

interface LocatorTexts {
	readonly search: keyof typeof MANAGE_LISTS;
	readonly placeholder: string;
	readonly description: string;
	/** Which mode a new node shows. */
	readonly mode?: 'list' | 'id';
}

/** A selector of one record, by list or by its ID. */
function locator(name: string, displayName: string, { search, placeholder, description, mode = 'list' }: LocatorTexts): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode, value: '' },
		required: true,
		description,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: search, searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
		],
	};
}

const PROFILE = { search: 'searchProfiles', placeholder: 'e.g. evening' } as const;
const SCRIPT = { search: 'searchScripts', placeholder: 'e.g. care-after-colour' } as const;
const SOURCE = { search: 'searchSources', placeholder: 'e.g. faq.md' } as const;
const QUESTION = { search: 'searchQuestions', placeholder: 'e.g. q3f2c8a1e77aa' } as const;
const NEW_OR_STORED = 'Up to 40 of a-z, 0-9, - and _; choose a stored one to change it';

export const profileLocator = locator('profileId', 'Assistant Profile', { ...PROFILE, description: 'The profile to work with' });
export const savedProfileLocator = locator('profileId', 'Assistant Profile', { ...PROFILE, mode: 'id', description: NEW_OR_STORED });
export const scriptLocator = locator('scriptId', 'Script', { ...SCRIPT, description: 'The script to work with' });
export const savedScriptLocator = locator('scriptId', 'Script', { ...SCRIPT, mode: 'id', description: NEW_OR_STORED });
export const sourceLocator = locator('source', 'Source', { ...SOURCE, description: 'The file, page or name the entries came under' });
export const questionLocator = locator('questionId', 'Question', { ...QUESTION, description: 'The question to work with, as Get Many puts it out' });

/** Id chosen in a locator. Throws {@link ParameterError} when none is. */
export function readLocator(parameters: OperationContext['parameters'], { name, displayName }: INodeProperties, i: number): string {
	const id = textOf(parameters.getNodeParameter(name, i, '', { extractValue: true }));
	if (id !== '') return id;
	throw new ParameterError(`${displayName} is not chosen`, 'Choose one from the list, or enter its ID.');
}

interface Entry {
	readonly name: string;
	readonly value: string;
}

type List = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

function list(entriesOf: (store: AssistantStore, tenant: string) => Promise<readonly Entry[]>): List {
	return async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		try {
			const { store } = await openNodeStore(this);
			const entries = await entriesOf(createAssistantStore(store), salonOf(this.getCurrentNodeParameter('salonId') ?? 'demo'));
			const wanted = (filter ?? '').trim().toLowerCase();
			return { results: entries.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)) };
		} catch (error) {
			throw toNodeError(this.getNode(), error, 0);
		}
	};
}

/** Lists behind the selectors, by method name. */
export const MANAGE_LISTS = {
	searchProfiles: list(async (store, tenant) => {
		const { profiles, unreadable } = await createProfiles(store.profiles, tenant).list();
		const readable = profiles.map(({ profile }) => ({ name: `${profile.name} · ${profile.id}`, value: profile.id }));
		return [...readable, ...unreadable.map((id) => ({ name: `${id} (not readable)`, value: id }))];
	}),
	searchScripts: list(async (store, tenant) => {
		const { scripts, unreadable } = await createScriptLibrary(store.scripts, tenant).list();
		const readable = scripts.map(({ id, stage, active }) => ({ name: `${id} · ${stage}${active ? '' : ' (off)'}`, value: id }));
		return [...readable, ...unreadable.map((id) => ({ name: `${id} (not readable)`, value: id }))];
	}),
	searchSources: list(async (store, tenant) =>
		(await store.knowledge.sources(tenant)).map(({ source, entries }) => ({ name: `${source} · ${entries}`, value: source })),
	),
	searchQuestions: list(async (store, tenant) => {
		const open = await store.questions.list({ tenant, status: 'open', limit: MOST_QUESTIONS });
		return open.map(({ id, question, asked }) => ({ name: `${question.slice(0, 80)} · ${asked}×`, value: id }));
	}),
};
