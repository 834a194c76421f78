import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { AUTHENTICITIES, changeOf, type Delivery, type Gate, type GatewayEvent, localeOf, receive } from '../../core/crm/dikidi';
import { createDeliveries } from '../../core/store/delivery';
import { localeFields } from '../DikidiBooking/settings';
import { mappingOf } from './panel';
import { wordsOf } from '../shared/booking/values';
import { ParameterError, toNodeError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { now } from '../shared/salon';
import { openNodeStore } from '../shared/store';
import { ANSWERED, answer } from '../shared/webhook-answer';

const CREDENTIAL = 'aiAdminDikidiApi';

/**
 * A delivery of the platform: turned away with the contract's own answers and without a run, or answered and let through
 * once, however often it comes.
 */
export async function receiveEvent(functions: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const gate = await gateOf(functions);
		const reception = receive(deliveryOf(functions), gate);
		if (reception.event === null) return answer(functions, reception.status, reception.answer);
		const { store } = await openNodeStore(functions);
		const fresh = await createDeliveries(store, { subscriber: subscriberOf(functions) }).fresh([reception.event.id]);
		answer(functions, 200, { ok: true, duplicate: fresh.length === 0 });
		const isWanted = wordsOf(functions.getNodeParameter('events')).includes(reception.event.event);
		return fresh.length === 0 || !isWanted ? ANSWERED : { ...ANSWERED, workflowData: [[{ json: itemOf(reception.event, gate.locale.country) }]] };
	} catch (error) {
		throw toNodeError(functions.getNode(), error instanceof TypeError ? new ParameterError('The settings of DIKIDI cannot be used', error.message) : error, 0);
	}
}

async function gateOf(functions: IWebhookFunctions): Promise<Gate> {
	if (functions.getNode().credentials?.[CREDENTIAL] === undefined) throw new ParameterError('No credential of DIKIDI is chosen', 'Choose or create one at the top of the node.');
	const credential = await functions.getCredentials<Record<string, unknown>>(CREDENTIAL);
	const options = functions.getNodeParameter('crmOptions', {}) as Record<string, unknown>;
	const { zone, currency, country } = localeFields((name) => functions.getNodeParameter(name), options);
	return {
		authenticity: AUTHENTICITIES.find((one) => one === credential.eventProof) ?? 'hmac',
		secret: textOf(credential.gatewaySecret),
		companyId: textOf(credential.companyId),
		locale: localeOf({ zone, currency, country }),
		now: Date.parse(now()),
		mapping: mappingOf(options),
		onUnknownValue: (field) => functions.logger.warn(`DIKIDI gave a value of "${field}" that is not known`, { field }),
	};
}

/** The bytes as they came: what n8n has read from them is not what was signed. */
function deliveryOf(functions: IWebhookFunctions): Delivery {
	const { rawBody } = functions.getRequestObject() as { readonly rawBody?: unknown };
	return { headers: functions.getHeaderData(), query: functions.getQueryData() as Record<string, unknown>, body: Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0) };
}

/** What a test run has let through must reach the published workflow too. */
function subscriberOf(functions: IWebhookFunctions): string {
	return [functions.getWorkflow().id ?? '', functions.getNode().id, ...(functions.getMode() === 'manual' ? ['test'] : [])].join(':');
}

/** In the fields of every trigger, with the whole event beside them: the gateway is the owner's own, and what it signs is not asked again. */
function itemOf(event: GatewayEvent, country: string): IDataObject {
	return { ...changeOf(event, country), problem: null, receivedAt: now(), gatewayEvent: event } as unknown as IDataObject;
}
