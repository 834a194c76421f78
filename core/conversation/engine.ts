import { randomUUID } from 'node:crypto';
import type { Turn, TurnChanges, TurnStart } from '../store/conversation-store';
import { RequestAids } from './aids';
import type { Assistant, AssistantParts, HandleOptions, TurnResult } from './assistant';
import type { Catalogue } from './catalogue';
import { createCatalogueCache, loadCatalogue } from './catalogue-loader';
import { characterOf, type Character } from './character';
import { createModelComposer } from './compose/model/model-composer';
import { createTemplateComposer } from './compose/template-composer';
import { readMessage, readReply, writeMessage } from './inbox-payload';
import type { ChannelProfile, InboundMessage } from './message';
import { loreOf, type Lore } from './lore';
import { createModelHealth, type ModelHealth } from './model/health';
import { isDeadOwner, newOwner } from './owner';
import { LostChatError, NewerMessageError } from './policy/confirm';
import type { Notice } from './notice';
import { giveNotice, type NoticeEnd } from './policy/notice';
import { leadOn } from './policy/leading';
import { rememberBooked } from './policy/remembering';
import { sell } from './policy/selling';
import { answerSilence, hearSilence } from './policy/silence';
import { openSession, readState } from './session';
import { runTurn } from './turn';
import { createModelUnderstander } from './understand/model/model-understander';
import { createRulesUnderstander } from './understand/rules';
import { TurnWork, type TurnTools } from './work';

/** A turn is far shorter; a longer one loses the chat and may not write. */
const LEASE_MS = 30_000;
/** How long a message waits for a turn that another request runs. */
const WAIT_MS = 45_000;
/** How often a turn starts over because the client kept writing; then it answers what it has. */
const MAX_RESTARTS = 2;
const CATALOGUE_TTL_MS = 60_000;

/** One call of the assistant. */
interface Request {
	readonly chat: Turn['chat'];
	readonly owner: string;
	/** The message that is to be answered; null when only what waits is. */
	readonly seq: number | null;
	readonly duplicate: boolean;
	readonly channel: ChannelProfile;
	readonly aids: RequestAids;
	readonly lore: Lore;
}

const SILENT: TurnResult = { kind: 'silent', reply: null, handoff: null, events: [], turn: null, understanding: 'rules' };

/** Builds the booking assistant of one tenant from its parts. Rules understand and templates speak unless told otherwise. */
export function createAssistant(parts: AssistantParts): Assistant {
	return new BookingAssistant(parts);
}

class BookingAssistant implements Assistant {
	private readonly tools: Omit<TurnTools, 'lore'>;
	private readonly character: Character;
	private readonly composer: NonNullable<AssistantParts['composer']> | ReturnType<typeof createModelComposer>;
	private readonly cache: NonNullable<AssistantParts['catalogueCache']>;
	private lastCatalogue: Catalogue | null = null;
	private readonly health: ModelHealth;

	constructor(private readonly parts: AssistantParts) {
		const { wording = 'lead' } = parts;
		this.character = characterOf(parts);
		this.composer = parts.composer ?? (wording === 'templates' ? createTemplateComposer() : createModelComposer({ wording }));
		this.health = parts.modelHealth ?? createModelHealth();
		this.cache = parts.catalogueCache ?? createCatalogueCache(CATALOGUE_TTL_MS, () => Date.parse(parts.clock()));
		this.tools = {
			store: parts.store,
			crm: parts.crm,
			leads: parts.leads ?? null,
			habits: parts.habits ?? null,
			settings: this.character.settings,
			understander: parts.understander ?? createModelUnderstander({ rules: createRulesUnderstander() }),
			newId: parts.newId ?? randomUUID,
			sleep: parts.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
			clock: parts.clock,
		};
	}

	async handle(chat: Turn['chat'], message: InboundMessage, channel: ChannelProfile, options: HandleOptions = {}): Promise<TurnResult> {
		const owner = newOwner();
		const received = await this.parts.store.receive(
			chat,
			{ messageId: message.messageId, payload: writeMessage(message), receivedAt: message.receivedAt },
			{ owner, now: this.parts.clock(), leaseMs: LEASE_MS, isDead: isDeadOwner },
		);
		if (received.kind === 'accepted') return this.answer({ chat, owner, seq: received.seq, duplicate: false, channel, ...this.forRequest(chat, options) }, received.start);
		const earlier = await this.parts.store.replyTo(chat, received.seq);
		if (earlier.answered) return repeated(earlier.reply, channel);
		return this.answer({ chat, owner, seq: received.seq, duplicate: true, channel, ...this.forRequest(chat, options) });
	}

	async answerWaiting(chat: Turn['chat'], channel: ChannelProfile, options: HandleOptions = {}): Promise<TurnResult> {
		return this.answer({ chat, owner: newOwner(), seq: null, duplicate: false, channel, ...this.forRequest(chat, options) });
	}

