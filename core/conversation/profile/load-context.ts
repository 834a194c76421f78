import * as v from 'valibot';
import type { Appointment } from '../../booking';
import type { ConversationStore, Turn } from '../../store/conversation-store';
import type { Catalogue } from '../catalogue';
import { cutGraphemes } from '../compose/display';
import { MEMORY_KEYS, type ClientProfile, type RememberedFact, type TurnContext } from '../context';
import { ownCards, type OwnLookup } from '../own-visits';
import type { KnownClient } from '../state';
import type { Voice } from '../voice';
import { clientProfile } from './client-profile';
import { dialogueBefore } from './history';

const YEAR_MS = 366 * 86_400_000;
const MOST_FACTS = 20;
const FACT_LENGTH = 200;

const Remembered = v.object({ key: v.picklist(MEMORY_KEYS), value: v.string() });

/** What the context of a turn is read from. */
export interface ContextSources {
	readonly catalogue: Catalogue;
	readonly voice: Voice;
	readonly store: ConversationStore;
	readonly turn: Pick<Turn, 'chat' | 'messages'>;
	readonly client: Pick<KnownClient, 'phoneVerified' | 'clientId'>;
	/** Bound to what the channel proves, as everywhere; its log takes what could not be read. */
	readonly own: OwnLookup;
	/** Null when nothing is remembered here, or nobody knows whose memory it would be. */
	readonly recall: (() => Promise<readonly RememberedFact[]>) | null;
}

/**
 * Reads the context of a turn: the dialogue so far, habits and memory of the client. Never throws: what cannot be read
 * is null or empty and logged, because a turn must not fail for something that only colours it.
 */
export async function loadTurnContext(sources: ContextSources): Promise<TurnContext> {
	const { catalogue, voice, store, turn, own } = sources;
	const firstSeq = turn.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
	const [history, profile, memory] = await Promise.all([
		orElse([], 'history', own, () => dialogueBefore(store, turn.chat, firstSeq, turn.messages.length)),
		loadProfile(sources),
		orElse([], 'memory', own, () => recalled(sources)),
	]);
	return { catalogue, voice, history, profile, memory };
}

/** Habits of a client whose phone the channel vouches for; null for anybody else and when the CRM could not be asked. */
export async function loadProfile({ client, own, catalogue }: Pick<ContextSources, 'client' | 'own' | 'catalogue'>): Promise<ClientProfile | null> {
	if (!client.phoneVerified || own.verifiedPhone === null) return null;
	return orElse(null, 'profile', own, async () => {
		const visits = await pastVisits(client, own);
		return visits === null ? null : clientProfile(visits, own.now, catalogue.company.zone);
	});
}

/** Visits of the one card the client is known to be; null when that is not clear: a family shares phones, not habits. */
async function pastVisits(client: Pick<KnownClient, 'clientId'>, own: OwnLookup): Promise<readonly Appointment[] | null> {
	const cards = await ownCards(own);
	const [card, another] = (cards ?? []).filter(({ id }) => client.clientId === null || id === client.clientId);
	if (card === undefined || another !== undefined) return null;
	const from = new Date(Date.parse(own.now) - YEAR_MS).toISOString();
	const listed = await own.crm.appointments({ clientId: card.id, from, to: own.now });
	own.log('crm_read', { read: 'past_appointments', outcome: listed.kind });
	return listed.kind === 'ok' ? listed.value.filter((visit) => visit.clientId === card.id) : null;
}

async function recalled({ recall }: ContextSources): Promise<readonly RememberedFact[]> {
	const facts: readonly unknown[] = recall === null ? [] : await recall();
	return facts
		.flatMap((fact) => {
			const parsed = v.safeParse(Remembered, fact);
			return parsed.success ? [{ key: parsed.output.key, value: cutGraphemes(parsed.output.value, FACT_LENGTH) }] : [];
		})
		.slice(0, MOST_FACTS);
}

async function orElse<T>(fallback: T, read: 'history' | 'profile' | 'memory', own: OwnLookup, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch {
		own.log('context_unread', { read });
		return fallback;
	}
}
