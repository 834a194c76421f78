import type { FactWriter } from '../../facts';

/** "and N more" under a list that was cut. */
export function andMore(write: FactWriter): (count: number) => string {
	return (count) => `and ${write.count(count)} more`;
}
