import type { Fields } from './parameters';
import type { Bitrix24Simulator } from './index';

/** An answer as a client sees it. */
export interface Told {
	readonly status: number;
	/** The parsed body, or nothing when it is no JSON object. */
	readonly body: Fields;
}

/** Calls a method with a JSON body; the administrator's webhook by default. */
export async function ask(simulator: Bitrix24Simulator, method: string, parameters: Fields = {}, base = simulator.webhookUrl): Promise<Told> {
	const response = await fetch(`${base}${method}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(parameters), redirect: 'manual' });
	return { status: response.status, body: (await response.json().catch(() => ({}))) as Fields };
}

/** The `result` of a call that has to succeed. */
export async function resultOf<T = Fields>(simulator: Bitrix24Simulator, method: string, parameters: Fields = {}, base = simulator.webhookUrl): Promise<T> {
	const { status, body } = await ask(simulator, method, parameters, base);
	if (status !== 200) throw new Error(`${method}: ${status} ${String(body.error)}`);
	return body.result as T;
}

/** Status and code of a call that has to fail. */
export async function refusalOf(simulator: Bitrix24Simulator, method: string, parameters: Fields = {}, base = simulator.webhookUrl): Promise<readonly [number, unknown]> {
	const { status, body } = await ask(simulator, method, parameters, base);
	return [status, body.error];
}
