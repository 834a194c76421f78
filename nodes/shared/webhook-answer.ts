import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** An answer was written here; n8n adds none. */
export const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

/** Answers a request with JSON, without a run. */
export function answer(functions: IWebhookFunctions, status: number, body: object): IWebhookResponseData {
	functions.getResponseObject().status(status).json(body);
	return ANSWERED;
}