	/** What this call may use besides rules, templates and the CRM. */
	private forRequest(chat: Turn['chat'], options: HandleOptions): Pick<Request, 'aids' | 'lore'> {
		const { models = [], knowledge, limits, assistantStore = null } = this.parts;
		const { voice, allowHealth, handoff } = this.character;
		return {
			aids: new RequestAids({ models: options.models ?? models, health: this.health, voice, limits, usage: assistantStore?.usage ?? null }),
			lore: loreOf({ store: assistantStore, tenant: chat.tenant, knowledge: options.knowledge ?? knowledge ?? null, cache: this.cache, allowHealth, handoff }),
		};
	}

	/** Runs a turn for the chat, or waits for the one that answers the message of `request`. `first` is a turn already begun. */
	private async answer(request: Request, first?: TurnStart): Promise<TurnResult> {
		const { chat, owner } = request;
		let restarts = 0;
		let begun = first;
		for (let waited = 0, pause = 5; ; ) {
			const start = begun ?? (await this.parts.store.beginTurn(chat, owner, this.parts.clock(), LEASE_MS, isDeadOwner));
			begun = undefined;
			if (start.kind === 'turn') {
				const result = await this.run(start.turn, request, restarts < MAX_RESTARTS);
				if (result !== 'again') return result;
				restarts++;
				continue;
			}
			if (start.kind === 'idle') return this.answeredElsewhere(request);
			if (waited >= WAIT_MS) return { ...SILENT, kind: 'busy' };
			await this.tools.sleep(pause);
			waited += pause;
			pause = Math.min(pause * 2, 200);
		}
	}

	private async answeredElsewhere({ chat, seq, duplicate, channel }: Request): Promise<TurnResult> {
		if (seq === null) return SILENT;
		const { reply } = await this.parts.store.replyTo(chat, seq);
		return duplicate ? repeated(reply, channel) : { ...SILENT, kind: 'merged' };
	}

	private async run(turn: Turn, request: Request, mayRestart: boolean): Promise<TurnResult | 'again'> {
		try {
			return await this.runHolding(turn, request, mayRestart);
		} catch (error) {
			if (error instanceof NewerMessageError) return 'again';
			await this.parts.store.abandonTurn(turn);
			if (error instanceof LostChatError) return { ...SILENT, kind: 'busy' };
			throw error;
		}
	}

	private async runHolding(turn: Turn, request: Request, mayRestart: boolean): Promise<TurnResult | 'again'> {
		const now = this.parts.clock();
		const arrived = turn.messages.map((one) => readMessage(one.payload, one.receivedAt));
		const messages = arrived.filter(({ notice }) => notice === undefined);
		const notices = arrived.flatMap(({ notice }) => notice ?? []);
		const clientText = messages.map(({ text }) => text).join('\n');
		const catalogue = await this.catalogue(turn.chat.tenant);
		const zone = catalogue?.company.zone ?? 'UTC';
		const session = openSession(readState(turn.state), arrived, this.character.settings, now, zone);
		const work = new TurnWork({ ...this.tools, lore: request.lore }, turn, request.channel, catalogue ?? UNREADABLE, session.state, now);
		await hearSilence(work, messages);
		if (turn.mode !== 'bot') {
			putOff(work, notices, 'human');
			return this.keepSilent(work);
		}
		const notice = messages.length === 0 ? notices[0] : undefined;
		putOff(work, notice === undefined ? notices : notices.slice(1), 'in_talk');
		if (notice !== undefined) await this.begin(work, notice, catalogue !== null);
		else if (catalogue === null) {
			if (work.silence === null) work.say('crm_unavailable', {});
			else answerSilence(work, work.silence.asked);
		}
		else if (turn.number > this.character.settings.dailyTurns && (await this.overBudget(work))) {
			work.say('budget_reached', {});
			work.handOver('over_budget');
		} else {
			work.aids = request.aids.of(work);
			await runTurn(work, messages);
			await rememberBooked(work);
			await leadOn(work);
			await sell(work, clientText, session.greet);
		}
		return this.finish(work, session.greet, mayRestart, clientText);
	}

	/** The salon writes first. A chat in which nothing is said is left as it was. */
	private async begin(work: TurnWork, notice: Notice, isReadable: boolean): Promise<void> {
		const end: NoticeEnd = isReadable ? await giveNotice(work, notice) : { outcome: 'later', why: 'crm_unavailable' };
		const why = end.outcome === 'said' ? null : end.why;
		work.outcome.push({ type: 'notice', at: work.now, notice: notice.id, outcome: end.outcome, why });
		work.log('notice', { kind: notice.kind, outcome: end.outcome, why });
	}

