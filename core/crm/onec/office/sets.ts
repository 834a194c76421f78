import { mapOutcome, type Outcome } from '../../../booking';
import * as calls from '../calls';
import type { Office } from './objects';

/** Names of published sets that begin with one of these words; rows of sections and flat rows of registers are sets of their own. */
export async function publishedSets({ transport }: Pick<Office, 'transport'>, kinds: readonly string[] = []): Promise<Outcome<readonly string[]>> {
	const answer = await transport.read(calls.serviceDocument());
	return mapOutcome(answer, (sets) => sets.map(({ name }) => name).filter((name) => kinds.length === 0 || kinds.some((kind) => name.startsWith(`${kind}_`))).sort((a, b) => a.localeCompare(b, 'ru')));
}

/** The published sets that are no section of another one: what a person chooses from. */
export async function publishedObjects(office: Pick<Office, 'transport'>, kinds: readonly string[]): Promise<Outcome<readonly string[]>> {
	return mapOutcome(await publishedSets(office, kinds), (names) => {
		const all = new Set(names);
		return names.filter((name) => name.endsWith('_RecordType') || !hasOwner(name, all));
	});
}

function hasOwner(name: string, all: ReadonlySet<string>): boolean {
	const parts = name.split('_');
	return parts.some((_part, index) => index > 1 && all.has(parts.slice(0, index).join('_')));
}
