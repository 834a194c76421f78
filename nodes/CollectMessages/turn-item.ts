import type { IDataObject } from 'n8n-workflow';
import { recognise, retold } from '../../core/conversation/channels';
import type { ClosedTurn } from '../../core/store/collect';
import { now } from '../shared/salon';

/** What is kept of a message until its turn is passed on. */
export interface KeptMessage {
	readonly item: IDataObject;
	readonly text: string;
}

/** Phones play no part in putting messages together. */
const COUNTRY = 'RU';

/** The last item of a turn with all its texts, a line each, and what was collected. */
export function turnItem({ turnId, tenant, channel, chatId, payloads }: ClosedTurn): IDataObject {
	const messages = payloads.map((payload) => JSON.parse(payload) as KeptMessage);
	const last = messages.at(-1);
	const text = messages.map((one) => one.text).join('\n');
	const item = last?.item ?? {};
	const [found] = recognise(item, { now: now(), phoneCountry: COUNTRY }) ?? [];
	const whole = found === undefined ? { ...item, text } : retold(item, found, { text, messageId: turnId });
	return { ...whole, collected: { turnId, salonId: tenant, channel, chatId, text, count: messages.length } };
}
