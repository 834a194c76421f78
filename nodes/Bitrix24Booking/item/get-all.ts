import type { INodeProperties } from 'n8n-workflow';
import { office } from '../../../core/crm/bitrix24';
import { collectionOf, instantOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { listFields, readLimit, textOf } from '../../shared/fields';
import { defineOperation, type Operation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { Bitrix24Context } from '../context';
import type { ItemKind } from './kinds';

const JSON_FILTER: INodeProperties = {
	displayName: 'Filter (JSON)',
	name: 'filter',
	type: 'json',
	default: '',
	placeholder: 'e.g. { ">=opportunity": 1000, "@stageId": ["C9:NEW"] }',
	description: 'By any field of the portal, with its prefixes (>=, <, !, %, @ …). Added to the other filters.',
};
const OF_DEALS: readonly INodeProperties[] = [
	{ displayName: 'Contact ID', name: 'contactId', type: 'string', default: '', placeholder: 'e.g. 275', description: 'Only those of this contact' },
	JSON_FILTER,
	{ displayName: 'Stage ID', name: 'stageId', type: 'string', default: '', placeholder: 'e.g. C9:NEW', description: 'Only those in this stage' },
	{ displayName: 'Updated After', name: 'updatedAfter', type: 'dateTime', default: '', description: 'Only those that changed since then' },
];

/** Filters of a kind, sorted. */
function filtersOf({ value }: ItemKind): readonly INodeProperties[] {
	return value === 'contact' ? OF_DEALS.filter(({ name }) => name === 'filter' || name === 'updatedAfter') : OF_DEALS;
}

export function getAllItems(kind: ItemKind): Operation<Bitrix24Context> {
	return defineOperation<Bitrix24Context>({
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${kind.many}`,
		description: `List ${kind.many} by their number, oldest first`,
		fields: [...listFields, { displayName: 'Filters', name: 'filters', type: 'collection', placeholder: 'Add Filter', default: {}, options: [...filtersOf(kind)] }, simplifyField],
		async run({ parameters, account, zone }, i) {
			const { contactId, stageId, updatedAfter, filter } = collectionOf(parameters, 'filters', i);
			const since = textOf(updatedAfter) === '' && typeof updatedAfter !== 'object' ? undefined : instantOf(updatedAfter, await zone(), 'Updated After');
			const wanted = {
				...jsonOf(filter),
				...(textOf(contactId) === '' ? {} : { contactIds: textOf(contactId) }),
				...(textOf(stageId) === '' ? {} : { '=stageId': textOf(stageId) }),
				...(since === undefined ? {} : { '>=updatedTime': since }),
			};
			const rows = valueOf(await office.items(account.office, kind.entityTypeId, wanted, readLimit(parameters, i)));
			return wantsSimple(parameters, i) ? rows.map((row) => office.simpleItem(kind.value, row)) : rows;
		},
	});
}

/** A JSON option comes as text or, from an expression, as the value itself. */
function jsonOf(value: unknown): office.Row {
	const parsed: unknown = typeof value === 'string' ? parse(value) : (value ?? {});
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as office.Row;
	throw new ParameterError('Filter is not a JSON object', 'Write it as { "=stageId": "C9:NEW" }, with double quotes around names and texts.');
}

function parse(text: string): unknown {
	try {
		return text.trim() === '' ? {} : (JSON.parse(text) as unknown);
	} catch {
		return null;
	}
}
