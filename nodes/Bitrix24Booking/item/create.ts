import { randomUUID } from 'node:crypto';
import type { INodeProperties } from 'n8n-workflow';
import { office } from '../../../core/crm/bitrix24';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation, type Operation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { Bitrix24Context } from '../context';
import { moreFields, portalFields, readFields } from './form';
import type { ItemKind } from './kinds';

/** Phones and addresses of somebody new; of a card that stands they are changed by Client: Update. */
const POINTS: INodeProperties[] = [
	{ displayName: 'Email', name: 'email', type: 'string', placeholder: 'name@email.com', default: '' },
	{ displayName: 'Phone', name: 'phone', type: 'string', default: '', placeholder: 'e.g. +79161234567', description: 'With the country code. Search for the client first: the portal does not mind two cards of one phone.' },
];

export function createItem(kind: ItemKind): Operation<Bitrix24Context> {
	return defineOperation<Bitrix24Context>({
		value: 'create',
		name: 'Create',
		action: `Create ${kind.one}`,
		description: `Add a ${kind.one} to the CRM of the portal`,
		fields: [kind.main, ...(kind.value === 'deal' ? [] : POINTS), moreFields(kind, 'Additional Fields', 'additionalFields'), portalFields(kind), simplifyField],
		async run(context, i) {
			const { parameters, account } = context;
			const { name } = kind.main;
			const main = textOf(parameters.getNodeParameter(name, i, ''));
			if (main === '') throw new ParameterError(`${kind.main.displayName} is empty`, `A ${kind.one} needs it.`);
			const points = kind.value === 'deal' ? [] : POINTS.map((point) => ({ typeId: point.name.toUpperCase(), valueType: 'WORK', value: textOf(parameters.getNodeParameter(point.name, i, '')) })).filter(({ value }) => value !== '');
			const fields = { ...(await readFields(context, kind, 'additionalFields', i)), [name]: main, ...(points.length === 0 ? {} : { fm: points }) };
			const made = valueOf(await office.createItem(account.office, kind.entityTypeId, fields, randomUUID()), `Look for the ${kind.one} in the portal before you create it again: a repeat makes a second one.`);
			return wantsSimple(parameters, i) ? office.simpleItem(kind.value, made) : made;
		},
	});
}
