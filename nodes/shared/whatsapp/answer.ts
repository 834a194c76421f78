import type { SessionAnswer } from '../../../core/whatsapp/session';
import { ParameterError, UnavailableError } from '../errors';

/** The value of an answer; throws for every other kind: {@link ParameterError} when it was refused, else {@link UnavailableError}. */
export function valueOfAnswer(answer: SessionAnswer): unknown {
	if (answer.status === 'ok') return answer.value;
	const { status, reason, sentence } = answer;
	if (status === 'refused') throw new ParameterError('The WhatsApp session does not do this now', `${sentence} [${reason}]`);
	const happened = status === 'unknown' ? 'It is not known whether the WhatsApp session did this' : 'The WhatsApp session cannot be reached';
	throw new UnavailableError(happened, `${sentence} [${reason}]`);
}
