import * as v from 'valibot';
import type { Reading, StreamRecord, SyncedRow } from '../../booking';

/** A record that is none of its list for us: what is copied of it stays. */
export const skipped: Reading = { kind: 'skipped' };

export const row = (value: SyncedRow): Reading => ({ kind: 'row', row: value });

/** Readers of a vendor's records by a schema; `Place` is what they know of the account. A record that does not fit is named by the field at fault, never by a value. */
export function readersIn<Place>() {
	return <T>(schema: v.GenericSchema<unknown, T>, make: (wire: T, place: Place, id: string) => Reading) =>
		({ id, data }: StreamRecord, place: Place): Reading => {
			const parsed = v.safeParse(schema, data);
			return parsed.success ? make(parsed.output, place, id) : { kind: 'rejected', reason: v.getDotPath(parsed.issues[0]) ?? 'record' };
		};
}
