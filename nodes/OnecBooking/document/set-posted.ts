import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import type { OnecContext } from '../context';
import { DOCUMENT } from '../object/kind';

const AFTER_UNKNOWN = 'Read the document back. Asking for the same again does no harm.';

function setPosted(posted: boolean, words: Pick<Operation<OnecContext>, 'value' | 'name' | 'action' | 'description'>): Operation<OnecContext> {
	return defineOperation<OnecContext>({
		...words,
		fields: [DOCUMENT.set, DOCUMENT.object],
		async run({ parameters, account }, i) {
			const [name, id] = [readLocator(parameters, DOCUMENT.parameter, i), readLocator(parameters, 'objectId', i)];
			return office.simpleRow(valueOf(await office.postDocument(account.office, name, id, posted), AFTER_UNKNOWN));
		},
	});
}

export const postDocument = setPosted(true, { value: 'post', name: 'Post', action: 'Post document', description: 'Post a document, so that it moves registers; a posted one stays as it is' });
export const unpostDocument = setPosted(false, { value: 'unpost', name: 'Unpost', action: 'Unpost document', description: 'Take the posting of a document away; an unposted one stays as it is' });
