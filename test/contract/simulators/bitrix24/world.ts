import type { VirtualClock } from '../kit';
import type { Access, Caller } from './access';
import type { BitrixError } from './errors';
import type { EventDesk } from './events';
import type { OperatingTime } from './operating';
import type { Fields } from './parameters';
import type { Portal } from './portal';
import type { Bitrix24Switches } from './switches';

/** Everything a running portal consists of. */
export interface World {
	readonly portal: Portal;
	readonly access: Access;
	readonly events: EventDesk;
	readonly operating: OperatingTime;
	readonly clock: VirtualClock;
	readonly switches: Bitrix24Switches;
	/** Refusals by script, by lower-case method name; each is used once, alone and in a batch. */
	readonly refusals: Map<string, BitrixError[]>;
	/** False on-premise: nothing is counted. */
	readonly cloud: boolean;
}

/** One call of one method, alone or in a batch. */
export interface MethodCall {
	readonly world: World;
	readonly portal: Portal;
	readonly switches: Bitrix24Switches;
	readonly caller: Caller;
	readonly parameters: Fields;
	/** What the portal says of a method, by its lower-case name. */
	readonly probe: (name: string) => { readonly isExisting: boolean; readonly isAvailable: boolean };
}

/** What a method answers; `total` and `next` are for lists. */
export interface MethodResult {
	readonly result: unknown;
	readonly total?: number;
	readonly next?: number;
}

export interface Method {
	/** Null: any caller; several: one of them is enough. */
	readonly scope: string | readonly string[] | null;
	/** Works only for an application. */
	readonly application?: true;
	readonly run: (call: MethodCall) => MethodResult;
}

/** Methods by their names, as documented. */
export type MethodTable = Readonly<Record<string, Method>>;

/** A map as PHP serializes it: an empty one turns into a list. */
export function phpMap(map: Fields, switches: Bitrix24Switches): unknown {
	return Object.keys(map).length === 0 && switches.emptyMaps === 'array' ? [] : map;
}
