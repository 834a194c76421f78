import { office } from '../../../core/crm/amocrm';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit, textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';

export const getAllPipelines = defineOperation<AmocrmContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many pipelines',
	description: 'Show the pipelines of leads with the numbers of their stages',
	fields: [...listFields],
	async run({ parameters, account }, i) {
		const rows = valueOf(await office.pipelines(account.office)).slice(0, readLimit(parameters, i));
		return rows.map((row) => ({ id: row.id, name: row.name, isMain: row.is_main === true, isArchived: row.is_archive === true, stages: stagesOf(row._embedded) }));
	},
});

function stagesOf(embedded: unknown): readonly object[] {
	const stages: unknown = typeof embedded === 'object' && embedded !== null && 'statuses' in embedded ? embedded.statuses : [];
	return Array.isArray(stages) ? stages.map((stage: Readonly<Record<string, unknown>>) => ({ id: textOf(stage.id), name: stage.name })) : [];
}
