import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Act } from '../../../core/conversation/acts';
import type { Assistant, AssistantParts, TurnResult } from '../../../core/conversation/assistant';
import { CHANNELS } from '../../../core/conversation/compose/channel';
import { createAssistant } from '../../../core/conversation/engine';
import type { ChannelProfile, InboundMessage } from '../../../core/conversation/message';
import type { UnderstandInput } from '../../../core/conversation/understand/understander';
import { createConversationStore, openStore, type ChatKey, type ConversationStore, type Store } from '../../../core/store';
import { CrmDouble, moscow } from '../../support/crm-double';

/** Monday 23 November 2026, nine in the morning in Moscow. */
export const MONDAY_NINE = Date.parse('2026-11-23T09:00:00+03:00');
export const IRINA = '+79161112233';

let store: Store | null = null;
let folder = '';
let desks = 0;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'guarantees-'));
	store = await openStore({ engine: 'sqlite', path: join(folder, 'store.sqlite') }, { keys: ['a passphrase for tests'] });
});

afterAll(async () => {
	await store?.close();
	rmSync(folder, { recursive: true, force: true });
});

export interface DeskOptions extends Partial<Omit<AssistantParts, 'store' | 'crm' | 'clock'>> {
	readonly crm?: (clock: () => string) => CrmDouble;
	readonly channel?: ChannelProfile;
	/** Phone in the envelope; null where the channel vouches for none. */
	readonly phone?: string | null;
	readonly tenant?: string;
	readonly chatId?: string;
	/** A database of the test's own. */
	readonly store?: Store;
}

/**
 * A salon's desk: the real engine on a real database, a CRM double, a virtual clock, and an understander that says what
 * the test tells it to. A text nobody scripted is not understood.
 */
export class Desk {
	nowMs = MONDAY_NINE;
	readonly crm: CrmDouble;
	readonly conversations: ConversationStore;
	readonly chat: ChatKey;
	readonly channel: ChannelProfile;
	readonly assistant: Assistant;
	readonly results: TurnResult[] = [];
	readonly understood: UnderstandInput[] = [];
	readonly store: Store;
	private readonly script = new Map<string, readonly Act[]>();
	private readonly phone: string | null;
	private messages = 0;

	constructor(options: DeskOptions = {}) {
		const own = options.store ?? store;
		if (own === null) throw new Error('The store is open inside tests only');
		this.store = own;
		const clock = (): string => new Date(this.nowMs).toISOString();
		this.crm = (options.crm ?? ((at) => new CrmDouble(at)))(clock);
		this.conversations = createConversationStore(own);
		this.channel = options.channel ?? CHANNELS.telegram;
		this.phone = options.phone === undefined ? IRINA : options.phone;
		this.chat = { tenant: options.tenant ?? `salon-${++desks}`, channel: this.channel.name, chatId: options.chatId ?? 'chat' };
		this.assistant = createAssistant({
			understander: {
				understand: async (input) => {
					this.understood.push(input);
					return { acts: input.text.split('\n').flatMap((line) => this.script.get(line) ?? []), source: 'rules', confidence: 1 };
				},
			},
			sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
			...options,
			store: this.conversations,
			crm: this.crm,
			clock,
		});
	}

	/** Tells the understander what a text will mean. */
	means(text: string, ...acts: readonly Act[]): void {
		this.script.set(text, acts);
	}

	/** A message of the client, not yet sent. */
	message(text: string, patch: Partial<InboundMessage> = {}): InboundMessage {
		return {
			messageId: `m${++this.messages}`,
			kind: 'text',
			text,
			buttonId: null,
			contact: null,
			sender: { phone: this.phone, name: null },
			receivedAt: moscow(this.nowMs),
			...patch,
		};
	}

	async send(message: InboundMessage): Promise<TurnResult> {
		const result = await this.assistant.handle(this.chat, message, this.channel);
		this.results.push(result);
		return result;
	}

	/** The client writes, half a minute after whatever came before. */
	async write(text: string, ...acts: readonly Act[]): Promise<string> {
		this.nowMs += 30_000;
		if (acts.length > 0) this.means(text, ...acts);
		return (await this.send(this.message(text))).reply?.text ?? '';
	}

	async press(buttonId: string, title = ''): Promise<string> {
		this.nowMs += 30_000;
		return (await this.send(this.message(title, { kind: 'button', buttonId }))).reply?.text ?? '';
	}

	/** Takes the chat to the summary of a haircut with Anna tomorrow at noon; the next thing to say is yes or no. */
	async toSummary(time = '12:00'): Promise<string> {
		if (this.phone !== null && this.crm.clients.length === 0) this.crm.addClient('Ирина', this.phone);
		return this.write('стрижка', { type: 'book', serviceText: 'стрижка женская', whenText: `завтра в ${time}`, staffText: 'Анна' });
	}

	get last(): TurnResult {
		const last = this.results.at(-1);
		if (last === undefined) throw new Error('Nothing was sent yet');
		return last;
	}

	/** Waits until the chat has so many lines; timers go on meanwhile, for who writes the lines may wait by one. */
	async lines(count: number, deadline = Date.now() + 15_000): Promise<void> {
		while ((await this.conversations.transcript(this.chat, 100)).length < count) {
			if (Date.now() > deadline) throw new Error(`not ${count} lines in time`);
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	/** Kinds of CRM effects this desk has caused. */
	get writes(): number {
		return this.crm.count('createAppointment') + this.crm.count('rescheduleAppointment') + this.crm.count('cancelAppointment');
	}

	events(): Promise<readonly { kind: string; data: string }[]> {
		return this.conversations.events(this.chat, 500);
	}
}

/** Words that claim an effect; the tests' own, not the guards'. */
export const CLAIM = /вы записаны|уже записаны|запись (перенесена|отменена)|you are booked|is (cancelled|rescheduled)|has been moved/i;

/** How the notices of a turn ended. */
export const noticeOf = ({ events }: TurnResult) => events.flatMap((event) => (event.type === 'notice' ? [{ outcome: event.outcome, why: event.why }] : []));
