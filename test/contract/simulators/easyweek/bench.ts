import { BASE } from './catalogue';
import { type EasyweekOptions, type EasyweekSimulator, startEasyweek } from './index';

/** One answer as a plain client sees it; `body` is an empty object when it is no JSON. */
export interface Told {
	readonly status: number;
	readonly body: Readonly<Record<string, unknown>>;
	readonly headers: Headers;
}

/** The plainest client there is. */
export type Ask = (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Told>;

const started: EasyweekSimulator[] = [];

/** A workspace without limits and a client for it; {@link closeAll} ends it. */
export async function workspace(options: EasyweekOptions = {}): Promise<{ readonly sim: EasyweekSimulator; readonly ask: Ask }> {
	const sim = await startEasyweek({ limits: false, ...options });
	started.push(sim);
	return { sim, ask: asker(sim) };
}

/** Ends everything that was started. */
export async function closeAll(): Promise<void> {
	await Promise.all(started.splice(0).map((one) => one.close()));
}

function asker(sim: EasyweekSimulator): Ask {
	return async (method, path, body, headers = {}) => {
		const response = await fetch(`${sim.url}${BASE}${path}`, {
			method,
			headers: { authorization: `Bearer ${sim.key}`, workspace: sim.workspace, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		return { status: response.status, body: parsed(text), headers: response.headers };
	};
}

function parsed(text: string): Readonly<Record<string, unknown>> {
	try {
		return JSON.parse(text) as Readonly<Record<string, unknown>>;
	} catch {
		return {};
	}
}

/** Rows of a list, or the object of a single answer. */
export function dataOf<T = readonly Readonly<Record<string, unknown>>[]>(told: Told): T {
	return told.body.data as T;
}

/** A day inside the workspace's hours, and a booking of it. */
export const DAY = '2026-11-24';
export function wish({ ids }: EasyweekSimulator, more: object = {}): Record<string, unknown> {
	return {
		location_uuid: ids.location, service_uuid: ids.services.get('cut'), staffer_uuid: ids.staff.get('Anna'), reserved_on: `${DAY}T09:00:00Z`,
		customer_phone: '+491700000001', customer_first_name: 'Anna', booking_comment: 'via chat', ...more,
	};
}
