import { office } from '../../../core/crm/bitrix24';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit, textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';

export const getAllProducts = defineOperation<Bitrix24Context>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many products',
	description: 'List services or all products of the catalogue with their prices, as the portal gives them',
	fields: [
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [{ name: 'All Products', value: 'all' }, { name: 'Services', value: 'service' }],
			default: 'service',
			description: 'Some portals show the list of services to administrators only',
		},
		...listFields,
		{ displayName: 'Catalogue ID', name: 'productCatalogueId', type: 'string', default: '', placeholder: 'e.g. 23', description: 'Leave empty to ask the portal for it' },
	],
	async run({ parameters, account }, i) {
		const catalogueId = textOf(parameters.getNodeParameter('productCatalogueId', i, ''));
		const kind = parameters.getNodeParameter('kind', i, 'service') === 'all' ? 'all' : 'service';
		return valueOf(await office.products(account.office, kind, catalogueId === '' ? undefined : catalogueId, readLimit(parameters, i)));
	},
});
