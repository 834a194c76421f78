import type { ITriggerFunctions } from 'n8n-workflow';
import type { SyncedEntity } from '../../core/booking';
import { type Change, type ChangeFeed, type CopyQuery, createChangeFeed, createCopyQuery } from '../../core/store/sync';
import { wordsOf } from '../shared/booking/values';
import { ParameterError } from '../shared/errors';
import { textOf, wholeNumberOf } from '../shared/fields';
import { salonOf } from '../shared/salon';
import { openNodeStore } from '../shared/store';
import { CHECK_EVERY, ENTITIES, KINDS, MOST_ITEMS } from './properties';

/** A trigger's parameters, all read at once: n8n evaluates none after the trigger has started. */
export interface ChangesSetup {
	readonly tenant: string;
	readonly feed: ChangeFeed;
	readonly query: CopyQuery;
	/** Workflow and node: its place in the changes. */
	readonly reader: string;
	readonly entities: readonly SyncedEntity[];
	readonly kinds: readonly Change['kind'][];
	/** Changes of one run. */
	readonly maxItems: number;
	readonly expression: (typeof CHECK_EVERY)[keyof typeof CHECK_EVERY]['expression'];
}

/** Reads the parameters. Throws {@link ParameterError} for what the operator must mend. */
export async function setUpChanges(functions: ITriggerFunctions): Promise<ChangesSetup> {
	const tenant = salonOf(functions.getNodeParameter('salonId', ''));
	const entities = chosenOf(ENTITIES, functions.getNodeParameter('entities', []), 'entity');
	const kinds = chosenOf(KINDS, functions.getNodeParameter('kinds', []), 'kind of change');
	const every = Object.entries(CHECK_EVERY).find(([value]) => value === textOf(functions.getNodeParameter('checkEvery', 'minute')))?.[1];
	if (every === undefined) throw new ParameterError('"Check Every" is not known', 'Choose one of the times in the list.');
	const { maxItems = MOST_ITEMS } = functions.getNodeParameter('options', {}) as { readonly maxItems?: unknown };
	const { store } = await openNodeStore(functions);
	const reader = `${functions.getWorkflow().id ?? ''}:${functions.getNode().id}`;
	return { tenant, feed: createChangeFeed(store, tenant), query: createCopyQuery(store, tenant), reader, entities, kinds, maxItems: wholeNumberOf(maxItems, 'Changes per Run', { min: 1, max: 1000 }), expression: every.expression };
}

function chosenOf<T extends string>(all: readonly T[], value: unknown, what: string): readonly T[] {
	const words = wordsOf(value);
	const chosen = all.filter((one) => words.includes(one));
	if (chosen.length > 0) return chosen;
	throw new ParameterError(`No ${what} is chosen`, `Choose at least one ${what} to hear of.`);
}
