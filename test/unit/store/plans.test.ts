import type { Phone } from '../../../core/booking';
import { createOutreach, OUTREACH_KINDS } from '../../../core/outreach';
import { createHabits, openProfiles } from '../../../core/profile';
import { weeklyFigures } from '../../../core/report';
import { createAssistantStore, type Store } from '../../../core/store';
import { collectIn, mergeChatsIn } from '../../../core/store/collect';
import { recentVisitsByPhone } from '../../../core/store/copied';
import { isSilenced, noteSilence, whatsappChatOf } from '../../../core/store/outreach';
import { spareTold } from '../../../core/store/outreach/silence';
import { toldOf, upsertTold } from '../../../core/store/sync';
import { createTurnFeed } from '../../../core/whatsapp/inbound';
import { closeDue, nextDue } from '../../../core/whatsapp/inbound/closing';
import { knownAddresses, meetIn } from '../../../core/whatsapp/inbound/identity';
import { journaled, lastArrival } from '../../../core/whatsapp/inbound/journal';
import { removeOld } from '../../../core/whatsapp/inbound/retention';
import { takeLease } from '../../../core/whatsapp/lease';
import { createOutboxDesk } from '../../../core/whatsapp/outbound';
import { OutboxChanges, readBegunAfter, readContent, readHeads, readSentAfter } from '../../../core/whatsapp/outbound/outbox';
import { readPerson } from '../../../core/whatsapp/outbound/person';
import { readBacklogIn, readDeliveryShare, readPhoneSeen, readQueue } from '../../../core/whatsapp/session/figures';
import { describeEngines } from '../../support/engines';
import { plansOf, scansIn } from '../../support/plans';
import { client, T0, visit } from '../sync/double';

