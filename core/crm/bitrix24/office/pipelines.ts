import * as v from 'valibot';
import { type Outcome, ok } from '../../../booking';
import { readEach } from '../batch';
import { call } from '../calls';
import { pageOf, STAGE } from '../wire';
import { KINDS } from './items';
import type { Office } from './office';

/** A stage as mappings name it. */
export interface Stage {
	readonly id: string;
	readonly name: string;
	/** `won`, `lost` or `open`. */
	readonly meaning: 'won' | 'lost' | 'open';
}

export interface Pipeline {
	/** 0 is the pipeline every portal begins with; leads have one without a number. */
	readonly id: string;
	readonly name: string;
	readonly isDefault: boolean;
	readonly stages: readonly Stage[];
}

const CATEGORY = v.looseObject({ id: v.pipe(v.union([v.number(), v.string()]), v.transform(String), v.regex(/^\d{1,15}$/)), name: v.string(), isDefault: v.optional(v.string(), 'N') });
const MEANINGS: Readonly<Record<string, Stage['meaning']>> = { S: 'won', F: 'lost' };

/** Pipelines with their stages: of deals, of leads, or of a smart process by its number. */
export async function pipelines({ transport }: Office, entityTypeId: number): Promise<Outcome<readonly Pipeline[]>> {
	const found = entityTypeId === KINDS.lead ? ok([{ id: '', name: 'Leads', isDefault: 'Y' }]) : await categories({ transport }, entityTypeId);
	if (found.kind !== 'ok') return found;
	const stages = await readEach(transport, found.value.map(({ id }) => call('crm.status.list', pageOf(STAGE), { filter: { ENTITY_ID: stageList(entityTypeId, id) }, order: { SORT: 'ASC' } })));
	if (stages.kind !== 'ok') return stages;
	return ok(
		found.value.map(({ id, name, isDefault }, index): Pipeline => ({
			id,
			name,
			isDefault: isDefault === 'Y',
			stages: (stages.value[index]?.items ?? []).map(({ STATUS_ID, NAME, SEMANTICS }) => ({ id: STATUS_ID, name: NAME, meaning: MEANINGS[SEMANTICS ?? ''] ?? 'open' })),
		})),
	);
}

async function categories({ transport }: Office, entityTypeId: number): Promise<Outcome<readonly v.InferOutput<typeof CATEGORY>[]>> {
	const answer = await transport.read(call('crm.category.list', pageOf(CATEGORY, 'categories'), { entityTypeId }));
	return answer.kind === 'ok' ? ok(answer.value.items) : answer;
}

/** The name under which the portal keeps the stages of a pipeline. */
function stageList(entityTypeId: number, id: string): string {
	if (entityTypeId === KINDS.lead) return 'STATUS';
	if (entityTypeId === KINDS.deal) return id === '0' ? 'DEAL_STAGE' : `DEAL_STAGE_${id}`;
	return `DYNAMIC_${entityTypeId}_STAGE_${id}`;
}
