import type { RefusalReason } from '../../../core/booking';
import type { ChannelName } from '../../../core/conversation/compose/channel';
import type { Intent } from '../../../core/conversation/compose/utterance';
import type { Lang } from '../../../core/conversation/message';
import type { Call, Fault } from '../../support/crm-double';
import type { Line } from './lines';

export const GROUPS = ['booking', 'moving', 'cancelling', 'questions', 'conflicts', 'second_person', 'rude_confused', 'injections'] as const;
export type Group = (typeof GROUPS)[number];

/** A visit as a scenario writes it: services, who, and `11-24 12:00`. */
export interface VisitSpec {
	readonly services: readonly string[];
	readonly staff: string;
	readonly start: string;
}

/** A visit that must stand at the end. Absent fields may be anything. */
export interface WantedVisit {
	readonly services: readonly string[];
	readonly staff?: string;
	/** Days `11-24`, one of which it must be on. */
	readonly days: readonly string[];
	/** An exact start, or a window `[from, to)` in which it must start. */
	readonly time?: string | readonly [from: string, to: string];
	/** The guest's name must be in the visit. */
	readonly guest?: string;
}

/** What the CRM must hold at the end; everything else must be as it was. */
export interface End {
	readonly booked?: readonly WantedVisit[];
	/** Own visits by key, with where they must stand. */
	readonly moved?: Readonly<Record<string, WantedVisit>>;
	/** Own visits by key that must be cancelled. */
	readonly cancelled?: readonly string[];
}

/**
 * A fact that must be said. `price:id`, `duration:id`, `staff:id`, `title:id` from the catalogue; `visit:key` (day and
 * time of an own visit), `address`, `phone`, `hours`, `emergency`; `effect`: day and time of what was written, in the
 * reply that tells it; `alternatives`: a list of other starts after one was refused.
 */
export type FactName = string;

/** What befalls the write: right before the client's yes, or inside the CRM's answer to it. */
export type Mishap =
	| { readonly kind: 'taken_before_yes' }
	| { readonly kind: 'taken_during_write' }
	| { readonly kind: 'refused'; readonly reason: RefusalReason }
	| { readonly kind: 'down' }
	/** The write happens and its answer is lost. */
	| { readonly kind: 'lost_answer' }
	/** The write never arrives and nobody can know. */
	| { readonly kind: 'lost_request' }
	/** The calendar cannot be read when the start is checked again. */
	| { readonly kind: 'recheck_down' };

export interface Scenario {
	readonly id: string;
	readonly group: Group;
	readonly lang: Lang;
	readonly channel: ChannelName;
	/** Whether the envelope proves the client's phone. */
	readonly verified: boolean;
	/** A booking without any twist: what rules alone must manage. */
	readonly plain: boolean;
	readonly client: { readonly name: string; readonly card: boolean };
	/** Own visits by key. */
	readonly visits: Readonly<Record<string, VisitSpec>>;
	/** Other clients' visits. */
	readonly taken: readonly VisitSpec[];
	readonly faults: readonly (readonly [call: Call, fault: Fault])[];
	readonly mishap: Mishap | null;
	/** Said first, one a turn, whatever comes back. */
	readonly opens: readonly Line[];
	/** What the client answers when asked this, in order; afterwards it answers from its wish. */
	readonly answers: Readonly<Partial<Record<Intent, readonly Line[]>>>;
	/** Said after an effect was told, one a turn. */
	readonly afterwards: readonly Line[];
	readonly end: End;
	readonly says: readonly FactName[];
	/** Must not be in any reply. */
	readonly never: readonly RegExp[];
	/** Whether a person must (true) or must not (false) be called; null when either will do. */
	readonly handoff: boolean | null;
}

type Optional = 'channel' | 'verified' | 'plain' | 'client' | 'visits' | 'taken' | 'faults' | 'mishap' | 'answers' | 'afterwards' | 'end' | 'says' | 'never' | 'handoff';
export type ScenarioSpec = Omit<Scenario, Optional | 'id' | 'group' | 'lang'> & Partial<Pick<Scenario, Optional>>;

const NAMES: Readonly<Record<Lang, string>> = { ru: 'Кристина', en: 'Jessica' };

/** A table of scenarios of one group and language; ids are `<group>-<lang>-<key>`. */
export function scenarios(group: Group, lang: Lang, table: Readonly<Record<string, ScenarioSpec>>): readonly Scenario[] {
	return Object.entries(table).map(([key, spec]) => {
		const verified = spec.verified ?? spec.channel !== 'web';
		return {
			channel: 'telegram' as const,
			plain: false,
			client: { name: NAMES[lang], card: verified },
			visits: {},
			taken: [],
			faults: [],
			mishap: null,
			answers: {},
			afterwards: [],
			end: {},
			says: [],
			never: [],
			handoff: false,
			...spec,
			verified,
			id: `${group}-${lang}-${key}`,
			group,
			lang,
		};
	});
}

/** `services` may be one id or several joined by `+`. */
export function wanted(services: string, days: string, more: Omit<WantedVisit, 'services' | 'days'> = {}): WantedVisit {
	return { services: services.split('+'), days: days.split(' '), ...more };
}

/** A visit in the book: `visit('brows', 'vera', '11-25 15:00')`. */
export function visit(services: string, staff: string, start: string): VisitSpec {
	return { services: services.split('+'), staff, start };
}