	private async overBudget(work: TurnWork): Promise<boolean> {
		const dayAgo = new Date(Date.parse(work.now) - 86_400_000).toISOString();
		return (await this.parts.store.turnsSince(work.turn.chat, dayAgo)) >= this.character.settings.dailyTurns;
	}

	/** An operator answers, or the chat is paused: the messages are read, nothing is said. */
	private async keepSilent(work: TurnWork): Promise<TurnResult> {
		work.log('silent', { mode: work.turn.mode });
		// What the client says now is said to the operator: it must not be read as the answer to an older summary.
		work.dropPending('silent');
		if (work.state.question?.kind === 'confirm') work.set({ question: null });
		const end = await this.parts.store.finishTurn(work.turn, this.changesOf(work, null), { unlessNewer: false });
		return { ...SILENT, kind: end.kind === 'fenced' ? 'busy' : 'silent', events: this.character.labelled(work.outcome), turn: work.turn.number };
	}

	private async finish(work: TurnWork, greet: boolean, mayRestart: boolean, clientText: string): Promise<TurnResult | 'again'> {
		const composed =
			work.utterances.length === 0
				? null
				: await this.composer.compose({
						utterances: work.utterances,
						lang: work.state.lang,
						channel: work.channel,
						now: work.now,
						zone: work.zone,
						catalogue: work.catalogue,
						greet,
						clientName: work.state.client.name?.value ?? null,
						lastReplies: work.state.lastReplies,
						told: work.state.told,
						draft: work.draft,
						aids: work.aids,
						clientText,
					});
		if (composed !== null) {
			work.set({
				told: composed.told,
				greetedAt: greet ? work.now : work.state.greetedAt,
				lastReplies: [composed.reply.text, ...work.state.lastReplies].slice(0, 3),
			});
			work.log('reply', { intents: work.utterances.map((one) => one.intent), greet, guards: composed.interventions, length: composed.reply.text.length });
		}
		// What a write came to must be told: such a turn is never thrown away for a newer message.
		const unlessNewer = mayRestart && !work.committed;
		const reply = composed?.reply ?? null;
		const end = await this.parts.store.finishTurn(work.turn, this.changesOf(work, reply === null ? null : JSON.stringify(reply)), { unlessNewer });
		if (end.kind === 'newer') return 'again';
		if (end.kind === 'fenced') return { ...SILENT, kind: 'busy' };
		const { turn, handoff, understanding } = work;
		const events = this.character.labelled(work.outcome);
		if (end.kind === 'muted' || reply === null) return { kind: 'silent', reply: null, handoff, events, turn: turn.number, understanding };
		return { kind: 'replied', reply, handoff, events, turn: turn.number, understanding };
	}

	private changesOf(work: TurnWork, reply: string | null): TurnChanges {
		const last = work.turn.messages[work.turn.messages.length - 1];
		// The summary is shown now, not when the turn began: what arrived in between was written without knowing it.
		const openPending = work.openPending === null ? null : { ...work.openPending, createdAt: this.parts.clock() };
		return {
			state: JSON.stringify(work.state),
			answeredSeq: last?.seq ?? 0,
			reply,
			...(work.mode === undefined ? {} : { mode: work.mode, modeUntil: work.modeUntil }),
			...(openPending === null ? {} : { openPending }),
			...(work.closePending === null ? {} : { closePending: work.closePending }),
			...(work.silence === null ? {} : { silence: work.silence }),
			offers: work.offers,
			events: work.audit,
			now: work.now,
		};
	}

	/** The catalogue, or the last one read while the CRM is away, or null when there has never been one. */
	private async catalogue(tenant: string): Promise<Catalogue | null> {
		const loaded = await loadCatalogue(this.parts.crm, tenant, this.cache);
		if (loaded.kind === 'ok') this.lastCatalogue = this.character.narrow(loaded.value);
		return this.lastCatalogue;
	}
}

/** A notice that finds people talking waits for another time. */
function putOff(work: TurnWork, notices: readonly Notice[], why: string): void {
	for (const { id } of notices) work.outcome.push({ type: 'notice', at: work.now, notice: id, outcome: 'later', why });
}

/** Stands in while no catalogue could be read: it names nothing, so nothing can be promised from it. */
const UNREADABLE: Catalogue = {
	company: {
		id: '',
		name: '',
		zone: 'UTC',
		currency: 'RUB',
		address: null,
		phone: null,
		workingHours: {},
		changeNoticeMinutes: 0,
		bookingNoticeMinutes: 0,
		bookingHorizonDays: 0,
	},
	services: [],
	staff: [],
};

function repeated(reply: string | null, channel: ChannelProfile): TurnResult {
	const isSentOnce = channel.delivery === 'reply' || channel.resends === true;
	const again = reply === null || !isSentOnce ? null : readReply(reply);
	return { kind: 'repeated', reply: again, handoff: null, events: [], turn: null, understanding: 'rules' };
}
