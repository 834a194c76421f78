import type { Client as CrmClient } from '../../core/booking';
import { CHANNELS } from '../../core/conversation/compose/channel';
import type { Button, ChannelProfile, InboundMessage, Lang, Reply } from '../../core/conversation/message';
import type { TurnResult } from '../../core/conversation/assistant';
import type { ChatModel } from '../../core/conversation/model/port';
import type { ChatKey } from '../../core/store';
import { Client, type Move } from './client';
import { aside, GOALS, goalOf, wishFor, type Action, type Goal, type Player } from './goals';
import { heardFrom, type Heard } from './hearing';
import { disturb, NOISY, phoneAsWritten, splitInTwo, type NoiseLevels } from './noise';
import { NAMES } from './phrases';
import type { DialogueRecord, Exchange, Sent } from './record';
import { readRows, rowsOf } from './rows';
import { rngOf, type Rng } from './rng';
import { dayOf } from './when';
import { SALON_NOW, value, type World } from './world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HAND_OFF_MS = 12 * HOUR;
const MOST_EXCHANGES = 28;
const VERIFIED: readonly ChannelProfile[] = [CHANNELS.webhook, CHANNELS.telegram, CHANNELS.whatsapp, CHANNELS.whatsapp_cloud];
const RIVAL_PHONE = '+79619999999';

/** One dialogue of `seed` and `index`, the same every time; `model` sits in the seats of both salons. */
export async function runDialogue(world: World, twin: World, seed: number, index: number, levels: NoiseLevels = NOISY, only?: string, model: ChatModel | null = null): Promise<DialogueRecord> {
	for (const { seat } of [world, twin]) if (seat !== null) seat.sitter = model;
	return new Dialogue(world, twin, seed, index, levels, only).run();
}

class Dialogue {
	private readonly rng: Rng;
	private readonly goalName: string;
	private readonly goal: Goal;
	private readonly lang: Lang;
	private readonly channel: ChannelProfile;
	private readonly chat: ChatKey;
	private readonly phone: string;
	private readonly verified: boolean;
	private readonly name: string;
	private readonly exchanges: Exchange[] = [];
	private readonly rivals: string[] = [];
	private readonly oldButtons: Button[] = [];
	private mode: 'bot' | 'human' = 'bot';
	private handedAt: number | null = null;
	private messages = 0;

	constructor(
		private readonly world: World,
		private readonly twin: World,
		private readonly seed: number,
		private readonly index: number,
		private readonly levels: NoiseLevels,
		only: string | undefined,
	) {
		this.rng = rngOf(seed, index);
		const { rng } = this;
		this.goalName = only ?? goalOf(rng);
		const goal = GOALS[this.goalName];
		if (goal === undefined) throw new RangeError(`No goal is called ${this.goalName}`);
		this.goal = goal;
		this.lang = goal.lang === 'any' ? (rng.chance(0.2) ? 'en' : 'ru') : goal.lang;
		this.verified = goal.channels === 'verified' || (goal.channels === 'any' && rng.chance(0.5));
		this.channel = this.verified ? rng.pick(VERIFIED) : CHANNELS.web;
		this.name = rng.pick(NAMES[this.lang]);
		this.phone = `+7961${String(((seed % 90) + 10) * 100_000 + (index % 100_000))}`;
		this.chat = { tenant: world.tenant, channel: this.channel.name, chatId: `${this.goalName}-${seed}-${index}` };
		world.nowMs = Date.parse(SALON_NOW) + rng.below(6) * 24 * HOUR + (2 + rng.below(14)) * HOUR + rng.below(60) * MINUTE;
		world.tap.calls = [];
		for (const salon of [world, twin]) salon.tap.hooks.clear();
	}

	async run(): Promise<DialogueRecord> {
		const { world, rng } = this;
		const want = wishFor(this.goal, rng, world.facts, this.lang, world.nowMs);
		const own = await this.prepare();
		const twinRows = await this.disturbTwin();
		const before = await world.visits();
		const client = new Client(want, {
			lang: this.lang,
			name: this.name,
			phoneAsWritten: phoneAsWritten(this.phone, rng),
			rng,
			nowMs: () => world.nowMs,
			changesMind: this.levels.changeMind,
		});
		const calls = world.tap.calls;
		await this.talk(this.goal.player(client), client);
		const after = await world.visits();
		const made = [...after.values()].filter((visit) => !before.has(visit.id) && !this.rivals.includes(visit.id));
		const earlier = own.map((id) => ({ was: before.get(id), is: after.get(id) })).flatMap(({ was, is }) => (was === undefined ? [] : [{ was, is }]));
		const replies = this.exchanges.flatMap(({ results }) => results.flatMap(({ reply }) => (reply === null ? [] : [reply.text])));
		const handedOver = this.exchanges.some(({ results }) => results.some((result) => result.handoff !== null));
		const record: DialogueRecord = {
			id: `${this.seed}:${this.index}`,
			goal: this.goalName,
			channel: this.channel,
			lang: this.lang,
			clientName: this.name,
			guestName: want.guest,
			verifiedPhone: this.verified ? this.phone : null,
			phone: this.phone,
			exchanges: this.exchanges,
			...(await readRows(world, this.chat)),
			foreignRows: (await rowsOf(this.twin, this.chat)) - twinRows,
			calls,
			facts: world.facts,
			strangers: world.strangers,
			before,
			after,
			ownVisitIds: own,
			rivalVisitIds: this.rivals,
			reached: this.goal.reached({ made, earlier, want, replies, handedOver }),
		};
		await this.tidy([...made.map((visit) => visit.id), ...this.rivals, ...own], after);
		return record;
	}

