import type { Outcome } from '../../../booking';
import { path } from '../../http';
import { isWireId } from '../context';
import { ANY_RECORD, dataOf } from '../wire';
import type { Office, Row } from './office';
import { NOT_FOUND } from './refusals';

/** Records that can be read one by one, beside visits. */
export const RECORD_KINDS = ['client', 'company', 'service', 'service_category', 'staff'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

const PATHS: Readonly<Record<RecordKind, (c: string, id: string) => string>> = {
	client: (c, id) => path`client/${c}/${id}`,
	company: (c) => path`company/${c}/`,
	service: (c, id) => path`company/${c}/services/${id}`,
	service_category: (c, id) => path`company/${c}/service_categories/${id}`,
	staff: (c, id) => path`company/${c}/staff/${id}`,
};

/** One record as it is now, every field kept. */
export async function record({ transport, companyId }: Office, kind: RecordKind, id: string): Promise<Outcome<Row>> {
	if (!isWireId(id)) return NOT_FOUND;
	return transport.read({ name: kind, method: 'GET', path: PATHS[kind](companyId, id), schema: dataOf(ANY_RECORD) });
}
