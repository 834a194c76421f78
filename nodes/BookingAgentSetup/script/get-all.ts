import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';
import { scriptItem, unreadableScript } from './item';

export const getAllScripts = defineOperation<ManageContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many scripts',
	description: 'List sales scripts and answers to objections; damaged ones too, marked as not readable',
	fields: listFields,
	async run({ parameters, scripts, tenant }, i) {
		const limit = readLimit(parameters, i);
		const { scripts: found, unreadable } = await scripts.list();
		return [...found.map((script) => scriptItem(tenant, script)), ...unreadable.map((id) => unreadableScript(tenant, id))].slice(0, limit);
	},
});