	/** The client's card and earlier visits, where the goal needs them. */
	private async prepare(): Promise<readonly string[]> {
		const known = this.goal.visits > 0 || (this.verified && this.rng.chance(0.5));
		if (!known) return [];
		const card = value(await this.world.backOffice.createClient({ name: this.name, phone: this.phone }));
		const own: string[] = [];
		for (let made = 0; made < this.goal.visits; made++) own.push(await this.bookFor(card, made));
		return own;
	}

	private async bookFor(card: CrmClient, count: number, attempt = 0): Promise<string> {
		const service = this.rng.pick(this.world.facts.services.filter((one) => one.id !== 'haircut-kids'));
		const ahead = (days: number): string => dayOf(this.world.nowMs + days * 24 * HOUR);
		const from = ahead(3 + count * 2);
		const free = value(await this.world.backOffice.slots({ serviceIds: [service.id], from, to: ahead(9) }));
		const slot = this.rng.pick(free);
		const booked = await this.world.backOffice.createAppointment(
			{ clientId: card.id, serviceIds: slot.serviceIds, staffId: slot.staffId, start: slot.start },
			`${this.chat.chatId}-setup-${count}-${attempt}`,
		);
		// Two visits of one client may overlap: then the next slot is tried.
		return booked.kind === 'ok' ? booked.value.id : this.bookFor(card, count, attempt + 1);
	}

	/** Sometimes the same chat id is busy in another salon at the same time. */
	private async disturbTwin(): Promise<number> {
		const chat = { ...this.chat, tenant: this.twin.tenant };
		if (this.rng.chance(0.05)) {
			this.twin.nowMs = this.world.nowMs;
			await this.twin.assistant.handle(chat, this.message('запишите меня на женскую стрижку завтра в 12', 'm1'), this.channel);
		}
		return rowsOf(this.twin, chat);
	}

	private async talk(player: Player, client: Client): Promise<void> {
		let heard: Heard | null = null;
		for (let turn = 0; turn < MOST_EXCHANGES; turn++) {
			const action: Action | null = this.mayAside(heard) ? aside(client) : player(heard);
			if (action === null) return;
			if ('operator' in action) {
				await this.operator(action.operator);
				continue;
			}
			await this.passTime();
			await this.mayRival(heard);
			heard = await this.exchange(action, client);
		}
	}

	private mayAside(heard: Heard | null): boolean {
		const asking = heard !== null && heard.effects.length === 0 && heard.intents.some((intent) => intent.startsWith('ask_') || intent === 'offer');
		return asking && this.rng.chance(this.levels.aside);
	}

	private async operator(act: 'takes' | 'releases'): Promise<void> {
		this.release();
		if (act === 'takes') this.mode = 'human';
		await this.world.conversations.setMode(this.chat, this.mode, null, new Date(this.world.nowMs).toISOString());
	}

	private async passTime(): Promise<void> {
		const { rng } = this;
		this.world.nowMs += (5 + rng.below(55)) * 1000;
		if (rng.chance(this.levels.silence)) this.world.nowMs += rng.pick([5 * MINUTE, 20 * MINUTE, 40 * MINUTE, 3 * HOUR, 13 * HOUR, 20 * HOUR]);
	}

	/** Somebody else books the start that this client is about to confirm: before the yes, or in the middle of the commit. */
	private async mayRival(heard: Heard | null): Promise<void> {
		if (heard === null || !heard.intents.includes('confirm_create') || !this.rng.chance(this.levels.rival)) return;
		const pending = await this.openSlot();
		if (pending === null) return;
		const take = async (): Promise<void> => {
			const cards = value(await this.world.backOffice.findClient(RIVAL_PHONE));
			const card = cards[0] ?? value(await this.world.backOffice.createClient({ name: 'Соперник', phone: RIVAL_PHONE }));
			const key = `${this.chat.chatId}-rival-${this.rivals.length}`;
			const taken = await this.world.backOffice.createAppointment({ clientId: card.id, ...pending }, key);
			if (taken.kind === 'ok') this.rivals.push(taken.value.id);
		};
		if (this.rng.chance(0.5)) await take();
		else this.world.tap.hooks.set('createAppointment', take);
	}

