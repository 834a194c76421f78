import type { FactWriter } from '../../facts';

/** «и ещё N» under a list that was cut. */
export function andMore(write: FactWriter): (count: number) => string {
	return (count) => `и ещё ${write.count(count)}`;
}
