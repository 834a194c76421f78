import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Appointment } from '../../../core/booking';
import type { Assistant, AssistantParts, TurnResult } from '../../../core/conversation/assistant';
import { CHANNELS } from '../../../core/conversation/compose/channel';
import { createAssistant } from '../../../core/conversation/engine';
import type { InboundMessage } from '../../../core/conversation/message';
import type { ChatModel } from '../../../core/conversation/model/port';
import { createAssistantStore, createConversationStore, openStore, type ChatKey, type ConversationStore, type Store } from '../../../core/store';
import { CrmDouble, type Fault } from '../../support/crm-double';
import { heardFrom, type Heard } from '../hearing';
import type { LogLine, OfferRow, PendingRow } from '../record';
import { readRows } from '../rows';
import { temporaryFolder } from '../temporary';
import { tapped, type CallRecord, type Tap } from '../tap';
import type { Line } from './lines';
import { Meter, type MeteredCall } from './meter';
import { SALON_SERVICES, SALON_STAFF, SCENARIO_NOW, startAt } from './salon';
import type { Mishap, Scenario, VisitSpec } from './scenario';
import { CLIENT_PHONE, ScriptedClient, type SimulatedClient } from './simulator';

const MOST_TURNS = 24;
const PAUSE_MS = 20_000;
const RIVAL_PHONE = '+79619999999';

/** What a model of the suite may look at: the oracle knows what the client means, nobody else asks. */
export interface View {
	readonly scenario: Scenario;
	/** What the client has just said. */
	line(): Line | null;
}

/** Who understands and words the replies, and who plays the client. */
export interface Cast {
	readonly models?: (view: View) => readonly ChatModel[];
	readonly wording?: AssistantParts['wording'];
	readonly settings?: AssistantParts['settings'];
	readonly client?: (scenario: Scenario, nowMs: () => number) => SimulatedClient;
}

/** What the client said at once, and what came back. */
export interface PlayedTurn {
	readonly line: Line;
	/** Calls to the CRM before and after. */
	readonly from: number;
	readonly to: number;
	readonly results: readonly TurnResult[];
	readonly intents: readonly string[];
	readonly modelCalls: readonly MeteredCall[];
	/** Wall time of the turn, milliseconds. */
	readonly ms: number;
}

/** A scenario as it went; the score judges this and nothing else. */
export interface Played {
	readonly scenario: Scenario;
	readonly turns: readonly PlayedTurn[];
	readonly calls: readonly CallRecord[];
	readonly log: readonly LogLine[];
	readonly offers: readonly OfferRow[];
	readonly pendings: readonly PendingRow[];
	readonly before: readonly Appointment[];
	readonly after: readonly Appointment[];
	/** Ids of own visits by the scenario's keys. */
	readonly own: Readonly<Record<string, string>>;
	readonly rivals: readonly string[];
	/** The start that a mishap took away, once it has. */
	readonly lost: string | null;
}

/** One store for any number of scenarios, each under a tenant of its own. */
export class Stage {
	private played = 0;

	private constructor(
		private readonly store: Store,
		private readonly conversations: ConversationStore,
		private readonly folder: string,
	) {}

	static async open(): Promise<Stage> {
		const folder = temporaryFolder('scenarios');
		const store = await openStore({ engine: 'sqlite', path: join(folder, 'store.sqlite') }, { keys: ['a passphrase for scenarios'] });
		return new Stage(store, createConversationStore(store), folder);
	}

	async close(): Promise<void> {
		await this.store.close();
		rmSync(this.folder, { recursive: true, force: true });
	}

	play(scenario: Scenario, cast: Cast = {}): Promise<Played> {
		return new Performance(this.store, this.conversations, scenario, cast, `scenario-${++this.played}`).run();
	}
}

class Performance {
	private nowMs = SCENARIO_NOW;
	private readonly crm: CrmDouble;
	private readonly tap: Tap = { calls: [], hooks: new Map() };
	private readonly meter = new Meter();
	private readonly assistant: Assistant;
	private readonly chat: ChatKey;
	private readonly own: Record<string, string> = {};
	private readonly rivals: string[] = [];
	private readonly turns: PlayedTurn[] = [];
	private line: Line | null = null;
	private mishap: Mishap | null;
	private lost: string | null = null;
	private messages = 0;

	constructor(
		private readonly store: Store,
		private readonly conversations: ConversationStore,
		private readonly scenario: Scenario,
		private readonly cast: Cast,
		tenant: string,
	) {
		const clock = (): string => new Date(this.nowMs).toISOString();
		this.chat = { tenant, channel: scenario.channel, chatId: scenario.id };
		this.mishap = scenario.mishap;
		this.crm = new CrmDouble(clock);
		this.crm.services_ = SALON_SERVICES;
		this.crm.staff_ = SALON_STAFF;
		const models = (cast.models?.({ scenario, line: () => this.line }) ?? []).map((model) => this.meter.watch(model));
		const parts: AssistantParts = {
			store: conversations,
			crm: tapped(this.crm, this.tap, () => this.nowMs),
			clock,
			assistantStore: createAssistantStore(store),
			sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
			models,
			...(cast.wording === undefined ? {} : { wording: cast.wording }),
			...(cast.settings === undefined ? {} : { settings: cast.settings }),
		};
		this.assistant = createAssistant(parts);
		this.fillBook();
	}

