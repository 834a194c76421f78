import { CLIENT_COLUMNS, importClients } from '../../../core/crm/dikidi';
import { defineOperation } from '../../shared/operation';
import type { DikidiContext } from '../context';
import { imported, importFields } from './file';

export const importClientsFile = defineOperation<DikidiContext>({
	value: 'clients',
	name: 'Clients',
	action: 'Import clients',
	description: 'Read a CSV export of clients, one item a client; all of the file or nothing',
	fields: importFields(CLIENT_COLUMNS),
	run: (context, i) => imported(context, i, importClients),
});
