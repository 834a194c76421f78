import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Service, StaffMember } from '../../core/booking';
import type { Assistant, AssistantParts, TurnResult } from '../../core/conversation/assistant';
import { CHANNELS } from '../../core/conversation/compose/channel';
import { createAssistant } from '../../core/conversation/engine';
import type { ChannelProfile, InboundMessage, Reply } from '../../core/conversation/message';
import type { ChatModel } from '../../core/conversation/model/port';
import { createAssistantStore, createConversationStore, openStore, type ChatKey, type ConversationStore, type Store } from '../../core/store';
import { CrmDouble } from '../support/crm-double';
import type { DialogueRecord, Exchange, LogLine } from './record';
import { readRows } from './rows';
import { Seat } from './seat';
import { BARE_CAPABILITIES, DOUBLE_COMPANY } from '../support/double-salon';
import { SALON_SERVICES, SALON_STAFF, SCENARIO_NOW } from './scenarios/salon';
import { CLIENT_PHONE } from './scenarios/simulator';
import { temporaryFolder } from './temporary';
import { tapped, type Tap } from './tap';

/** A store for the receptions of one test file. */
export interface House {
	readonly store: Store;
	open(options?: ReceptionOptions): Reception;
	close(): Promise<void>;
}

export interface ReceptionOptions {
	readonly models?: readonly ChatModel[];
	readonly wording?: AssistantParts['wording'];
	/** Further parts of the assistant, e.g. a source of knowledge. */
	readonly parts?: Partial<AssistantParts>;
	readonly channel?: ChannelProfile;
	/** Phone in the envelope; null where the channel vouches for none. */
	readonly phone?: string | null;
	/** Profile name in the envelope. */
	readonly profileName?: string | null;
	readonly services?: readonly Service[];
	readonly staff?: readonly StaffMember[];
	readonly tenant?: string;
}

/** Opens a house on a temporary database. */
export async function openHouse(): Promise<House> {
	const folder = temporaryFolder('reception');
	const store = await openStore({ engine: 'sqlite', path: join(folder, 'store.sqlite') }, { keys: ['a passphrase for receptions'] });
	let receptions = 0;
	return {
		store,
		open: (options = {}) => new Reception(store, { tenant: `reception-${++receptions}`, ...options }),
		async close() {
			await store.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** One chat with a salon: the real engine with its own rules and the given models, on a CRM double under a virtual clock. */
export class Reception {
	nowMs = SCENARIO_NOW;
	readonly crm: CrmDouble;
	readonly tap: Tap = { calls: [], hooks: new Map() };
	readonly assistant: Assistant;
	readonly conversations: ConversationStore;
	readonly chat: ChatKey;
	readonly channel: ChannelProfile;
	readonly replies: Reply[] = [];
	readonly results: TurnResult[] = [];
	readonly seats: readonly Seat[];
	private readonly exchanges: Exchange[] = [];
	private messages = 0;

	constructor(
		readonly store: Store,
		private readonly options: ReceptionOptions & { readonly tenant: string },
	) {
		const clock = (): string => new Date(this.nowMs).toISOString();
		this.channel = options.channel ?? CHANNELS.telegram;
		this.chat = { tenant: options.tenant, channel: this.channel.name, chatId: 'chat' };
		this.conversations = createConversationStore(store);
		this.crm = new CrmDouble(clock, { ...BARE_CAPABILITIES, findByOperation: true, idempotentWrites: true });
		this.crm.services_ = options.services ?? SALON_SERVICES;
		this.crm.staff_ = options.staff ?? SALON_STAFF;
		this.seats = (options.models ?? []).map((model) => Object.assign(new Seat(), { sitter: model }));
		const parts: AssistantParts = {
			store: this.conversations,
			crm: tapped(this.crm, this.tap, () => this.nowMs),
			clock,
			assistantStore: createAssistantStore(store),
			sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
			...options.parts,
			...(options.models === undefined ? {} : { models: this.seats, wording: options.wording ?? 'lead' }),
		};
		this.assistant = createAssistant(parts);
	}

	/** The phone in the envelope of this client. */
	get phone(): string | null {
		return this.options.phone === undefined ? CLIENT_PHONE : this.options.phone;
	}

	message(text: string, patch: Partial<InboundMessage> = {}): InboundMessage {
		return {
			messageId: `m${++this.messages}`,
			kind: 'text',
			text,
			buttonId: null,
			contact: null,
			sender: { phone: this.phone, name: this.options.profileName ?? null },
			receivedAt: new Date(this.nowMs).toISOString(),
			...patch,
		};
	}

	async send(message: InboundMessage): Promise<TurnResult> {
		const result = await this.assistant.handle(this.chat, message, this.channel);
		this.results.push(result);
		if (result.kind === 'replied' && result.reply !== null) this.replies.push(result.reply);
		return result;
	}

	/** The client writes, half a minute after whatever came before; gives back the words of the reply. */
	async write(text: string, consents = false): Promise<string> {
		this.nowMs += 30_000;
		const mode = this.results.at(-1)?.handoff == null ? 'bot' : 'human';
		for (const seat of this.seats) seat.heard.splice(0);
		const message = this.message(text);
		const result = await this.send(message);
		const modelSaid = this.seats.flatMap(({ heard }) => heard.map((answer) => (answer.kind === 'ok' ? answer.text : answer.cause)));
		this.exchanges.push({ at: this.nowMs, sent: [{ message, consents }], results: [result], mode, modelSaid });
		return result.reply?.text ?? '';
	}

	/** What this chat left behind, for the invariants; `before` are the visits that stood at its beginning. */
	async record(lang: 'ru' | 'en', before: DialogueRecord['before'], ownVisitIds: readonly string[]): Promise<DialogueRecord> {
		const after = new Map(this.crm.visits.filter((visit) => visit.status !== 'cancelled').map((visit) => [visit.id, visit]));
		return {
			id: this.chat.tenant,
			goal: 'reception',
			channel: this.channel,
			lang,
			clientName: lang === 'ru' ? 'Кристина' : 'Jessica',
			guestName: null,
			verifiedPhone: this.phone,
			phone: CLIENT_PHONE,
			exchanges: this.exchanges,
			...(await readRows({ store: this.store, conversations: this.conversations }, this.chat)),
			foreignRows: 0,
			calls: this.tap.calls,
			facts: { company: DOUBLE_COMPANY, services: this.crm.services_, staff: this.crm.staff_ },
			strangers: ['Аделаида'],
			before,
			after,
			ownVisitIds,
			rivalVisitIds: [],
			reached: true,
		};
	}

	/** Visits that stand, in the order they were made. */
	get standing(): readonly { readonly serviceIds: readonly string[]; readonly staffId: string; readonly start: string; readonly guestName: string | null }[] {
		return this.crm.visits.filter((visit) => visit.status !== 'cancelled');
	}

	/** All words said so far. */
	get said(): string {
		return this.replies.map((reply) => reply.text).join('\n');
	}

	async log(): Promise<readonly LogLine[]> {
		const events = await this.conversations.events(this.chat, 2000);
		return events.map(({ turn, kind, at, data }) => ({ turn, kind, at, data: JSON.parse(data) as Record<string, unknown> }));
	}
}
