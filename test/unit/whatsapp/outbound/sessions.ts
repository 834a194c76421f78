import { setTimeout as wait } from 'node:timers/promises';
import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';
import type { Store } from '../../../../core/store';
import { type Clock, createOutbound, createOutboxDesk, type Enqueued, type Lease, loadClientLibrary, type Outbound, type OutboundOptions, type OutboxDesk, type OutboxState, type OutboxStatus, type Signals, takeLease, type WhatsappError, type WhatsappOrder } from '../../../../core/whatsapp';
import { type SessionSettings, type SessionSettingsInput, parseSettings } from '../../../../core/whatsapp/session/settings';
import { createSignals } from '../../../../core/whatsapp/session/signals';
import type { Phone } from '../../../whatsapp-server';
import { Bench, type Linked } from '../../../whatsapp-server/support/bench';

/** No limits and no typing: what is tested is not how long they take. */
export const QUICK: SessionSettingsInput = {
	perChat: { everyMs: 0, burst: 1 },
	perSession: { everyMs: 0, burst: 1 },
	perCompany: { everyMs: 0, burst: 1 },
	newChatsPerDay: 1000,
	typing: false,
};

export interface SessionOptions extends OutboundOptions {
	readonly settings?: SessionSettingsInput;
	readonly clock?: Clock;
	/** Who holds the lease. */
	readonly owner?: string;
}

/** The sending half of a session on a store, with the client of the test server. */
export class SendingSession {
	readonly failures: WhatsappError[] = [];
	readonly events: { readonly kind: string; readonly detail: unknown }[] = [];
	outbound: Outbound;
	settings: SessionSettings;
	#orders = 0;

	private constructor(
		readonly store: Store,
		readonly linked: Linked,
		readonly desk: OutboxDesk,
		readonly signals: Signals,
		public lease: Lease,
		private readonly client: Awaited<ReturnType<typeof loadClientLibrary>>,
		private readonly options: SessionOptions,
	) {
		this.settings = parseSettings(options.settings ?? QUICK);
		this.outbound = this.#create();
	}

	static async start(bench: Bench, store: Store, number: string, options: SessionOptions = {}): Promise<SendingSession> {
		const key = { tenant: 'salon', session: number };
		const lease = await takeLease(store, key, options.owner ?? 'tests');
		if (lease === null) throw new Error('the session is held');
		await addSession(store, key);
		const signals = createSignals({ notices: null });
		const desk = createOutboxDesk(store, { ...key, signals, ...(options.clock === undefined ? {} : { clock: options.clock }) });
		let session: SendingSession | null = null;
		const socketOptions: Partial<UserFacingSocketConfig> = { getMessage: async (asked) => await session?.outbound.message(asked) };
		const linked = await bench.linked(number, socketOptions);
		session = new SendingSession(store, linked, desk, signals, lease, await loadClientLibrary(), options);
		session.attach();
		return session;
	}

	/** Hands the open socket over, and tells of its end, as the owner of a session does. */
	attach(): void {
		const { socket } = this.linked.client;
		const { outbound } = this;
		socket.ev.on('connection.update', ({ connection }) => {
			if (connection === 'close') outbound.closed();
		});
		outbound.opened(socket);
	}

	/** Logs in again after the link went. */
	async reconnect(bench: Bench): Promise<void> {
		await bench.reconnect(this.linked);
		this.attach();
	}

	/** As another process would begin: nothing of the one before is in memory. */
	async restart(bench: Bench): Promise<void> {
		await this.outbound.stop(0);
		await this.linked.client.stop();
		this.outbound = this.#create();
		await this.reconnect(bench);
	}

	/** Queues a text to somebody who agreed to be written to. */
	async say(to: Phone | string, text: string, more: Partial<WhatsappOrder> = {}): Promise<Extract<Enqueued, { kind: 'queued' }>> {
		return await this.order({ to: typeof to === 'string' ? to : to.lidJid, content: { kind: 'text', text }, ...more });
	}

	/** Queues anything; throws when it is refused. */
	async order(order: Pick<WhatsappOrder, 'to' | 'content'> & Partial<WhatsappOrder>): Promise<Extract<Enqueued, { kind: 'queued' }>> {
		const queued = await this.desk.enqueue({ idemKey: `order ${(this.#orders += 1)}`, isAnswer: false, hasAgreed: true, ...order });
		if (queued.kind === 'refused') throw new Error(`${queued.code}: ${queued.sentence}`);
		return queued;
	}

	/** Waits until a message is in the state; rejects when it is not in time. */
	async reaches(id: string, state: OutboxState, timeoutMs = 20_000): Promise<OutboxStatus> {
		const deadline = performance.now() + timeoutMs;
		for (;;) {
			const status = await this.desk.wait(id, 0);
			if (status?.state === state) return status;
			if (performance.now() > deadline) throw new Error(`not ${state} but ${status?.state ?? 'gone'} ${status?.error?.code ?? ''}`);
			await wait(5);
		}
	}

	async stop(): Promise<void> {
		await this.outbound.stop(0);
		await this.linked.client.stop();
	}

	#create(): Outbound {
		const { store, client, lease, signals, options } = this;
		return createOutbound({
			...options,
			store,
			client,
			lease,
			signals,
			settings: () => this.settings,
			clock: options.clock ?? Date.now,
			health: (kind, detail) => void this.events.push({ kind, detail }),
			onFailure: (error) => void this.failures.push(error),
		});
	}
}

/** The row of a session, as its owner makes it. */
export async function addSession(store: Store, key: { readonly tenant: string; readonly session: string }): Promise<void> {
	await store.write(async (trx) => {
		await trx
			.insertInto('wa_session')
			.values({ ...key, desired: 'run', settings: '{}', state: 'open', state_since: 0, reason: null, phone: null, lid: null, last_frame_at: null, last_receipt_at: null, reachout_paused_until: null, updated_at: 0 })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	});
}

/** What the receiving half writes when somebody writes. */
export async function noteWritten(store: Store, session: string, phone: Phone, at: number): Promise<void> {
	const place = { tenant: 'salon', session, chat: phone.lidJid, phone: phone.number, name: null, opted_in: 0, first_in_at: at, last_in_at: at, first_out_at: null, paused_until: null };
	await store.write(async (trx) => {
		for (const jid of [phone.lidJid, phone.phoneJid]) {
			await trx.insertInto('wa_contact').values({ ...place, jid }).onConflict((conflict) => conflict.columns(['tenant', 'session', 'jid']).doUpdateSet({ chat: phone.lidJid, first_in_at: at, last_in_at: at })).execute();
		}
	});
}
