import type { EntryRecord } from '../../../core/store';

/** An entry as the node puts it out. */
export function entryItem(salonId: string, { id, source, title, body, aliases, lang, updatedAt }: EntryRecord): object {
	return { salonId, id, source, title, text: body, aliases: [...aliases], lang, updatedAt };
}
