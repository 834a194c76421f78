import { StoreError, type Vault } from '../../store';
import { Refused } from './refusals';

/** Sealed with a key that is not configured any more, or changed since: no further try opens it. */
const UNREADABLE: ReadonlySet<StoreError['code']> = new Set<StoreError['code']>(['sealed_with_other_key', 'corrupt']);

/** Whether the store answered, and what it has cannot be opened. */
export const isUnreadable = (error: unknown): boolean => error instanceof StoreError && UNREADABLE.has(error.code);

/** Seals a text of an outbox row together with the row's id: it cannot be read in another row. */
export const sealFor = (vault: Vault, id: string, text: string): string => vault.seal(`${id}\n${text}`);

/** Opens what {@link sealFor} made. Throws {@link Refused} `unreadable`. */
export function openFor(vault: Vault, id: string, sealed: string): string {
	const head = `${id}\n`;
	try {
		const text = vault.open(sealed);
		if (text.startsWith(head)) return text.slice(head.length);
	} catch {
		// told below, like the text of another row
	}
	throw new Refused('unreadable');
}
