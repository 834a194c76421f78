import * as v from 'valibot';
import { mapOutcome, type Outcome } from '../../../booking';
import type { Transport } from '../../http';
import { pageOf, WIRE_ID } from '../wire';

const BRANCH = v.looseObject({ id: WIRE_ID, title: v.nullish(v.string(), ''), public_title: v.nullish(v.string(), ''), address: v.nullish(v.string(), '') });
const PAGE_SIZE = 200;

/** A branch the user of the credential may work with. */
export interface BranchChoice {
	readonly id: string;
	readonly name: string;
	readonly address: string;
}

/** One page of the user's branches, counted from one, and whether another may follow. */
export async function branches(transport: Transport, page = 1): Promise<Outcome<{ readonly branches: readonly BranchChoice[]; readonly isLast: boolean }>> {
	// without `my` the vendor lists every branch of its marketplace
	const answer = await transport.read({ name: 'companies', method: 'GET', path: 'companies', query: { my: 1, page, count: PAGE_SIZE }, schema: pageOf(BRANCH) });
	return mapOutcome(answer, ({ items, total }) => ({
		branches: items.map(({ id, title, public_title: publicTitle, address }) => ({ id, name: [publicTitle, title, id].find((name) => name?.trim() !== '') ?? id, address })),
		isLast: items.length < PAGE_SIZE || (total !== null && page * PAGE_SIZE >= total),
	}));
}
