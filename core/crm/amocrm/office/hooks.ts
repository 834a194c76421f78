import * as v from 'valibot';
import { mapOutcome, type Outcome, ok, refused } from '../../../booking';
import { pageOf } from '../wire';
import type { Office } from './office';

/** An address that hears of changes. */
export interface Webhook {
	readonly id: string;
	readonly destination: string;
	readonly settings: readonly string[];
	/** The vendor gave up on it. */
	readonly disabled: boolean;
}

const HOOK = v.looseObject({
	id: v.pipe(v.union([v.number(), v.string()]), v.transform(String)),
	destination: v.string(),
	settings: v.nullish(v.array(v.string()), []),
	disabled: v.optional(v.boolean(), false),
});

const NO_PLAN = refused('unsupported', 'The plan or the user of this account does not allow webhooks by API; add the address by hand, or poll.');
const MOST = 250;

/** Addresses of the account; with `destination` only that one. `unsupported` where the plan has no webhooks by API. */
export async function hooks({ transport }: Office, destination?: string): Promise<Outcome<readonly Webhook[]>> {
	const query = destination === undefined ? { limit: MOST } : { 'filter[destination]': destination };
	const answer = await transport.read({ name: 'webhooks', method: 'GET', path: 'webhooks', query, schema: pageOf('webhooks', HOOK) });
	// the filter may be passed over
	return mapOutcome(withoutPlan(answer), ({ items }) => items.filter((hook) => destination === undefined || hook.destination === destination));
}

/** Adds an address, or changes what it hears. */
export async function addHook(office: Office, destination: string, settings: readonly string[]): Promise<Outcome<Webhook>> {
	const known = await hooks(office, destination);
	if (known.kind !== 'ok') return known;
	const same = known.value.find((hook) => !hook.disabled && settings.every((one) => hook.settings.includes(one)));
	if (same !== undefined) return ok(same);
	if (known.value.length > 0) {
		// an account may refuse an address that it knows
		const removed = await removeHook(office, destination);
		if (removed.kind !== 'ok') return removed;
	}
	return withoutPlan(await office.transport.write({ name: 'add_webhook', method: 'POST', path: 'webhooks', json: { destination, settings, sort: 10 }, schema: HOOK }, 'add_webhook'));
}

/** Takes an address away; one that is not there is done. */
export async function removeHook({ transport }: Office, destination: string): Promise<Outcome<null>> {
	const removed = withoutPlan(await transport.write({ name: 'remove_webhook', method: 'DELETE', path: 'webhooks', json: { destination }, schema: v.unknown() }, 'remove_webhook'));
	return removed.kind === 'refused' && removed.reason === 'not_found' ? ok(null) : mapOutcome(removed, () => null);
}

function withoutPlan<T>(outcome: Outcome<T>): Outcome<T> {
	return outcome.kind === 'refused' && outcome.reason === 'not_allowed' ? NO_PLAN : outcome;
}
