/** Fields of an event that a platform with a shape of its own may fill; `0` is the first service. */
export const EVENT_FIELDS = [
	'event_id', 'event', 'occurred_at', 'company_id', 'command_id',
	'booking.id', 'booking.status', 'booking.starts_at', 'booking.ends_at', 'booking.timezone', 'booking.staff.id', 'booking.staff.name',
	'booking.services.0.id', 'booking.services.0.name', 'booking.services.0.price', 'booking.services.0.duration_min', 'booking.total', 'booking.currency', 'booking.comment',
	'client.id', 'client.name', 'client.phone', 'client.email',
] as const;
/** One of {@link EVENT_FIELDS}. */
export type EventField = (typeof EVENT_FIELDS)[number];

/** Where a field comes from: a path in the platform's body, such as `data.lead.phone`, else a fixed value. */
export interface FieldRule {
	readonly field: EventField;
	readonly path?: string;
	readonly value?: string;
}

/**
 * The body of a platform in the shape of the contract: mapped fields are set over what came, which stays beside them.
 * Without rules the body is left as it is, and has to name its schema itself.
 */
export function mappedEvent(body: unknown, rules: readonly FieldRule[]): unknown {
	if (rules.length === 0 || !isHolder(body)) return body;
	const event: Record<string, unknown> = structuredClone({ ...body, schema: 'booking.gateway.v1' });
	for (const { field, path = '', value } of rules) {
		const found = path === '' ? value : valueAt(body, path);
		if (found !== undefined && found !== null && found !== '') place(event, field.split('.'), found);
	}
	return event;
}

function valueAt(body: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((holder, key) => (isHolder(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined), body);
}

/** Keys come from the closed list of fields, so none of them can reach a prototype. */
function place(holder: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
	if (rest.length === 0) {
		holder[key] = value;
		return;
	}
	const held = holder[key];
	const inner: Record<string, unknown> = isHolder(held) ? held : ((rest[0] === '0' ? [] : {}) as Record<string, unknown>);
	holder[key] = inner;
	place(inner, rest, value);
}

function isHolder(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
