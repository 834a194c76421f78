import { type Outcome, ok, refused } from '../../booking';
import type { Transport } from '../http';
import { parseMapping } from './base-mapping';
import * as calls from './calls';
import { type Metadata, readMetadata } from './metadata';
import { proposeMapping } from './propose';
import { sampleSets } from './samples';
import { ROW, textIn, valueIn } from './wire';

/** What a look into a base found. */
export interface Discovery {
	/** A mapping to be read by a person and pasted into the settings; parts that were not found are missing. */
	readonly proposal: Readonly<Record<string, unknown>>;
	/** The preset most of it comes from; null when none fits. */
	readonly preset: string | null;
	/** True when the proposal is a whole mapping. */
	readonly complete: boolean;
	/** What a person has to check or to publish, in sentences. */
	readonly notes: readonly string[];
	/** Values to choose from, with their references: kinds of prices, kinds of phones. */
	readonly choices: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
	/** How many sets are published. */
	readonly published: number;
}

const NOTHING = refused('not_allowed', 'The base publishes nothing: its administrator has to put catalogs and documents into the composition of the standard OData interface.');
const MOST_CHOICES = 50;

/** Sets whose rows are offered as choices, by the field of the mapping they are for. */
const CHOICES = { 'service.price.priceType': 'Catalog_ВидыЦен', 'client.phoneKind': 'Catalog_ВидыКонтактнойИнформации' } as const;

/**
 * Looks into a base and proposes a mapping. Reads only: what is published, its description, and names of two small
 * catalogs. The description of a large base weighs megabytes and takes half a minute.
 */
export async function discover(transport: Transport): Promise<Outcome<Discovery>> {
	const patient = transport.inLane('full');
	const metadata = await readBase(patient);
	if (metadata.kind !== 'ok') return metadata;
	const { proposal, preset, notes } = proposeMapping(metadata.value);
	const choices: Record<string, readonly { readonly id: string; readonly name: string }[]> = {};
	for (const [field, set] of Object.entries(CHOICES)) {
		if (!metadata.value.has(set)) continue;
		const rows = await patient.read(calls.list('choices', set, { filter: 'DeletionMark eq false', orderby: 'Ref_Key', top: MOST_CHOICES }, ROW));
		if (rows.kind === 'ok') choices[field] = rows.value.map((row) => ({ id: String(valueIn(row, 'Ref_Key')), name: textIn(row, 'Description') }));
	}
	const problem = whyIncomplete(proposal);
	return ok({ proposal, preset, complete: problem === null, notes: [...notes, ...(problem === null ? [] : [problem])], choices, published: metadata.value.size });
}

/** The description of everything that is published. */
async function readBase(transport: Transport): Promise<Outcome<Metadata>> {
	const sets = await transport.read(calls.serviceDocument());
	if (sets.kind !== 'ok') return sets;
	if (sets.value.length === 0) return NOTHING;
	const xml = await transport.read(calls.metadata());
	if (xml.kind === 'ok') return ok(readMetadata(xml.value));
	// the description of a large base may be too much for its own server: then the known sets are tried by a row of each
	return xml.kind === 'unavailable' ? sampleSets(transport, new Set(sets.value.map(({ name }) => name))) : xml;
}

function whyIncomplete(proposal: unknown): string | null {
	try {
		parseMapping(proposal);
		return null;
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return error.message;
	}
}
