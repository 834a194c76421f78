import { createWebhookSender, isoOf, wallOf, type WebhookSender } from '../kit';
import { signedHeaders } from './signature';
import type { Booking, World } from './world';

export const GATEWAY_EVENTS = [
	'booking.created', 'booking.updated', 'booking.rescheduled', 'booking.cancelled', 'booking.completed', 'booking.no_show', 'client.created', 'client.updated', 'test.ping',
] as const;
export type GatewayEvent = (typeof GATEWAY_EVENTS)[number];

/** How an event proves where it comes from. */
export type Authenticity = 'hmac' | 'header' | 'query' | 'none' | 'bad-signature' | 'stale';

const STALE_S = 301;
const MAX_ATTEMPTS = 3;

/** Sends events as an integration platform does: at least once, in the platform's own words. */
export class EventSender {
	readonly sender: WebhookSender = createWebhookSender(MAX_ATTEMPTS);
	/** Where events go; null until the owner has set it up. */
	url: string | null = null;
	authenticity: Authenticity = 'hmac';

	constructor(
		private readonly world: World,
		/** Shared with the other side; an owner may change it. */
		public secret: string,
	) {}

	/** Tells of a booking as it is now; `occurredAt` in unix ms stands in for the clock, for late news. */
	booking(event: GatewayEvent, booking: Booking, more: { readonly commandId?: string; readonly occurredAt?: number } = {}): void {
		const client = this.world.clients.get(booking.client);
		const phone = client === undefined ? null : this.phone(client.phone);
		const command = more.commandId === undefined ? {} : { command_id: more.commandId };
		this.post(event, { ...command, booking: this.showBooking(booking), client: { id: null, name: client?.name ?? null, phone, email: null } }, more.occurredAt);
	}

	/** Tells of anything else, `test.ping` above all. */
	post(event: string, more: Readonly<Record<string, unknown>> = {}, occurredAt = this.world.clock.now()): void {
		const id = `evt_${this.world.random.hex(26)}`;
		const named = this.world.switches.eventIds === 'present' ? { event_id: id } : {};
		const { company } = this.world;
		this.raw(id, JSON.stringify({ schema: 'booking.gateway.v1', ...named, event, occurred_at: isoOf(occurredAt, company.zone), source: 'dikidi', company_id: company.id, ...more }));
	}

	/** Sends any bytes with the chosen proof. */
	raw(id: string, body: string): void {
		if (this.url === null) return;
		const now = Math.floor(this.world.clock.now() / 1000) - (this.authenticity === 'stale' ? STALE_S : 0);
		const signed = signedHeaders(this.authenticity === 'bad-signature' ? `${this.secret}-other` : this.secret, id, now, body);
		const bare = { 'content-type': 'application/json' };
		const headers = { hmac: signed, 'bad-signature': signed, stale: signed, header: { ...bare, 'x-gateway-token': this.secret }, query: bare, none: bare }[this.authenticity];
		const url = new URL(this.url);
		if (this.authenticity === 'query') url.searchParams.set('token', this.secret);
		this.sender.send({ url: url.toString(), headers, body });
	}

	private showBooking(booking: Booking): Readonly<Record<string, unknown>> {
		const { company } = this.world;
		const lines = booking.services.map((id) => this.world.services.get(id));
		const total = lines.reduce((sum, service) => sum + (service?.price ?? 0), 0);
		return {
			id: booking.id,
			status: booking.status,
			starts_at: this.time(booking.start),
			ends_at: this.time(this.world.endOf(booking.start, booking.services)),
			...(this.world.switches.eventTimes === 'naive' ? { timezone: company.zone } : {}),
			staff: { id: booking.master, name: this.world.masters.get(booking.master)?.name },
			services: lines.map((service) => ({ id: service?.id, name: service?.name, price: this.money(service?.price ?? 0), duration_min: service?.minutes })),
			total: this.money(total),
			currency: company.currency,
			comment: booking.comment,
		};
	}

	private time(moment: number): string {
		return this.world.switches.eventTimes === 'offset' ? isoOf(moment, this.world.company.zone) : wallOf(moment, this.world.company.zone);
	}

	private money(minor: number): unknown {
		const text = (minor / 100).toFixed(2);
		const { eventNumbers } = this.world.switches;
		if (eventNumbers === 'number') return minor / 100;
		return eventNumbers === 'comma' ? text.replace('.', ',') : text;
	}

	private phone(phone: string): string {
		return this.world.switches.eventPhones === 'local' ? phone.replace(/^\+7/, '8') : phone;
	}
}
