import * as v from 'valibot';
import { detectLanguage } from '../language/language';
import type { AssistantSettings } from './assistant';
import { todayIn } from './local-time';
import type { InboundMessage, Lang } from './message';
import { NO_SCRIPTS, readScriptState } from './scripts/state';
import { initialState, type ConversationState } from './state';

/** A change of the local date is a new session only after a pause: nobody is greeted anew at midnight in mid-dialogue. */
const DATE_CHANGE_PAUSE_MS = 60 * 60_000;

const StoredState = v.looseObject({ v: v.literal(1), phase: v.string(), lang: v.picklist(['ru', 'en']) });

/** Reads the stored state; null for a new chat. Throws when the row was written by other code: it is never replaced silently. */
export function readState(text: string | null): ConversationState | null {
	if (text === null) return null;
	const parsed: unknown = JSON.parse(text);
	v.parse(StoredState, parsed);
	const stored = parsed as ConversationState;
	// Rows of an earlier version have no such fields.
	return { ...stored, scripts: readScriptState(stored.scripts, stored.lastClientAt ?? ''), proposals: stored.proposals ?? [], usualLookedUp: stored.usualLookedUp ?? false, askedAbout: stored.askedAbout ?? [], lead: stored.lead ?? null };
}

/**
 * The state a turn begins with: a new session forgets what was on the table, never who the client is. The phase alone
 * still tells that a summary waited for a yes, so that a late yes is not taken for thanks.
 */
export function openSession(
	stored: ConversationState | null,
	messages: readonly InboundMessage[],
	settings: AssistantSettings,
	now: string,
	zone: string,
): { readonly state: ConversationState; readonly greet: boolean } {
	const first = messages.find((message) => message.text !== '')?.text ?? '';
	const heard = detectLanguage(first);
	const firstLang = heard === 'ru' || heard === 'en' ? heard : settings.defaultLang;
	const state = withSender(stored ?? { ...initialState(firstLang), langCandidate: heard === null ? otherThan(firstLang) : null }, messages);
	const silence = state.lastClientAt === null ? Infinity : Date.parse(now) - Date.parse(state.lastClientAt);
	const newDay = silence >= DATE_CHANGE_PAUSE_MS && state.greetedAt !== null && todayIn(state.greetedAt, zone) !== todayIn(now, zone);
	const expired = silence >= settings.sessionHours * 3_600_000;
	const greet = state.greetedAt === null || expired || newDay;
	const kept = expired && stored !== null ? forgetTable(state) : state;
	return { state: { ...kept, told: greet ? {} : kept.told, usualLookedUp: !greet && kept.usualLookedUp, askedAbout: greet ? [] : kept.askedAbout, lastClientAt: now }, greet };
}

/** While the client has said nothing that tells the language, the first words that do decide alone, however short. */
function otherThan(lang: Lang): Lang {
	return lang === 'ru' ? 'en' : 'ru';
}

function forgetTable(state: ConversationState): ConversationState {
	return {
		...state,
		phase: state.phase === 'unknown' ? 'unknown' : state.question?.kind === 'confirm' ? 'confirming' : 'idle',
		visit: null,
		queue: [],
		manage: null,
		offers: [],
		records: [],
		// the answer to what the salon has asked may come a day later
		question: state.question?.kind === 'reminder' || state.question?.kind === 'review' ? state.question : null,
		misunderstood: 0,
		scripts: NO_SCRIPTS,
		proposals: [],
		lead: null,
	};
}

/** Identity comes from the envelope of the newest message that has one; a text never changes it. */
function withSender(state: ConversationState, messages: readonly InboundMessage[]): ConversationState {
	const own = messages.flatMap((message) => (message.contact?.own === true ? [message.contact.phone] : []));
	const envelope = messages.flatMap((message) => (message.sender.phone === null ? [] : [message.sender.phone]));
	const phone = envelope[envelope.length - 1] ?? own[own.length - 1];
	if (phone === undefined) return state;
	if (state.client.phoneVerified && state.client.phone === phone) return state;
	const name = state.client.name?.source === 'client' ? state.client.name : null;
	return { ...state, client: { name, phone, phoneVerified: true, clientId: null } };
}
