import type { OperationKey, Outcome } from './outcome';

/** How far a dialogue has come, in the order in which it goes. */
export const LEAD_STAGES = ['new', 'talking', 'booked', 'came', 'no_show', 'cancelled'] as const;
export type LeadStage = (typeof LEAD_STAGES)[number];

/** Whose dialogue it is. */
export interface LeadSubject {
	/** The client's card. */
	readonly clientId: string;
	/** Title of a lead that has to be opened. */
	readonly title: string;
}

/** The lead of a dialogue. */
export interface Lead {
	readonly id: string;
	/** Null for a place in the pipeline that the mapping does not name. */
	readonly stage: LeadStage | null;
}

/**
 * Moves a client's lead through the tenant's pipeline as the dialogue goes. A stage the operator has not mapped is passed
 * over: the outcome is `ok` with the lead where it was, or with null when there is none. A lead is only moved forward:
 * people who work in the CRM may have moved it further. `came`, `no_show` and `cancelled` close it.
 */
export interface LeadDesk {
	stage(subject: LeadSubject, stage: LeadStage, key: OperationKey): Promise<Outcome<Lead | null>>;
}

/** Whether a move goes forward. From a place nobody mapped it does not: people put the lead there. */
export function isForward(from: LeadStage | null, to: LeadStage): boolean {
	return from !== null && LEAD_STAGES.indexOf(to) > LEAD_STAGES.indexOf(from);
}
