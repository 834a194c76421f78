import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { ok, type Outcome } from '../../../../core/booking';
import { toNodeError, valueOf } from '../../errors';
import type { VendorAccount } from '../vendor';
import { openTriggerAccount, setUpTrigger } from './open';
import type { Hook, Registration, VendorTrigger } from './trigger';

/** An account without the API answers in one of these ways. */
const CANNOT: ReadonlySet<string> = new Set(['not_found', 'unsupported']);
const AFTER_UNKNOWN = 'Publish the workflow again: an address that is there already is not added twice.';

/** Whether the vendor has the trigger's address already. */
export function isHookRegistered<A extends VendorAccount>(functions: IHookFunctions, trigger: VendorTrigger<A>): Promise<boolean> {
	return withHook<A, boolean>(functions, trigger, true, async (registration, account, hook) => {
		const known = await registration.isRegistered(account, hook);
		// an account without the API has nothing registered; registering says what to do about it
		return known.kind === 'refused' && CANNOT.has(known.reason) ? ok(false) : known;
	});
}

/** Adds the trigger's address at the vendor. */
export async function registerHook<A extends VendorAccount>(functions: IHookFunctions, trigger: VendorTrigger<A>): Promise<boolean> {
	await withHook<A, unknown>(functions, trigger, null, async (registration, account, hook) => {
		const done = await registration.register(account, hook);
		if (done.kind !== 'refused' || !CANNOT.has(done.reason)) return done;
		throw new NodeOperationError(functions.getNode(), `This account does not let ${trigger.vendor.name} be told of the webhook`, {
			description: 'Set Registration to By Hand and add the address in the settings of the branch, or set Mode to Polling.',
			failure: { cause: 'configuration-invalid' },
		});
	});
	return true;
}

/** Takes the trigger's address away; an account that has none is done. */
export async function unregisterHook<A extends VendorAccount>(functions: IHookFunctions, trigger: VendorTrigger<A>): Promise<boolean> {
	await withHook<A, unknown>(functions, trigger, null, async (registration, account, hook) => {
		const done = await registration.unregister(account, hook);
		return done.kind === 'refused' && CANNOT.has(done.reason) ? ok(null) : done;
	});
	return true;
}

async function withHook<A extends VendorAccount, T>(functions: IHookFunctions, trigger: VendorTrigger<A>, otherwise: T, step: (registration: Registration<A>, account: A, hook: Hook) => Promise<Outcome<T>>): Promise<T> {
	try {
		const setup = await setUpTrigger(functions, trigger);
		const { registration } = trigger;
		if (registration === undefined || setup.isPolling || setup.isByHand) return otherwise;
		const account = await openTriggerAccount(functions, trigger, setup);
		const [secret = ''] = setup.secrets;
		const address = new URL(functions.getNodeWebhookUrl('default') ?? '');
		address.searchParams.set('secret', secret);
		return valueOf(await step(registration, account, { url: address.href, secret, events: setup.events }), AFTER_UNKNOWN);
	} catch (error) {
		throw toNodeError(functions.getNode(), error, 0);
	}
}
