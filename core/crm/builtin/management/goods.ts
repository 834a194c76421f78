import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { type Instant, ok, type Outcome, refused } from '../../../booking';
import { localInstant } from '../appointments';
import { readSettings } from '../catalogue';
import { answering, type Context, nowText } from '../context';
import { ID, INSTANT, MONEY, parseInput, title } from '../inputs';
import { NOT_SET_UP } from '../selection';

/** Goods sold at one moment. Money is minor units of the company's currency. */
export interface GoodsSale {
	readonly id: string;
	readonly clientId: string | null;
	readonly staffId: string | null;
	readonly appointmentId: string | null;
	readonly soldAt: Instant;
	readonly lines: readonly { readonly title: string; readonly quantity: number; readonly unitPrice: number }[];
	readonly total: number;
	readonly currency: string;
}

const LINE = v.strictObject({
	title: title(200, 'The title'),
	quantity: v.pipe(v.number(), v.integer('The quantity must be a whole number.'), v.minValue(1, 'The quantity must be at least 1.'), v.maxValue(10_000)),
	unitPrice: MONEY,
});
const NEW_SALE = v.strictObject({
	clientId: v.optional(ID),
	staffId: v.optional(ID),
	appointmentId: v.optional(ID),
	/** Now when absent. */
	soldAt: v.optional(INSTANT),
	lines: v.pipe(v.array(LINE), v.minLength(1, 'A sale has at least one line.'), v.maxLength(100, 'A sale has at most 100 lines.')),
});
/** Input of {@link createGoodsSale}. */
export type NewGoodsSale = v.InferInput<typeof NEW_SALE>;

/** Writes down a sale of goods. The client, person and visit it names must exist. */
export function createGoodsSale(context: Context, input: NewGoodsSale): Promise<Outcome<GoodsSale>> {
	const id = randomUUID();
	return answering(async () => {
		const parsed = parseInput(NEW_SALE, input);
		if (parsed.kind === 'refused') return parsed;
		const sale = parsed.value;
		const { tenant } = context;
		return context.store.write(async (trx): Promise<Outcome<GoodsSale>> => {
			const settings = await readSettings(trx, tenant);
			if (settings === null) return NOT_SET_UP;
			for (const [table, target] of [['crm_client', sale.clientId], ['crm_staff', sale.staffId], ['crm_appointment', sale.appointmentId]] as const) {
				if (target === undefined) continue;
				const found = await trx.selectFrom(table).select('id').where('tenant', '=', tenant).where('id', '=', target).executeTakeFirst();
				if (found === undefined) return refused('not_found', 'The client, staff member or visit of the sale does not exist; read its id again.');
			}
			const now = nowText(context);
			const soldAt = sale.soldAt === undefined ? now : new Date(sale.soldAt).toISOString();
			const owners = { clientId: sale.clientId ?? null, staffId: sale.staffId ?? null, appointmentId: sale.appointmentId ?? null };
			await trx
				.insertInto('crm_goods_sale')
				.values({ tenant, id, client_id: owners.clientId, staff_id: owners.staffId, appointment_id: owners.appointmentId, sold_at: soldAt, updated_at: now })
				.execute();
			await trx
				.insertInto('crm_goods_sale_line')
				.values(sale.lines.map((line, position) => ({ tenant, sale_id: id, position, title: line.title, quantity: line.quantity, unit_price: line.unitPrice })))
				.execute();
			const total = sale.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
			return ok({ id, ...owners, soldAt: localInstant(settings.zone, soldAt), lines: sale.lines, total, currency: settings.currency });
		});
	}, `goods:${id}`);
}
