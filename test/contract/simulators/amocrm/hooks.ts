import { createWebhookSender, type WebhookSender } from '../kit';
import type { Card, Lead, Task, Webhook } from './model';
import { writePhp } from './php';
import type { World } from './world';

const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'amoCRM-Webhooks-Client/3.0' };
const RETRIES = 5;
const ELEMENT_TYPES: Readonly<Record<string, number>> = { contacts: 1, leads: 2, companies: 3 };

type Row = Readonly<Record<string, unknown>>;

/** What happened, in the words of the webhook settings. */
export type HookAction = 'add' | 'update' | 'delete' | 'restore' | 'status' | 'responsible' | 'note';

/** Sends the account's webhooks: form-encoded, with the names of the older API, every value a string. */
export class Hooks {
	readonly sender: WebhookSender;
	private waiting: { readonly setting: string; readonly entity: string; readonly action: HookAction; readonly rows: Row[] }[] = [];

	constructor(private readonly world: World) {
		this.sender = createWebhookSender(world.switches.webhookRetries === 'four' ? RETRIES : 1);
	}

	/** Tells every subscriber of `setting`; the rows of one write go in one delivery. */
	fire(setting: string, entity: string, action: HookAction, rows: readonly Row[]): void {
		if (this.waiting.length === 0) queueMicrotask(() => this.post());
		const same = this.waiting.find((one) => one.setting === setting);
		if (same === undefined) this.waiting.push({ setting, entity, action, rows: [...rows] });
		else same.rows.push(...rows);
	}

	/** Ends when everything is delivered; with the switch, hooks nobody accepted are disabled. */
	async flush(): Promise<void> {
		this.post();
		await this.sender.flush();
		if (this.world.switches.failedWebhook !== 'disabled') return;
		for (const hook of this.world.webhooks) hook.disabled ||= this.lastFailed(hook);
	}

	private post(): void {
		for (const { setting, entity, action, rows } of this.waiting.splice(0)) {
			for (const hook of this.world.webhooks) {
				if (hook.disabled || !hook.settings.includes(setting)) continue;
				this.sender.send({ url: hook.destination, headers: FORM, body: this.body(entity, action, rows) });
			}
		}
	}

	private lastFailed(hook: Webhook): boolean {
		const last = this.sender.deliveries.findLast(({ call }) => call.url === hook.destination);
		return last !== undefined && (last.status < 200 || last.status >= 300);
	}

	private body(entity: string, action: HookAction, rows: readonly Row[]): string {
		const { id, subdomain } = this.world.account;
		const self = `https://${subdomain}.${this.world.brand.suffix}`;
		return writePhp({ [entity]: { [action]: rows }, account: { id, subdomain, _links: { self } } });
	}
}

/** A card in the words of the older API. */
export function oldCard(world: World, card: Card): Readonly<Record<string, unknown>> {
	return {
		id: card.id,
		name: card.name,
		responsible_user_id: card.responsible_user_id,
		last_modified: card.updated_at,
		modified_user_id: card.updated_by,
		created_user_id: card.created_by,
		date_create: card.created_at,
		account_id: world.account.id,
		custom_fields: [...card.values].flatMap(([id, stored]) => {
			const field = world.fields.get(id);
			return field === undefined ? [] : [{ id, name: field.name, code: field.code, values: stored.map(({ value, enum_id: choice }) => ({ value, enum: choice })) }];
		}),
	};
}

/** A lead in the words of the older API, with where it stood before. */
export function oldLead(world: World, lead: Lead, before: Pick<Lead, 'status_id' | 'pipeline_id'> | null): Readonly<Record<string, unknown>> {
	const moved = before === null ? {} : { old_status_id: before.status_id, old_pipeline_id: before.pipeline_id };
	return { ...oldCard(world, lead), status_id: lead.status_id, pipeline_id: lead.pipeline_id, price: lead.price, ...moved };
}

/** A task in the words of the older API. */
export function oldTask(world: World, task: Task): Readonly<Record<string, unknown>> {
	return {
		id: task.id,
		element_id: task.entity_id,
		element_type: task.entity_type === null ? null : ELEMENT_TYPES[task.entity_type],
		task_type: task.task_type_id,
		text: task.text,
		status: task.is_completed ? 1 : 0,
		complete_till: task.complete_till,
		date_create: task.created_at,
		last_modified: task.updated_at,
		responsible_user_id: task.responsible_user_id,
		account_id: world.account.id,
	};
}
