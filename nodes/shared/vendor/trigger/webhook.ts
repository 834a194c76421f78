import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createDeliveries } from '../../../../core/store/delivery';
import { toNodeError } from '../../errors';
import { ANSWERED, answer } from '../../webhook-answer';
import { eventItem } from './item';
import { openTriggerAccount, setUpTrigger, type TriggerSetup } from './open';
import { sameSecret } from './secret';
import type { VendorAccount } from '../vendor';
import type { Delivery, VendorTrigger } from './trigger';

/**
 * A delivery: refused with 401 and without a run when it does not prove where it comes from; else answered at once, each
 * of its events let through once, and its records read anew.
 */
export async function receiveDelivery<A extends VendorAccount>(functions: IWebhookFunctions, trigger: VendorTrigger<A>): Promise<IWebhookResponseData> {
	try {
		const setup = await setUpTrigger(functions, trigger);
		const delivery = deliveryOf(functions);
		if (!(await isGenuine(functions, trigger, setup, delivery))) return answer(functions, 401, { error: 'The secret is not right' });
		const account = await openTriggerAccount(functions, trigger, setup);
		const signals = trigger.signalsOf(account, delivery).filter(({ event }) => setup.events.includes(event));
		const fresh = await createDeliveries(setup.opened.store, { subscriber: setup.subscriber }).fresh(signals.map(({ key }) => key));
		answer(functions, 200, { ok: true });
		const items: INodeExecutionData[] = [];
		for (const key of fresh) {
			const signal = signals.find((one) => one.key === key);
			if (signal !== undefined) items.push(eventItem(signal, await trigger.read(account, signal)));
		}
		return items.length === 0 ? ANSWERED : { ...ANSWERED, workflowData: [items] };
	} catch (error) {
		throw toNodeError(functions.getNode(), error, 0);
	}
}

async function isGenuine<A extends VendorAccount>(functions: IWebhookFunctions, { vendor, isGenuine: check }: VendorTrigger<A>, { read, secrets }: TriggerSetup, delivery: Delivery): Promise<boolean> {
	if (check === undefined) return sameSecret(delivery.query.secret, secrets);
	const [first] = vendor.signIns;
	const signIn = vendor.signIns.length === 1 ? first : vendor.signIns.find(({ value }) => value === read('authentication'));
	const credential = signIn === undefined ? {} : await functions.getCredentials<Record<string, unknown>>(signIn.credential);
	return check(delivery, credential, secrets);
}

function deliveryOf(functions: IWebhookFunctions): Delivery {
	const { rawBody } = functions.getRequestObject() as { readonly rawBody?: unknown };
	return {
		body: functions.getBodyData(),
		query: functions.getQueryData() as Record<string, unknown>,
		headers: functions.getHeaderData(),
		raw: Buffer.isBuffer(rawBody) ? rawBody : null,
	};
}
