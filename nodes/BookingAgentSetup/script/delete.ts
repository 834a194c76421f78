import { OutcomeError } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';
import { readLocator, scriptLocator } from '../locators';

export const deleteScript = defineOperation<ManageContext>({
	value: 'delete',
	name: 'Delete',
	action: 'Delete script',
	description: 'Remove a script; the assistant stops saying it within a minute',
	fields: [scriptLocator],
	async run({ parameters, scripts, tenant }, i) {
		const id = readLocator(parameters, scriptLocator, i);
		if (await scripts.remove(id)) return { salonId: tenant, id, deleted: true };
		throw new OutcomeError({ kind: 'refused', reason: 'not_found', message: 'There is no script with this ID in this salon. Choose one from the list.' });
	},
});
