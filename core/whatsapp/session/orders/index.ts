import * as v from 'valibot';
import { StoreError } from '../../../store';
import { WhatsappError } from '../../errors';
import { masked } from '../log';
import type { SessionAnswer, SessionOrderKind } from '../service';
import { cancelPairing } from './cancel-pairing';
import { checkNumbers } from './check-numbers';
import { logOut } from './log-out';
import { markRead } from './mark-read';
import { type OrderContext, type OrderSpec, refused, unavailable } from './order';
import { pairCode } from './pair-code';
import { pairQr } from './pair-qr';
import { reseal } from './reseal';
import { restart } from './restart';
import { typing } from './typing';

const ORDERS: { readonly [K in SessionOrderKind]: OrderSpec<K> } = { pairQr, pairCode, cancelPairing, restart, logOut, checkNumbers, typing, markRead, reseal };
const KIND = v.looseObject({ kind: v.picklist(Object.keys(ORDERS) as SessionOrderKind[]) });

/** Carries out an order, whatever it looks like; there is always an answer. */
export async function carryOut(context: OrderContext, order: unknown): Promise<SessionAnswer> {
	const { language } = context;
	const named = v.safeParse(KIND, order);
	if (!named.success) return refused('order_invalid', language);
	const spec = ORDERS[named.output.kind];
	const parsed = v.safeParse(spec.schema, order);
	if (!parsed.success) return refused('order_invalid', language);
	try {
		return await spec.run(context, parsed.output as never);
	} catch (error) {
		if (error instanceof WhatsappError) return refused(error.code, language);
		if (error instanceof StoreError) return unavailable('store_unreachable', language);
		context.owner.records.event('order_failed', { kind: named.output.kind, error: masked(error instanceof Error ? error.message : '') });
		return unavailable('failed', language);
	}
}

export type { OrderContext } from './order';
