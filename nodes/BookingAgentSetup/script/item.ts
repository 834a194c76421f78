import type { SalesScript } from '../../../core/conversation/scripts';

type Body = Omit<SalesScript, 'id'>;

/** A script as the node puts it out; of one that does not read only the ID is known. */
export interface ScriptItem extends Readonly<{ [K in keyof Body]: Body[K] | null }> {
	readonly salonId: string;
	readonly id: string;
	/** False: it never speaks; save it again or delete it. */
	readonly readable: boolean;
}

export function scriptItem(salonId: string, { id, ...body }: SalesScript): ScriptItem {
	return { salonId, id, readable: true, ...body };
}

export function unreadableScript(salonId: string, id: string): ScriptItem {
	return { salonId, id, readable: false, kind: null, stage: null, trigger: null, text: null, maxUses: null, serviceIds: null, active: null };
}