const TENANT = 'plans';
const KEY = { tenant: TENANT, session: 'main' };
const AT = new Date(T0).toISOString();
const PHONE = '+79160000001' as Phone;
const OURS = /\b(sync_|outreach|wa_|collected_)/;
/** Of a book that holds a row a list of the CRM or a session; the ten cards of one phone, which are a subquery. */
const SMALL = /sync_stream|wa_lease|wa_session|\(subquery|^SCAN c$/;
const SILENT = { send: () => undefined, on: () => () => undefined };

/** Whatever the nodes ask the copy of a branch about its clients. */
async function profiles(store: Store): Promise<void> {
	await store.write(async (trx) => {
		await trx.insertInto('sync_company').values({ tenant: TENANT, id: '1', name: 'One', zone: 'Europe/Moscow', currency: 'RUB', extra: '{}', revision: 1, first_seen_at: AT, updated_at: AT }).execute();
		await trx.insertInto('sync_stream').values({ tenant: TENANT, stream: 'visits', generation: 1, full_at: AT, window_pages: 0, window_rows: 0, window_rejected: 0, window_exact: 1, window_counted: 1 }).execute();
		await upsertTold(trx, TENANT, 'client', [toldOf(client('1', { phone: PHONE }))], AT);
		const hours = (from: number): { start: string; end: string } => ({ start: new Date(T0 + from * 3_600_000).toISOString(), end: new Date(T0 + (from + 1) * 3_600_000).toISOString() });
		await upsertTold(trx, TENANT, 'visit', [toldOf(visit('v1', '1', hours(-48))), toldOf(visit('v2', '1', { ...hours(20), status: 'confirmed' }))], AT);
	});
	const opened = await openProfiles({ store, tenant: TENANT, now: AT });
	expect(opened).not.toBeNull();
	expect(await opened?.byPhone(PHONE)).toHaveLength(1);
	await opened?.byId('1');
	for await (const _one of opened?.all(null) ?? []) await opened?.note('1', { note: 'tea' });
	await opened?.risks(AT, new Date(T0 + 86_400_000).toISOString());
	await opened?.names();
	await recentVisitsByPhone(store, TENANT, PHONE);
	await createHabits(store).usualVisit(TENANT, { phone: PHONE, clientId: null, now: AT });
	expect(await weeklyFigures({ store, tenant: TENANT, day: AT.slice(0, 10) })).not.toBeNull();
	const outreach = createOutreach({ store, tenant: TENANT, now: () => AT });
	for (const kind of OUTREACH_KINDS) {
		const due = await outreach.due({ kind, hoursBefore: 24, leastMinutesBefore: 0, hoursAfter: 3, needsConsent: false, quiet: { from: 0, to: 0 }, limit: 10 });
		if (due.kind === 'due') for (const { id } of due.notices) await outreach.end(id, 'said', null);
	}
	await whatsappChatOf(store, TENANT, 'main', PHONE);
	const about = { chat: { tenant: TENANT, channel: 'telegram', chatId: '1' }, phone: PHONE };
	await store.write(async (trx) => {
		for (const asked of [false, true]) await noteSilence(trx, store.vault, TENANT, about, { asked, at: AT });
		await spareTold(trx, store.vault, TENANT, [toldOf(client('1', { phone: PHONE }))]);
	});
	expect(await isSilenced(store.db, store.vault, TENANT, about)).toBe(true);
	await createAssistantStore(store).erasure.eraseClient(TENANT, { phone: PHONE });
}

/** Whatever a session of WhatsApp and its nodes ask: messages in, turns, messages out, its health. */
async function whatsapp(store: Store): Promise<void> {
	const lease = await takeLease(store, KEY, 'me', 600_000);
	if (lease === null) throw new Error('the session is held');
	const chat = { tenant: TENANT, channel: 'whatsapp:main', chatId: '1@lid' };
	await store.write(async (trx) => {
		const pn = '79160000001@s.whatsapp.net';
		// the number changes hands
		for (const lid of ['3@lid', '1@lid']) await meetIn(trx, store, KEY, { lid, pn }, { name: 'Anna', wroteAt: T0, pausedUntil: null, told: [lid, pn] });
		await trx.insertInto('wa_inbox').values({ ...KEY, chat: '1@lid', id: 'm1', state: 'turned', item: null, seq: 1, received_at: T0 }).execute();
		await collectIn(trx, store.vault, chat, { messageId: 'm1', payload: JSON.stringify({ item: { media: [{ blobId: 'b1' }] }, files: [] }) }, { quietMs: 0, mostMs: 0 }, T0);
		await mergeChatsIn(trx, { ...chat, chatId: '2@lid' }, '1@lid');
	});
	await knownAddresses(store, KEY, '1@lid');
	await nextDue(store, lease);
	await closeDue(store, lease, T0 + 1, ['m9']);
	await closeDue(store, lease, T0 + 1, []);
	await Promise.all([journaled(store, KEY, 10), lastArrival(store, KEY)]);
	const feed = createTurnFeed(store, { ...KEY, signals: SILENT, clock: () => T0 + 2 });
	const turns = await store.db.selectFrom('collected_turn').select('turn_id').execute();
	await feed.reopen();
	for (const { turn_id: id } of turns) for (const step of ['emitted', 'failed', 'done'] as const) await feed[step](id);
	await feed.next(5);
	const desk = createOutboxDesk(store, { ...KEY, signals: SILENT, clock: () => T0 });
	const queued = await desk.enqueue({ to: PHONE, content: { kind: 'text', text: 'hello' }, idemKey: 'k', isAnswer: true });
	if (queued.kind !== 'queued') throw new Error('not queued');
	await Promise.all([desk.deliveries({ at: T0 - 1000, key: '' }, 5), desk.wait(queued.id, 0), readContent(store.db, TENANT, queued.id), readPerson(store.db, store.vault, KEY, '1@lid')]);
	const [head] = await readHeads(store.db, KEY, T0);
	if (head !== undefined) await new OutboxChanges(store, lease, () => T0).sending(head, store.vault.seal('x'), { beginsChat: true, mustKeep: false });
	await Promise.all([readSentAfter(store.db, KEY, T0), readBegunAfter(store.db, KEY, T0), readQueue(store, KEY, T0), readBacklogIn(store, KEY), readDeliveryShare(store, KEY, T0), readPhoneSeen(store, KEY)]);
	await removeOld(store, lease, T0 + 400 * 86_400_000);
}

describe('no statement about clients, their messages and what is said to them reads a table from end to end', () => {
	describeEngines((_dialect, engine) => {
		it('of profiles, reports, outreach and erasure, and of the inbox, the turns and the outbox of WhatsApp', async () => {
			const plans = await plansOf(engine, OURS, async (store) => {
				await profiles(store);
				await whatsapp(store);
			});
			expect(new Set(plans.map(({ sql }) => sql)).size).toBeGreaterThan(60);
			expect(scansIn(plans, SMALL)).toEqual([]);
		}, 120_000);
	});
});
