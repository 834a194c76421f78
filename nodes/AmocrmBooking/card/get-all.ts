import type { INodeProperties } from 'n8n-workflow';
import { office } from '../../../core/crm/amocrm';
import { collectionOf, instantOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { listFields, readLimit, textOf } from '../../shared/fields';
import { defineOperation, type Operation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { AmocrmContext } from '../family/context';
import type { CardWords } from '../family/fields';
import { simpleCard } from '../family/simple';

const idFilter = (displayName: string, name: string): INodeProperties => ({ displayName, name, type: 'string', default: '', placeholder: 'e.g. 777' });

/** Lists cards of a kind. */
export function getAllCards(words: CardWords): Operation<AmocrmContext> {
	const leadFilters = words.kind === 'lead' ? [idFilter('Pipeline ID', 'pipelineId'), { ...idFilter('Stage ID', 'stageId'), description: 'Needs a pipeline too: some stages are in all of them' }] : [];
	return defineOperation<AmocrmContext>({
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${words.kind === 'company' ? 'company cards' : `${words.word}s`}`,
		description: 'List cards, the one changed last first',
		fields: [
			...listFields,
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add Filter',
				default: {},
				options: [
					{ displayName: 'Changed Since', name: 'changedSince', type: 'dateTime' as const, default: '' },
					...leadFilters,
					idFilter('Responsible User ID', 'responsibleUserId'),
					{ displayName: 'Search', name: 'search', type: 'string' as const, default: '', description: 'A part of any text on the card; a phone written with spaces is found by its parts only' },
				].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
			},
			simplifyField,
		],
		async run({ parameters, account, zone }, i) {
			const filters = collectionOf(parameters, 'filters', i);
			const id = (name: string, title: string): string | undefined => {
				const text = textOf(filters[name]);
				if (text !== '' && !/^[1-9]\d{0,14}$/.test(text)) throw new ParameterError(`"${title}" is not a number of the CRM`, 'Enter the number as the CRM shows it.');
				return text === '' ? undefined : text;
			};
			const query = { pipelineId: id('pipelineId', 'Pipeline ID'), statusId: id('stageId', 'Stage ID'), responsibleUserId: id('responsibleUserId', 'Responsible User ID') };
			if (query.statusId !== undefined && query.pipelineId === undefined) throw new ParameterError('A stage is named without its pipeline', 'Add the filter Pipeline ID: some stages are in all pipelines.');
			const since = textOf(filters.changedSince) === '' && typeof filters.changedSince !== 'object' ? undefined : Math.floor(Date.parse(instantOf(filters.changedSince, await zone(), 'Changed Since')) / 1000);
			const rows = valueOf(await office.listCards(account.office, words.kind, { ...query, changedSince: since, search: textOf(filters.search) || undefined }, readLimit(parameters, i)));
			return wantsSimple(parameters, i) ? rows.map((row) => simpleCard(words.kind, row)) : rows;
		},
	});
}
