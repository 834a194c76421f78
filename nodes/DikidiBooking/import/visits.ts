import { importVisits, VISIT_COLUMNS } from '../../../core/crm/dikidi';
import { defineOperation } from '../../shared/operation';
import type { DikidiContext } from '../context';
import { imported, importFields } from './file';

export const importVisitsFile = defineOperation<DikidiContext>({
	value: 'visits',
	name: 'Visits',
	action: 'Import visits',
	description: 'Read a CSV export of visits, one item a visit; all of the file or nothing',
	fields: importFields(VISIT_COLUMNS),
	run: (context, i) => imported(context, i, importVisits),
});
