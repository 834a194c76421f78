import { oldCard, oldLead, oldTask, type Hooks } from './hooks';
import type { Card, CatalogElement, Contact, Lead, Task } from './model';
import type { World } from './world';

/** Kinds of cards, as settings and events name them. */
export type CardKind = 'lead' | 'contact' | 'company';

/** Writes the event log and fires webhooks: everything that changes goes through here, whoever changed it. */
export class Journal {
	constructor(
		private readonly world: World,
		private readonly hooks: Hooks,
	) {}

	added(kind: CardKind, cards: readonly Card[]): void {
		for (const card of cards) this.event(`${kind}_added`, card.id, kind);
		this.hook(kind, 'add', cards);
	}

	/** `before` is the card as it was. */
	updated(kind: CardKind, before: Card, after: Card): void {
		this.hook(kind, 'update', [after]);
		this.compare(kind, before, after);
		if (isLead(before) && isLead(after)) this.compareLeads(before, after);
	}

	/** Moves a card to the recycle bin, which only people can do. */
	deleted(kind: CardKind, card: Card): void {
		card.is_deleted = true;
		card.updated_at = this.world.now();
		this.event(`${kind}_deleted`, card.id, kind);
		this.hook(kind, 'delete', [card]);
	}

	/** Takes a card out of the recycle bin. */
	restored(kind: CardKind, card: Card): void {
		card.is_deleted = false;
		card.updated_at = this.world.now();
		this.event(`${kind}_restored`, card.id, kind);
		this.hook(kind, 'restore', [card]);
	}

	task(action: 'add' | 'update' | 'delete', task: Task, closed = false): void {
		if (action === 'add') this.event('task_added', task.id, 'task');
		if (closed) this.event('task_completed', task.id, 'task');
		this.hooks.fire(`${action}_task`, 'task', action, [oldTask(this.world, task)]);
	}

	element(action: 'add' | 'update' | 'delete', element: CatalogElement): void {
		const row = { ...oldCard(this.world, element), catalog_id: element.catalog_id };
		this.hooks.fire(`${action}_catalog_${element.catalog_id}`, 'catalogs', action, [row]);
	}

	note(kind: CardKind, id: number, text: unknown): void {
		this.hooks.fire(`note_${kind}`, this.keyOf(kind), 'note', [{ note: { element_id: id, text } }]);
	}

	private compare(kind: CardKind, before: Card, after: Card): void {
		if (before.name !== after.name) this.event('name_field_changed', after.id, kind);
		if (before.responsible_user_id !== after.responsible_user_id) {
			this.event('entity_responsible_changed', after.id, kind);
			this.hook(kind, 'responsible', [after]);
		}
		for (const id of new Set([...before.values.keys(), ...after.values.keys()])) {
			if (JSON.stringify(before.values.get(id)) !== JSON.stringify(after.values.get(id))) this.event(`custom_field_${id}_value_changed`, after.id, kind);
		}
	}

	private compareLeads(before: Lead, after: Lead): void {
		if (before.price !== after.price) this.event('sale_field_changed', after.id, 'lead');
		if (before.status_id === after.status_id && before.pipeline_id === after.pipeline_id) return;
		const stage = (lead: Lead): readonly unknown[] => [{ lead_status: { id: lead.status_id, pipeline_id: lead.pipeline_id } }];
		this.event('lead_status_changed', after.id, 'lead', stage(before), stage(after));
		this.hooks.fire('status_lead', 'leads', 'status', [oldLead(this.world, after, before)]);
	}

	private hook(kind: CardKind, action: 'add' | 'update' | 'delete' | 'restore' | 'responsible', cards: readonly Card[]): void {
		const rows = cards.map((card) => (isLead(card) ? oldLead(this.world, card, null) : { ...oldCard(this.world, card), ...(this.keyOf(kind) === 'contacts' ? { type: kind } : {}) }));
		this.hooks.fire(`${action}_${kind}`, this.keyOf(kind), action, rows);
	}

	private keyOf(kind: CardKind): string {
		return { lead: 'leads', contact: 'contacts', company: this.world.switches.companyHooks }[kind];
	}

	private event(type: string, id: number, kind: string, before: readonly unknown[] = [], after: readonly unknown[] = []): void {
		const number = this.world.events.length + 1;
		this.world.events.push({ number, type, entity_id: id, entity_type: kind, created_at: this.world.now(), value_before: before, value_after: after });
	}
}

function isLead(card: Card | Contact | Lead): card is Lead {
	return 'status_id' in card;
}
