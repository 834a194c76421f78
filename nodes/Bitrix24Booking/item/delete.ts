import { randomUUID } from 'node:crypto';
import { office } from '../../../core/crm/bitrix24';
import { valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { idField, readId } from './form';
import type { ItemKind } from './kinds';

export function deleteItem(kind: ItemKind): Operation<Bitrix24Context> {
	return defineOperation<Bitrix24Context>({
		value: 'delete',
		name: 'Delete',
		action: `Delete ${kind.one}`,
		description: `Delete a ${kind.one} for good; to give up a visit, cancel the appointment instead`,
		fields: [idField(kind)],
		run: async ({ parameters, account }, i) => valueOf(await office.deleteItem(account.office, kind.entityTypeId, readId(parameters, kind, i), randomUUID()), `Look whether the ${kind.one} is still there.`),
	});
}
