import type { WASocket } from '@whiskeysockets/baileys';
import * as v from 'valibot';
import { explain, type Language } from '../sentences';
import type { SessionAnswer, SessionOrder, SessionOrderKind } from '../service';
import type { SessionOwner } from '../owner';

/** The session an order is carried out on. */
export interface OrderContext {
	readonly owner: SessionOwner;
	readonly language: Language;
	readonly countryCode: string;
	/** Changes of the stored state sealed anew. */
	reseal(): Promise<number>;
}

/** One kind of order: what it has to look like, and what is done. */
export interface OrderSpec<K extends SessionOrderKind> {
	readonly schema: v.GenericSchema<unknown, Extract<SessionOrder, { kind: K }>>;
	run(context: OrderContext, order: Extract<SessionOrder, { kind: K }>): Promise<SessionAnswer>;
}

/** The address of a person's chat. */
export const JID = v.pipe(v.string(), v.regex(/^\d{5,20}@(lid|s\.whatsapp\.net)$/));

export const done = (value: unknown = null): SessionAnswer => ({ status: 'ok', value });

export function refused(reason: string, language: Language): SessionAnswer {
	return { status: 'refused', reason, sentence: explain(reason, language) };
}

export function unavailable(reason: string, language: Language): SessionAnswer {
	return { status: 'unavailable', reason, sentence: explain(reason, language) };
}

/** Does something over the open socket; `not_open` without one. */
export async function overSocket({ owner, language }: OrderContext, work: (socket: WASocket) => Promise<unknown>): Promise<SessionAnswer> {
	const { socket } = owner;
	return socket === null ? unavailable('not_open', language) : done(await work(socket));
}
