import type { INodeProperties } from 'n8n-workflow';
import { collectionOf } from '../shared/booking/values';
import { wholeNumberOf } from '../shared/fields';
import type { SyncContext } from './context';

const TIME_LIMIT_MINUTES = 10;
const MOST_CHANGES = 1000;

const timeLimit: INodeProperties = {
	displayName: 'Time Limit (Minutes)',
	name: 'timeLimitMinutes',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1440 },
	default: TIME_LIMIT_MINUTES,
	description: 'The run ends at the next page after this time and goes on next time. It always ends before the execution timeout of the workflow.',
};

const maxChanges: INodeProperties = {
	displayName: 'Changed Rows',
	name: 'maxChanges',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MOST_CHANGES },
	default: 50,
	description: 'Max number of changed records to put into the item; the first copy of a list makes no changes',
};

const lookback: INodeProperties = {
	displayName: 'Look Back (Minutes)',
	name: 'lookbackMinutes',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 43_200 },
	default: 10,
	description: 'How much of what was read before is read again by an incremental run, for clocks that differ',
};

const skipFresh: INodeProperties = {
	displayName: 'Skip Lists Read Within (Hours)',
	name: 'skipFreshHours',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 720 },
	default: 20,
	description: 'A full run leaves out lists that were read whole within so many hours: this is how a run that was cut short is carried on by the next one',
};

/** Options of a run; `more` are those of one operation. */
function optionsField(more: readonly INodeProperties[]): INodeProperties {
	const options = [timeLimit, maxChanges, ...more].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
	return { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options };
}

export const runOptions = optionsField([]);
export const syncNowOptions = optionsField([lookback, skipFresh]);

/** What the options of an item say. */
export interface RunOptions {
	readonly timeLimitMs: number;
	/** 0 for none. */
	readonly maxChanges: number;
	readonly lookbackMs: number | undefined;
	readonly skipFreshMs: number | undefined;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export function readOptions({ parameters }: SyncContext, i: number): RunOptions {
	const given = collectionOf(parameters, 'options', i);
	const number = ({ name, displayName, typeOptions }: INodeProperties): number | undefined =>
		given[name] === undefined ? undefined : wholeNumberOf(given[name], displayName, { min: typeOptions?.minValue ?? 0, max: typeOptions?.maxValue ?? 0 });
	const [lookbackMinutes, freshHours] = [number(lookback), number(skipFresh)];
	return {
		timeLimitMs: (number(timeLimit) ?? TIME_LIMIT_MINUTES) * MINUTE_MS,
		maxChanges: number(maxChanges) ?? 0,
		lookbackMs: lookbackMinutes === undefined ? undefined : lookbackMinutes * MINUTE_MS,
		skipFreshMs: freshHours === undefined || freshHours === 0 ? undefined : freshHours * HOUR_MS,
	};
}
