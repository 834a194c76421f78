import * as v from 'valibot';
import { type Outcome, ok } from '../../../booking';
import { path } from '../../http';
import { dataOf, DONE } from '../wire';
import type { Office } from './office';

/** What the settings can switch on; they name two of them otherwise than the deliveries do. */
export const HOOK_RESOURCES = [
	'salon', 'service_category', 'service', 'good', 'master', 'client', 'record', 'goods_operations_sale', 'goods_operations_receipt', 'goods_operations_consumable', 'goods_operations_stolen',
	'goods_operations_move', 'finances_operation',
] as const;
export type HookResource = (typeof HOOK_RESOURCES)[number];

/** Where a branch sends its changes, and which. */
export interface Hooks {
	readonly urls: readonly string[];
	readonly active: boolean;
	readonly resources: readonly HookResource[];
}

const FLAG = v.union([v.boolean(), v.number(), v.string()]);
const SETTINGS = v.looseObject({ urls: v.nullish(v.array(v.string()), []), active: v.optional(FLAG, 0) });

/** The settings as they stand. `not_found` where the account has no such API: they are then set by hand. */
export async function hooks({ transport, companyId }: Office): Promise<Outcome<Hooks>> {
	const answer = await transport.read({ name: 'hooks', method: 'GET', path: path`hooks_settings/${companyId}`, schema: dataOf(SETTINGS) });
	if (answer.kind !== 'ok') return answer;
	const { value } = answer;
	return ok({ urls: value.urls, active: isOn(value.active), resources: HOOK_RESOURCES.filter((name) => isOn(value[name])) });
}

/**
 * Adds an address and what it wants to hear; the addresses and switches of other integrations stay. The API can only
 * replace all of it, so two that change it at one moment may lose a change: what stands then is read back.
 */
export function addHook(office: Office, url: string, resources: readonly HookResource[]): Promise<Outcome<Hooks>> {
	return change(office, (before) => ({
		urls: [...before.urls.filter((one) => one !== url), url],
		active: true,
		resources: HOOK_RESOURCES.filter((name) => resources.includes(name) || before.resources.includes(name)),
	}));
}

/** Takes an address away; what others hear stays. */
export function removeHook(office: Office, url: string): Promise<Outcome<Hooks>> {
	return change(office, (before) => ({ ...before, urls: before.urls.filter((one) => one !== url) }));
}

async function change(office: Office, to: (before: Hooks) => Hooks): Promise<Outcome<Hooks>> {
	const before = await hooks(office);
	if (before.kind !== 'ok') return before;
	const wanted = to(before.value);
	const switches = Object.fromEntries(HOOK_RESOURCES.map((name) => [name, wanted.resources.includes(name) ? 1 : 0]));
	const json = { urls: wanted.urls, active: wanted.active ? 1 : 0, ...switches };
	const done = await office.transport.write({ name: 'save_hooks', method: 'POST', path: path`hooks_settings/${office.companyId}`, json, schema: DONE }, `hooks ${office.companyId}`);
	return done.kind === 'ok' ? hooks(office) : done;
}

function isOn(value: unknown): boolean {
	return value === true || String(value) === '1';
}
