import { office } from '../../../core/crm/bitrix24';
import { valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { Bitrix24Context } from '../context';
import { idField, readId } from './form';
import type { ItemKind } from './kinds';

export function getItem(kind: ItemKind): Operation<Bitrix24Context> {
	return defineOperation<Bitrix24Context>({
		value: 'get',
		name: 'Get',
		action: `Get ${kind.one}`,
		description: `Retrieve a ${kind.one} with all its fields`,
		fields: [idField(kind), simplifyField],
		async run({ parameters, account }, i) {
			const row = valueOf(await office.item(account.office, kind.entityTypeId, readId(parameters, kind, i)));
			return wantsSimple(parameters, i) ? office.simpleItem(kind.value, row) : row;
		},
	});
}
