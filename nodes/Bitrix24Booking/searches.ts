import type { INodeListSearchResult } from 'n8n-workflow';
import { office } from '../../core/crm/bitrix24';
import { has } from '../shared/booking/locators';
import { valueOf } from '../shared/errors';
import { textOf } from '../shared/fields';
import type { Opening } from '../shared/vendor/vendor';

type Settings = Pick<Opening, 'setting' | 'settings'>;

/** What visits are: deals, or the smart process the options name. */
function entityOf(opening: Settings): number {
	const smart = Number(textOf(opening.settings('crmOptions').smartProcess));
	return Number.isInteger(smart) && smart >= 128 ? smart : office.KINDS.deal;
}

export async function searchPipelines(portal: office.Office, opening: Settings, filter: string): Promise<INodeListSearchResult> {
	const pipelines = valueOf(await office.pipelines(portal, entityOf(opening)));
	return { results: pipelines.filter(({ name }) => has(name, filter)).map(({ id, name }) => ({ name, value: id })) };
}

/** Stages of the chosen pipeline, or of all while none is chosen. */
export async function searchStages(portal: office.Office, opening: Settings, filter: string): Promise<INodeListSearchResult> {
	const chosen = textOf(opening.setting('pipelineId'));
	const pipelines = valueOf(await office.pipelines(portal, entityOf(opening))).filter(({ id }) => chosen === '' || id === chosen);
	const stages = pipelines.flatMap((pipeline) => pipeline.stages.map(({ id, name }) => ({ name: pipelines.length > 1 ? `${pipeline.name} · ${name}` : name, value: id })));
	return { results: stages.filter(({ name }) => has(name, filter)) };
}

/** The portal's own fields of visits. */
export async function searchDealFields(portal: office.Office, opening: Settings, filter: string): Promise<INodeListSearchResult> {
	const fields = valueOf(await office.itemFields(portal, entityOf(opening)));
	return { results: fields.filter(({ custom, title, name }) => custom && has(`${title} ${name}`, filter)).map(({ title, name, type }) => ({ name: `${title} (${type})`, value: name })) };
}

/** Fields of a kind of record that can be written. */
export async function searchFieldsOf(portal: office.Office, entityTypeId: number, filter: string): Promise<INodeListSearchResult> {
	const fields = valueOf(await office.itemFields(portal, entityTypeId));
	return { results: fields.filter(({ readOnly, title, name }) => !readOnly && has(`${title} ${name}`, filter)).map(({ title, name, type }) => ({ name: `${title} (${type})`, value: name })) };
}

/** Resources of online booking. */
export async function searchResources(portal: office.Office, filter: string): Promise<INodeListSearchResult> {
	const resources = valueOf(await office.resources(portal));
	return { results: resources.map(({ id, name }) => ({ name: textOf(name), value: textOf(id) })).filter(({ name }) => has(name, filter)) };
}
