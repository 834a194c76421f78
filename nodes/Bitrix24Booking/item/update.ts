import { randomUUID } from 'node:crypto';
import { office } from '../../../core/crm/bitrix24';
import { ParameterError, valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { Bitrix24Context } from '../context';
import { idField, moreFields, portalFields, readFields, readId } from './form';
import type { ItemKind } from './kinds';

export function updateItem(kind: ItemKind): Operation<Bitrix24Context> {
	const form: ItemKind = { ...kind, fields: [...kind.fields, { ...kind.main, required: false }].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')) };
	return defineOperation<Bitrix24Context>({
		value: 'update',
		name: 'Update',
		action: `Update ${kind.one}`,
		description: `Change named fields of a ${kind.one}, its stage among them; the rest stays as it is`,
		fields: [idField(kind), moreFields(form, 'Update Fields', 'updateFields'), portalFields(kind), simplifyField],
		async run(context, i) {
			const { parameters, account } = context;
			const id = readId(parameters, kind, i);
			const fields = await readFields(context, form, 'updateFields', i);
			if (Object.keys(fields).length === 0) throw new ParameterError('There is nothing to change', 'Add a field under Update Fields or Fields of the Portal.');
			const saved = valueOf(await office.updateItem(account.office, kind.entityTypeId, id, fields, randomUUID()), `Read the ${kind.one} back. The same update once more does no harm.`);
			return wantsSimple(parameters, i) ? office.simpleItem(kind.value, saved) : saved;
		},
	});
}
