import type { Parameters } from './parameters';
import { ORIGINATOR } from './visit-items';
import type { ItemWire } from './wire';

/** Where an element keeps our mark of an operation, and words of people: smart processes have neither an origin nor comments. */

const LAST_WITH_ORIGIN = 127;

/** Names of the two fields that have to be there. */
export function markingFields(entityTypeId: number): readonly string[] {
	return hasOrigin(entityTypeId) ? ['originatorId', 'originId', 'comments'] : ['xmlId', 'sourceDescription'];
}

export function markFields(entityTypeId: number, mark: string): Parameters {
	return hasOrigin(entityTypeId) ? { originatorId: ORIGINATOR, originId: mark } : { xmlId: mark };
}

export function markFilter(entityTypeId: number, mark: string): Parameters {
	return hasOrigin(entityTypeId) ? { '=originatorId': ORIGINATOR, '=originId': mark } : { '=xmlId': mark };
}

/** Our mark on an element; null for one that bears another's or none. */
export function markIn(entityTypeId: number, { originatorId, originId, xmlId }: ItemWire): string | null {
	if (!hasOrigin(entityTypeId)) return xmlId ?? null;
	return originatorId === ORIGINATOR ? (originId ?? null) : null;
}

export function wordFields(entityTypeId: number, words: string): Parameters {
	return hasOrigin(entityTypeId) ? { comments: words } : { sourceDescription: words };
}

export function wordsIn(entityTypeId: number, { comments, sourceDescription }: ItemWire): string {
	return hasOrigin(entityTypeId) ? comments : sourceDescription;
}

function hasOrigin(entityTypeId: number): boolean {
	return entityTypeId <= LAST_WITH_ORIGIN;
}