	private async openSlot(): Promise<{ start: string; staffId: string; serviceIds: readonly string[] } | null> {
		const { pendings, slots } = await readRows(this.world, this.chat);
		const open = pendings.find((pending) => pending.status === 'open');
		return open === undefined ? null : (slots.get(open.id) ?? null);
	}

	private async exchange(move: Move, client: Client): Promise<Heard> {
		const { rng, levels, world } = this;
		const at = world.nowMs;
		const last = this.lastReply();
		if (this.handedAt !== null && at - this.handedAt >= HAND_OFF_MS) this.release();
		if (rng.chance(levels.staleButton)) await this.pressStale();
		if (rng.chance(levels.voice)) return this.send([{ message: { ...this.message(''), kind: 'voice' }, consents: false }], at);
		const text = move.clean === true || move.button !== undefined ? move.text : disturb(move.text, levels, client.phrases, rng);
		const consents = move.consents === true;
		const parts = move.button === undefined && !consents && rng.chance(levels.split) ? splitInTwo(text) : null;
		const sent: Sent[] =
			parts === null
				? [{ message: move.button === undefined ? this.message(text) : this.press(move.button), consents }]
				: parts.map((part) => ({ message: this.message(part), consents: false }));
		if (rng.chance(levels.redeliver)) sent.push(...sent);
		if (last !== null) this.oldButtons.push(...last.buttons);
		if (rng.chance(levels.interrupt) && !consents) this.interruptWith(aside(client).text);
		return this.send(sent, at);
	}

	/** Another message comes while the turn reads the calendar. */
	private interruptWith(text: string): void {
		this.world.tap.hooks.set('slots', async () => {
			const sent = { message: this.message(text), consents: false };
			const answer = this.world.assistant.handle(this.chat, sent.message, this.channel);
			this.extra.push(answer.then((result) => ({ sent, result })));
			while (!(await this.world.conversations.transcript(this.chat, 5)).some((one) => one.direction === 'in' && one.payload.includes(JSON.stringify(sent.message.messageId)))) {
				await new Promise((resolve) => setTimeout(resolve, 1));
			}
		});
	}

	private extra: Promise<{ sent: Sent; result: TurnResult }>[] = [];

	private lastReply(): Reply | null {
		return this.exchanges.flatMap(({ results }) => results).findLast((result) => result.kind === 'replied')?.reply ?? null;
	}

	/** A hand-off that nobody ended is over. */
	private release(): void {
		this.mode = 'bot';
		this.handedAt = null;
	}

	private async pressStale(): Promise<void> {
		const last = this.lastReply()?.buttons ?? [];
		const stale = this.oldButtons.filter((button) => !last.some((one) => one.id === button.id));
		if (stale.length === 0) return;
		await this.send([{ message: this.press(this.rng.pick(stale)), consents: false }], this.world.nowMs);
		this.world.nowMs += 2000;
	}

	private async send(sent: readonly Sent[], at: number): Promise<Heard> {
		this.extra = [];
		const said = this.world.seat?.heard;
		said?.splice(0);
		const results = await Promise.all(sent.map((one) => this.world.assistant.handle(this.chat, one.message, this.channel)));
		const extra = await Promise.all(this.extra);
		const all = [...results, ...extra.map(({ result }) => result)];
		this.exchanges.push({ at, sent: [...sent, ...extra.map((one) => one.sent)], results: all, mode: this.mode, modelSaid: said?.map((answer) => (answer.kind === 'ok' ? answer.text : `(${answer.cause})`)) ?? [] });
		if (all.some((result) => result.handoff !== null)) {
			this.mode = 'human';
			this.handedAt = at;
		}
		return heardFrom(this.world.conversations, this.chat, all);
	}

	private message(text: string, id = `m${++this.messages}`): InboundMessage {
		return {
			messageId: id,
			kind: 'text',
			text,
			buttonId: null,
			contact: null,
			sender: { phone: this.verified ? this.phone : null, name: null },
			receivedAt: new Date(this.world.nowMs).toISOString(),
		};
	}

	private press(button: Button): InboundMessage {
		return { ...this.message(button.title), kind: 'button', buttonId: button.id };
	}

	/** The salon is left as it was found. */
	private async tidy(ids: readonly string[], after: DialogueRecord['after']): Promise<void> {
		for (const id of new Set(ids)) if (after.has(id)) value(await this.world.backOffice.cancelAppointment(id, `${this.chat.chatId}-tidy-${id}`));
	}
}
