import { createOutreach, isQuiet } from '../../../core/outreach';
import type { SyncedRow } from '../../../core/booking';
import { openProfiles } from '../../../core/profile';
import { whatsappChatOf } from '../../../core/store/outreach';
import { describeEngines } from '../../support/engines';
import { client } from '../sync/double';
import { at, booked, branch, DAY, HOUR, NOON, ORDER } from './branch';

describe('quiet hours', () => {
	it.each([
		[20 * 60 + 59, false],
		[21 * 60, true],
		[0, true],
		[9 * 60 - 1, true],
		[9 * 60, false],
	])('past midnight, at minute %i: %s', (minute, quiet) => expect(isQuiet(minute, { from: 21 * 60, to: 9 * 60 })).toBe(quiet));

	it('are none with equal ends', () => expect(isQuiet(600, { from: 600, to: 600 })).toBe(false));
	it('may lie within a day', () => expect([isQuiet(779, { from: 780, to: 840 }), isQuiet(780, { from: 780, to: 840 }), isQuiet(840, { from: 780, to: 840 })]).toEqual([false, true, false]));
});

describe('whom to write to', () => {
	describeEngines((_dialect, engine) => {
		it('reminds of visits that begin in time, each once', async () => {
			const { ids } = await branch(engine, { visits: [booked('soon', '1', NOON + 23 * HOUR), booked('far', '1', NOON + 25 * HOUR), booked('close', '2', NOON + 30 * 60_000)] });
			expect(await ids()).toEqual([`reminder:24:soon:${at(NOON + 23 * HOUR)}#1`]);
			expect(await ids()).toEqual([]);
			// the second reminder of the same visit is one by itself
			expect(await ids({ hoursBefore: 2, leastMinutesBefore: 0 })).toHaveLength(1);
		});

		it('reminds again of a visit that was moved', async () => {
			const { ids, double, sync } = await branch(engine, { visits: [booked('v', '1', NOON + 20 * HOUR)] });
			expect(await ids()).toHaveLength(1);
			double.put('visits', booked('v', '1', NOON + 22 * HOUR, { changedAt: at(NOON) }));
			await sync.run({ kind: 'full' });
			expect(await ids()).toEqual([`reminder:24:v:${at(NOON + 22 * HOUR)}#1`]);
		});

		it.each([
			['a cancelled visit', booked('v', '1', NOON + 20 * HOUR, { status: 'cancelled' }), client('1')],
			['a visit booked just now', booked('v', '1', NOON + 20 * HOUR, { createdAt: at(NOON - HOUR) }), client('1')],
			['a client without a phone', booked('v', '1', NOON + 20 * HOUR), client('1', { phone: undefined })],
			['a blocked client', booked('v', '1', NOON + 20 * HOUR), client('1', { blocked: true })],
			['a visit of nobody', booked('v', '9', NOON + 20 * HOUR), client('1')],
		])('is silent about %s', async (_what, row, person) => {
			const { ids } = await branch(engine, { clients: [person], visits: [row] });
			expect(await ids()).toEqual([]);
		});

		it('is silent for who asked for silence', async () => {
			const { ids, store, tenant } = await branch(engine, { visits: [booked('v', '1', NOON + 20 * HOUR)] });
			await (await openProfiles({ store, tenant, now: at(NOON) }))?.note('1', { optedOutAt: at(NOON) });
			expect(await ids()).toEqual([]);
		});

		it('says nothing at night, by the branch’s clock', async () => {
			const { outreach, clock } = await branch(engine, { visits: [booked('v', '1', NOON + 20 * HOUR)] });
			clock.ms = Date.parse('2026-11-21T18:30:00.000Z');
			expect(await outreach.due(ORDER)).toEqual({ kind: 'quiet' });
			clock.ms = Date.parse('2026-11-21T17:59:00.000Z');
			expect(await outreach.due(ORDER)).toMatchObject({ kind: 'due', notices: [{ client: { id: '1' } }] });
		});

		it('knows nothing where nothing is copied', async () => {
			const store = await engine.open();
			expect(await createOutreach({ store, tenant: 'nobody', now: () => at(NOON) }).due(ORDER)).toEqual({ kind: 'unknown' });
		});

		it('gives what was put off again under another name, and what a dead run had taken under the same', async () => {
			const { ids, outreach, clock } = await branch(engine, { visits: [booked('v', '1', NOON + 20 * HOUR)] });
			const [first = ''] = await ids();
			expect(await outreach.end(first, 'later', 'in_talk')).toBe(true);
			const [second = ''] = await ids();
			expect(second).toBe(first.replace('#1', '#2'));
			clock.ms += 14 * 60_000;
			expect(await ids()).toEqual([]);
			clock.ms += 2 * 60_000;
			expect(await ids()).toEqual([second]);
			expect(await outreach.end(second, 'said', null)).toBe(true);
			clock.ms += HOUR;
			expect(await ids()).toEqual([]);
			expect(await outreach.end(second, 'later', null)).toBe(false);
			expect(await outreach.end('nothing#1', 'said', null)).toBe(false);
		});

		it('gives an occasion to one of two callers', async () => {
			const { ids } = await branch(engine, { visits: [booked('v', '1', NOON + 20 * HOUR)] });
			expect((await Promise.all([ids(), ids(), ids()])).flat()).toHaveLength(1);
		});

		it('asks for a review once, some hours after the visit, and leaves the client in peace', async () => {
			const over = (id: string, hours: number): SyncedRow => booked(id, '1', NOON - hours * HOUR - HOUR, { status: 'arrived' });
			const { clients, clock } = await branch(engine, { visits: [over('a', 1), over('b', 3), booked('gone', '2', NOON - 5 * HOUR, { status: 'no_show' })] });
			expect(await clients({ kind: 'review' })).toEqual(['1']);
			clock.ms += 2 * HOUR;
			expect(await clients({ kind: 'review' })).toEqual([]);
		});

		it('invites who sleeps, with consent only', async () => {
			const visits = ['1', '2'].flatMap((id) => [90, 120, 150].map((days) => booked(`${id}-${days}`, id, NOON - days * DAY, { status: 'arrived' })));
			const { clients, agree } = await branch(engine, { visits });
			expect(await clients({ kind: 'win_back' })).toEqual([]);
			await agree('2');
			expect(await clients({ kind: 'win_back' })).toEqual(['2']);
			expect(await clients({ kind: 'win_back', needsConsent: false })).toEqual(['1']);
		});

		it('congratulates on the day itself, and once', async () => {
			const { clients, clock } = await branch(engine, { clients: [client('1', { birthday: '1990-11-21' }), client('2', { birthday: '11-22' })], visits: [] });
			expect(await clients({ kind: 'birthday', needsConsent: false })).toEqual(['1']);
			clock.ms += 2 * HOUR;
			expect(await clients({ kind: 'birthday', needsConsent: false })).toEqual([]);
			clock.ms = NOON + DAY;
			expect(await clients({ kind: 'birthday', needsConsent: false })).toEqual(['2']);
		});

		it('keeps salons apart', async () => {
			const one = await branch(engine, { visits: [booked('v', '1', NOON + 20 * HOUR)] });
			const other = await branch(engine, { visits: [booked('v', '1', NOON + 20 * HOUR)] });
			const [id = ''] = await one.ids();
			expect(await other.outreach.end(id, 'never', null)).toBe(false);
			expect(await other.ids()).toHaveLength(1);
		});

		it('finds the chat that a WhatsApp session knows the phone by', async () => {
			const { store, tenant } = await branch(engine, {});
			expect(await whatsappChatOf(store, tenant, 'main', '+79161112233')).toBe('79161112233@s.whatsapp.net');
			await store.write((trx) =>
				trx
					.insertInto('wa_contact')
					.values({ tenant, session: 'main', jid: '79161112233@s.whatsapp.net', chat: '1@lid', phone: null, name: null, opted_in: 0, first_in_at: null, last_in_at: null, first_out_at: null, paused_until: null })
					.execute(),
			);
			expect(await whatsappChatOf(store, tenant, 'main', '+79161112233')).toBe('1@lid');
		});
	});
});
