import { createHash } from 'node:crypto';
import type { OperationKey } from '../../booking';

/** Names the operation inside a record; not reversible, so that a key's own words stay with us. */
export function tagOf(key: OperationKey): string {
	return `aia-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}