	private fillBook(): void {
		const { scenario, crm } = this;
		const card = scenario.client.card ? crm.addClient(scenario.client.name, CLIENT_PHONE) : null;
		for (const [key, spec] of Object.entries(scenario.visits)) this.own[key] = crm.put(placed(spec, card?.id ?? 'nobody')).id;
		const stranger = crm.addClient('Аделаида Штольц', '+79990001122');
		for (const spec of scenario.taken) crm.put(placed(spec, stranger.id));
		for (const [call, fault] of scenario.faults) crm.fail(call, fault);
	}

	async run(): Promise<Played> {
		const { scenario, cast, crm } = this;
		const client = cast.client?.(scenario, () => this.nowMs) ?? new ScriptedClient(scenario, () => this.nowMs);
		const before = [...crm.visits];
		let heard: Heard | null = null;
		while (this.turns.length < MOST_TURNS) {
			const line: Line | null = await client.next(heard);
			if (line === null) break;
			heard = await this.exchange(line);
		}
		const { log, offers, pendings } = await readRows({ store: this.store, conversations: this.conversations }, this.chat);
		return { scenario, turns: this.turns, calls: this.tap.calls, log, offers, pendings, before, after: [...crm.visits], own: this.own, rivals: this.rivals, lost: this.lost };
	}

	private async exchange(line: Line): Promise<Heard> {
		this.nowMs += PAUSE_MS + (line.wait ?? 0) * 60_000;
		this.line = line;
		if (line.consents === true) await this.strike();
		const from = this.tap.calls.length;
		const metered = this.meter.calls.length;
		const started = performance.now();
		const results = await Promise.all(this.messagesOf(line).map((message) => this.assistant.handle(this.chat, message, CHANNELS[this.scenario.channel])));
		const ms = performance.now() - started;
		const heard = await heardFrom(this.conversations, this.chat, results);
		this.turns.push({ line, from, to: this.tap.calls.length, results, intents: heard.intents, modelCalls: this.meter.calls.slice(metered), ms });
		return heard;
	}

	/** The mishap befalls the first write that the client agrees to. */
	private async strike(): Promise<void> {
		const { mishap } = this;
		if (mishap === null) return;
		const { pendings, slots } = await readRows({ store: this.store, conversations: this.conversations }, this.chat);
		const open = pendings.find((pending) => pending.status === 'open');
		if (open === undefined) return;
		this.mishap = null;
		const slot = slots.get(open.id) ?? null;
		this.lost = slot?.start ?? null;
		const take = (): void => {
			if (slot === null) return;
			const card = this.crm.clients.find((one) => one.phone === RIVAL_PHONE) ?? this.crm.addClient('Соперник', RIVAL_PHONE);
			this.rivals.push(this.crm.put({ clientId: card.id, ...slot }).id);
		};
		if (mishap.kind === 'taken_before_yes') return take();
		if (mishap.kind === 'recheck_down') return this.crm.fail('slots', { kind: 'unavailable' });
		const call = open.kind === 'create' ? 'createAppointment' : open.kind === 'cancel' ? 'cancelAppointment' : 'rescheduleAppointment';
		this.crm.fail(call, mishap.kind === 'taken_during_write' ? { kind: 'meanwhile', run: take } : FAULTS[mishap.kind](mishap));
	}

	private messagesOf(line: Line): readonly InboundMessage[] {
		const button = line.presses === undefined ? undefined : this.lastButtons().find((one) => one.id.startsWith(line.presses ?? ''));
		if (button !== undefined) return [{ ...this.message(button.title), kind: 'button', buttonId: button.id }];
		return line.parts.map((part) => ({ ...this.message(part), kind: line.kind ?? 'text' }));
	}

	private lastButtons(): readonly { id: string; title: string }[] {
		return this.turns.flatMap(({ results }) => results).findLast((result) => result.kind === 'replied')?.reply?.buttons ?? [];
	}

	private message(text: string): InboundMessage {
		return {
			messageId: `m${++this.messages}`,
			kind: 'text',
			text,
			buttonId: null,
			contact: null,
			sender: { phone: this.scenario.verified ? CLIENT_PHONE : null, name: null },
			receivedAt: new Date(this.nowMs).toISOString(),
		};
	}

}

function placed(spec: VisitSpec, clientId: string): { clientId: string; serviceIds: readonly string[]; staffId: string; start: string } {
	return { clientId, serviceIds: spec.services, staffId: spec.staff, start: startAt(spec.start) };
}

type WriteMishap = Exclude<Mishap['kind'], 'taken_before_yes' | 'taken_during_write' | 'recheck_down'>;

const FAULTS: Readonly<Record<WriteMishap, (mishap: Mishap) => Fault>> = {
	refused: (mishap) => ({ kind: 'refused', reason: mishap.kind === 'refused' ? mishap.reason : 'slot_taken' }),
	down: () => ({ kind: 'unavailable' }),
	lost_answer: () => ({ kind: 'lost_answer' }),
	lost_request: () => ({ kind: 'lost_request' }),
};
