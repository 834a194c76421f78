import { randomUUID } from 'node:crypto';
import { office } from '../../../core/crm/bitrix24';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { eventField, readText } from './fields';

export const deleteEvent = defineOperation<Bitrix24Context>({
	value: 'delete',
	name: 'Delete',
	action: 'Delete calendar event',
	description: 'Take an entry out of the calendar it stands in',
	fields: [eventField],
	run: async ({ parameters, account }, i) => valueOf(await office.deleteEvent(account.office, readText(parameters, eventField, i), randomUUID()), 'Read the calendar back before you delete again.'),
});
