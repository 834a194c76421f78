import type { Client } from '../../../core/booking';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit, textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { clientItem } from './item';

const PAGE = 500;

export const getAllClients = defineOperation<BuiltinContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many clients',
	description: 'List client cards, or search them by name and phone',
	fields: [
		{ displayName: 'Search', name: 'search', type: 'string', default: '', placeholder: 'e.g. Anna or 9161234567', description: 'Parts of the name or the phone; empty for all' },
		...listFields,
	],
	async run({ parameters, salon }, i) {
		const search = textOf(parameters.getNodeParameter('search', i, ''));
		const limit = readLimit(parameters, i);
		const found: Client[] = [];
		for (let after: string | undefined; found.length < limit; ) {
			const size = Math.min(limit - found.length, PAGE);
			const page = valueOf(await salon.listClients({ search, limit: size, ...(after === undefined ? {} : { after }) }));
			found.push(...page.map(clientItem));
			if (page.length < size) break;
			after = page[page.length - 1]?.id;
		}
		return found;
	},
});
