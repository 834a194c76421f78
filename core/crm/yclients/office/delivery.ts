import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { WIRE_ID } from '../wire';

const CHANGES = ['create', 'update', 'delete'] as const;
const DELIVERY = v.looseObject({
	company_id: WIRE_ID,
	resource: v.pipe(v.string(), v.regex(/^[a-z_]{1,60}$/)),
	resource_id: WIRE_ID,
	status: v.picklist(CHANGES),
	data: v.optional(v.unknown()),
});
const DATED = v.looseObject({ last_change_date: v.string() });

/** That something changed; what it is now has to be read. */
export interface HookSignal {
	readonly companyId: string;
	readonly resource: string;
	readonly id: string;
	readonly change: (typeof CHANGES)[number];
	/** The same for a delivery sent twice, different for every other change. */
	readonly key: string;
}

/** Reads a delivery; null for what is none. The vendor gives no event id: the change mark and the content stand for it. */
export function hookSignalOf(body: unknown): HookSignal | null {
	const parsed = v.safeParse(DELIVERY, body);
	if (!parsed.success) return null;
	const { company_id: companyId, resource, resource_id: id, status: change, data } = parsed.output;
	const at = v.is(DATED, data) ? data.last_change_date : '';
	// the mark counts whole seconds: two changes of one second are told apart by what they hold
	const content = createHash('sha256').update(JSON.stringify(data ?? null)).digest('hex');
	return { companyId, resource, id, change, key: [companyId, resource, id, change, at, content].join(':') };
}
