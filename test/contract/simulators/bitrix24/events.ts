import { createWebhookSender, type VirtualClock, type WebhookSender } from '../kit';
import type { Access, Application } from './access';
import type { Portal, PortalEvent } from './portal';
import type { Bitrix24Switches } from './switches';

const KINDS = ['CRMCONTACT', 'CRMDEAL', 'CRMLEAD', 'CRMCOMPANY', 'BOOKING', 'CALENDARENTRY'] as const;
/** Events a handler may ask for, in upper case. */
export const EVENT_NAMES: ReadonlySet<string> = new Set(KINDS.flatMap((kind) => ['ADD', 'UPDATE', 'DELETE'].map((what) => `ON${kind}${what}`)));

/** A subscription of an application; an offline one has no handler. */
export interface Binding {
	readonly application: string;
	readonly event: string;
	readonly handler: string;
	readonly offline: boolean;
	readonly authType: string;
}

/** An outgoing webhook made by hand in the portal. */
export interface OutgoingWebhook {
	readonly handler: string;
	readonly events: readonly string[];
	readonly applicationToken: string;
}

/** An offline event: only the last state of an object is kept. */
interface OfflineEvent {
	readonly ID: string;
	readonly TIMESTAMP_X: string;
	readonly EVENT_NAME: string;
	readonly EVENT_DATA: Readonly<Record<string, unknown>>;
	readonly EVENT_ADDITIONAL: Readonly<Record<string, unknown>>;
	readonly MESSAGE_ID: string;
}

/** What the desk needs of the portal around it. */
export interface EventDeskParts {
	readonly portal: Portal;
	readonly access: Access;
	readonly clock: VirtualClock;
	readonly switches: Bitrix24Switches;
	/** Base URL of the portal, once it listens. */
	readonly url: () => string;
}

/** Tells handlers of changes: once, as a form, without a second try. */
export class EventDesk {
	readonly sender: WebhookSender = createWebhookSender(1);
	/** A token that replaces the right one, as a forger has none. */
	forgedToken: string | null = null;
	private readonly outgoing: OutgoingWebhook[] = [];
	private bindings: Binding[] = [];
	private readonly offline = new Map<string, Map<string, OfflineEvent>>();
	private handlerIds = 100;

	constructor(private readonly parts: EventDeskParts) {
		parts.portal.onEvent((event) => this.tell(event));
	}

	/** A webhook made by hand; `applicationToken` is what the form shows. */
	addOutgoing(handler: string, events: readonly string[], applicationToken: string): OutgoingWebhook {
		const made = { handler, events: events.map((event) => event.toUpperCase()), applicationToken };
		this.outgoing.push(made);
		return made;
	}

	bind(binding: Binding): void {
		this.bindings.push(binding);
	}

	/** Removes subscriptions of an event, with one handler or all; returns how many. */
	unbind(application: string, event: string, handler: string | null): number {
		const before = this.bindings.length;
		this.bindings = this.bindings.filter((one) => one.application !== application || one.event !== event || (handler !== null && one.handler !== handler));
		return before - this.bindings.length;
	}

	/** Forgets every handler of an application, as its update does. */
	dropHandlers(application: string): void {
		this.bindings = this.bindings.filter((one) => one.application !== application);
	}

	bindingsOf(application: string): readonly Binding[] {
		return this.bindings.filter((one) => one.application === application);
	}

	/** Offline events that were not cleared, oldest first. */
	takeOffline(application: string): { readonly process_id: string; readonly events: readonly OfflineEvent[] } {
		return { process_id: `process-${application}`, events: [...(this.offline.get(application)?.values() ?? [])] };
	}

	/** Removes messages by id, or all of them when none is named. */
	clearOffline(application: string, messageIds: readonly string[]): void {
		const queue = this.offline.get(application);
		for (const [key, event] of queue ?? []) if (messageIds.length === 0 || messageIds.includes(event.MESSAGE_ID)) queue?.delete(key);
	}

	private tell(event: PortalEvent): void {
		for (const webhook of this.outgoing) if (webhook.events.includes(event.name)) this.send(webhook.handler, event, webhook.applicationToken, {});
		for (const binding of this.bindings) {
			const application = this.parts.access.applications.find(({ clientId }) => clientId === binding.application);
			if (binding.event !== event.name || application === undefined || !application.installed) continue;
			if (binding.offline) this.queue(binding.application, event);
			else this.send(binding.handler, event, application.applicationToken, this.tokenFields(application, Number(binding.authType)));
		}
	}

	private send(handler: string, event: PortalEvent, applicationToken: string, extra: Readonly<Record<string, string>>): void {
		const { portal, clock, url } = this.parts;
		const fields: readonly (readonly [string, string])[] = [
			['event', event.name],
			['event_handler_id', String((this.handlerIds += 1))],
			[this.idPath(event), String(event.id)],
			['ts', String(Math.floor(clock.now() / 1000))],
			['auth[domain]', portal.domain],
			['auth[client_endpoint]', `${url()}/rest/`],
			['auth[server_endpoint]', 'https://oauth.bitrix24.tech/rest/'],
			['auth[member_id]', portal.memberId],
			...Object.entries(extra).map(([name, value]) => [`auth[${name}]`, value] as const),
			['auth[application_token]', this.forgedToken ?? applicationToken],
		];
		const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
		this.sender.send({ url: handler, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
	}

	private tokenFields(application: Application, userId: number): Readonly<Record<string, string>> {
		const { accessToken } = this.parts.access.issueTokens(application, userId);
		return { access_token: accessToken, expires_in: '3600', scope: application.scopes.join(','), status: 'L' };
	}

	/** Bookings hold the id one level higher than the elements of the CRM. */
	private idPath({ family }: PortalEvent): string {
		return family === 'crm' || (family === 'booking' && this.parts.switches.bookingEventId === 'fields') ? 'data[FIELDS][ID]' : 'data[ID]';
	}

	private queue(application: string, event: PortalEvent): void {
		const queue = this.offline.get(application) ?? new Map<string, OfflineEvent>();
		this.offline.set(application, queue);
		const id = String(this.parts.portal.nextId('offline event'));
		const key = `${event.name} ${event.id}`;
		queue.delete(key);
		queue.set(key, {
			ID: id, TIMESTAMP_X: this.parts.clock.instant(), EVENT_NAME: event.name, EVENT_DATA: event.family === 'crm' ? { FIELDS: { ID: String(event.id) } } : { ID: String(event.id) },
			EVENT_ADDITIONAL: {}, MESSAGE_ID: `message-${id}`,
		});
	}
}
