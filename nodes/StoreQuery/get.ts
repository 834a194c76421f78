import type { SyncedEntity } from '../../core/booking';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { defineOperation, type Operation } from '../shared/operation';
import { notFound, type QueryContext } from './context';

/** Get of a copied entity; `record` is its name in a sentence. */
export function getRecord(entity: SyncedEntity, record: string): Operation<QueryContext> {
	return defineOperation<QueryContext>({
		value: 'get',
		name: 'Get',
		action: `Get ${record}`,
		description: `Read one ${record} from the copy, also one that was deleted`,
		fields: [recordIdField],
		async run({ parameters, query }, i) {
			const id = readRecordId(parameters, i);
			const found = (await query.byIds(entity, [id])).get(id);
			if (found === undefined) throw notFound();
			return found;
		},
	});
}

export const recordIdField = { displayName: 'Record ID', name: 'recordId', type: 'string', required: true, default: '', placeholder: 'e.g. 77000111', description: "The CRM's own ID of the record" } as const;

/** The id of an item. Throws {@link ParameterError} without one. */
export function readRecordId(parameters: QueryContext['parameters'], i: number): string {
	const id = textOf(parameters.getNodeParameter('recordId', i, ''));
	if (id === '') throw new ParameterError('Record ID is empty', 'Enter the ID of the record, as an item of Get Many has it.');
	return id;
}
