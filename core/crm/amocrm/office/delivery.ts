import { createHash } from 'node:crypto';

/** That a record changed. */
export interface HookSignal {
	/** The same for a change delivered twice, different for every other. */
	readonly key: string;
	readonly event: HookEvent;
	readonly change: 'create' | 'update' | 'delete';
	readonly id: string;
	/** Of a lead, where the delivery tells. */
	readonly pipelineId: string | null;
}

export type HookEvent = 'lead' | 'client' | 'companyCard' | 'task';

/** What an address has to hear for an event. */
export const HOOK_SETTINGS: Readonly<Record<HookEvent, readonly string[]>> = {
	lead: ['add_lead', 'update_lead', 'status_lead', 'delete_lead', 'restore_lead', 'responsible_lead'],
	client: ['add_contact', 'update_contact', 'delete_contact', 'restore_contact', 'responsible_contact'],
	companyCard: ['add_company', 'update_company', 'delete_company', 'restore_company', 'responsible_company'],
	task: ['add_task', 'update_task', 'delete_task', 'responsible_task'],
};

const ENTITIES: Readonly<Record<string, HookEvent>> = { leads: 'lead', contacts: 'client', companies: 'companyCard', task: 'task', tasks: 'task' };
const CHANGES: Readonly<Record<string, HookSignal['change']>> = { add: 'create', update: 'update', status: 'update', responsible: 'update', restore: 'update', delete: 'delete' };
const MOST_ROWS = 250;

/**
 * Signals of a delivery to this account, in the account's old words: only ids are taken. None for another account or
 * another shape. `body` is the form as its host read it: nested, or flat with keys such as `leads[add][0][id]`.
 */
export function hookSignals(body: unknown, subdomain: string): readonly HookSignal[] {
	const root = nested(body);
	if (text(recordOf(root.account).subdomain) !== subdomain) return [];
	return Object.entries(ENTITIES).flatMap(([entity, event]) =>
		Object.entries(CHANGES).flatMap(([action, change]) => {
			const rows = Object.values(recordOf(recordOf(root[entity])[action])).slice(0, MOST_ROWS);
			return rows.flatMap((row): readonly HookSignal[] => {
				const fields = recordOf(row);
				const id = text(fields.id);
				if (!/^[1-9]\d{0,14}$/.test(id)) return [];
				// companies come among contacts and say so
				const kind = event === 'client' && text(fields.type) === 'company' ? 'companyCard' : event;
				return [{ key: `${kind}:${action}:${id}:${createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32)}`, event: kind, change, id, pipelineId: text(fields.pipeline_id) || null }];
			});
		}),
	);
}

/** A form with its brackets resolved; names that could reach a prototype are left out. */
function nested(body: unknown): Readonly<Record<string, unknown>> {
	const root: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
	for (const [key, value] of Object.entries(recordOf(body))) {
		const path = key.split(/[[\]]+/).filter((part) => part !== '');
		if (path.length === 0 || path.length > 8 || path.some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype')) continue;
		let holder = root;
		for (const part of path.slice(0, -1)) {
			const next = holder[part];
			const made: Record<string, unknown> = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : (Object.create(null) as Record<string, unknown>);
			holder[part] = made;
			holder = made;
		}
		holder[path.at(-1) ?? ''] = value;
	}
	return root;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
