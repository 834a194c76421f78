import type { IBinaryKeyData, INodeExecutionData, ITriggerFunctions } from 'n8n-workflow';
import type { Store } from '../../core/store';
import { openBlob } from '../../core/whatsapp/blobs';
import type { ItemMedia, MediaMissing, TurnItem } from '../../core/whatsapp/inbound';

/** Files of an item are `data`, `data_1`, `data_2` … in the order in which they came. */
const propertyOf = (index: number): string => (index === 0 ? 'data' : `data_${index}`);
const instant = (at: number): string => new Date(at).toISOString();

/** A turn as the workflow gets it; what is published here never changes its name. */
export async function turnItem(functions: ITriggerFunctions, store: Store, salonId: string, turn: TurnItem): Promise<INodeExecutionData> {
	const binary: IBinaryKeyData = {};
	const media: object[] = [];
	for (const [index, file] of turn.media.entries()) {
		const property = propertyOf(index);
		const data = await binaryOf(functions, store, salonId, file);
		if (typeof data === 'object') binary[property] = data;
		const { kind, mimetype, name, seconds, size } = file;
		media.push({ kind, mimetype, name, seconds, size, binary: typeof data === 'object' ? property : null, missing: typeof data === 'object' ? null : data });
	}
	const { turnId, session, chatId, phone, lid, pushName, messageIds, type, text, choiceId, location, contacts, quotedId, fromAd, live, pausedUntil, raw } = turn;
	const json = {
		salonId, session, turnId, chatId, phone, lid, pushName, messageIds: [...messageIds], type, text, choiceId, media,
		location: location === null ? null : { ...location },
		contacts: contacts.map(({ name, phones }) => ({ name, phones: [...phones] })),
		quotedId, fromAd, timestamp: instant(turn.timestamp), receivedAt: instant(writtenAt(turn)), live,
		pausedUntil: pausedUntil === null ? null : instant(pausedUntil),
		...(raw === undefined ? {} : { raw: JSON.parse(JSON.stringify(raw)) as object[] }),
	};
	return { json, ...(Object.keys(binary).length === 0 ? {} : { binary }) };
}

/** The server tells whole seconds; our own clock is finer for what came as it was written. */
function writtenAt({ live, receivedAt, timestamp }: TurnItem): number {
	return live ? receivedAt : Math.min(receivedAt, timestamp + 999);
}

/** The file, or why it is not there. Rejects when the database is away. */
async function binaryOf({ helpers }: ITriggerFunctions, store: Store, tenant: string, { blobId, name, mimetype, missing }: ItemMedia): Promise<IBinaryKeyData[string] | MediaMissing> {
	if (blobId === null) return missing ?? 'gone';
	const bytes = await openBlob(store, tenant, blobId);
	return typeof bytes === 'string' ? bytes : await helpers.prepareBinaryData(bytes, name, mimetype);
}
