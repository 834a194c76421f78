import { ANSWERS_SOURCE } from '../../../core/conversation/knowledge';
import { ParameterError } from '../../shared/errors';

/** Source of the entries added one by one. */
export const MANUAL_SOURCE = 'single entries';
const MOST_NAME = 200;

/** The name of an imported source. Throws for none, and for one whose entries come another way: an import would erase them. */
export function importableSource(name: string): string {
	const source = name.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
	if (source === '') throw new ParameterError('The source has no name', 'Fill in Source Name, for example the name of the file or the address of the page.');
	if (source.length > MOST_NAME) throw new ParameterError('The source name is too long', `Use at most ${MOST_NAME} characters.`);
	if (source === MANUAL_SOURCE || source === ANSWERS_SOURCE) {
		throw new ParameterError(`The source name "${source}" is taken`, 'Entries made by Add Entry and by Question: Answer are kept under it, and an import would replace them. Choose another name.');
	}
	return source;
}
