import type { IExecuteFunctions } from 'n8n-workflow';
import type { ModelFailure } from '../../../core/conversation/model/port';
import type { ReportFailure } from './connected';

/** What the operator can do about it. */
const ADVICE: Readonly<Record<ModelFailure, string>> = {
	rejected: 'the provider or n8n refused it: check the credential, the quota and the settings of the model node',
	throttled: 'the provider takes fewer requests than were sent',
	timeout: 'there was no answer in time',
	unavailable: 'the provider could not be reached',
	unreadable: 'the answer was no text',
	too_long: 'the answer was cut off or too long: check the token limit of the model node',
};

/** Collects failures of models and shows each kind once at the node: the client was answered all the same. */
export function modelHints(context: IExecuteFunctions): { readonly report: ReportFailure; show(): void } {
	const failures = new Map<string, string>();
	return {
		report: (model, cause) => void failures.set(`${model} ${cause}`, `${model} did not answer (${cause}): ${ADVICE[cause]}.`),
		show: () => {
			for (const message of failures.values()) {
				context.addExecutionHints({ message: `${message} The fallback model or the rules answered.`, type: 'warning', location: 'outputPane' });
			}
		},
	};
}
