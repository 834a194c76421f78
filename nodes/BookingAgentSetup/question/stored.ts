import { OutcomeError } from '../../shared/errors';

export function noQuestion(): OutcomeError {
	return new OutcomeError({ kind: 'refused', reason: 'not_found', message: 'There is no question with this ID in this salon. Take the ID from Get Many.' });
}
