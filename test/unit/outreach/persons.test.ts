import { linesOfTotal, type SyncedRow } from '../../../core/booking';
import { openProfiles } from '../../../core/profile';
import { createOutreachBook } from '../../../core/store/outreach';
import { describeEngines } from '../../support/engines';
import { client } from '../sync/double';
import { at, booked, branch, DAY, HOUR, NOON } from './branch';

const MINUTE = 60_000;
const PHONE = '+79160000001';
/** Two cards of one phone, and somebody else. */
const FAMILY = [client('1'), client('2', { phone: PHONE }), client('3')];
const WIN_BACK = { kind: 'win_back', needsConsent: false } as const;
const REVIEW = { kind: 'review' } as const;

/** A client who used to come and does so no more. */
const sleeps = (clientId: string): readonly SyncedRow[] => [90, 120, 150].map((days) => booked(`${clientId}-${days}`, clientId, NOON - days * DAY, { status: 'arrived' }));
/** A visit with two people of the salon, one after the other: two records. */
const twoRecords = (startMs: number, status: 'booked' | 'arrived' = 'booked'): readonly SyncedRow[] => [
	booked('r2', '1', startMs + HOUR, { visitId: 'v', status, lines: [{ serviceId: 'nails', title: 'Маникюр', amount: 1, cost: 50_000 }] }),
	booked('r1', '1', startMs, { visitId: 'v', status }),
];

describe('a person is written to once', () => {
	describeEngines((_dialect, engine) => {
		it('of a visit that the CRM keeps as two records, with what is done in both', async () => {
			const { due } = await branch(engine, { visits: twoRecords(NOON + 20 * HOUR) });
			const notices = await due();
			expect(notices).toEqual([
				{
					id: `reminder:24:v:${at(NOON + 20 * HOUR)}#1`,
					client: expect.objectContaining({ id: '1', phone: PHONE }) as unknown,
					visit: { id: 'r1', start: at(NOON + 20 * HOUR), end: at(NOON + 22 * HOUR), services: ['Стрижка', 'Маникюр'] },
				},
			]);
		});

		it('of such a visit also while only one of its records lies in the time of reminders', async () => {
			const { ids, outreach, clock } = await branch(engine, { visits: twoRecords(NOON + 24 * HOUR + 30 * MINUTE) });
			const [start, reminders] = [clock.ms, [] as string[]];
			// the first begins to be due, then the second, then the first is too near, then the second
			for (let minutes = 0; minutes <= 26 * 60; minutes += 30) {
				clock.ms = start + minutes * MINUTE;
				for (const id of await ids({ quiet: { from: 0, to: 0 } })) {
					reminders.push(id);
					await outreach.end(id, 'said', null);
				}
			}
			expect(reminders).toEqual([`reminder:24:v:${at(NOON + 24 * HOUR + 30 * MINUTE)}#1`]);
		});

		it('of such a visit again when its first record is called off: it begins later now', async () => {
			const [second, first] = twoRecords(NOON + 20 * HOUR);
			const { due, double, sync } = await branch(engine, { visits: [second as SyncedRow, first as SyncedRow] });
			expect(await due()).toHaveLength(1);
			double.put('visits', { ...(first as Extract<SyncedRow, { entity: 'visit' }>), status: 'cancelled', changedAt: at(NOON) });
			await sync.run({ kind: 'full' });
			expect((await due()).map(({ visit }) => visit)).toEqual([{ id: 'r2', start: at(NOON + 21 * HOUR), end: at(NOON + 22 * HOUR), services: ['Маникюр'] }]);
		});

		it('with services named as in the list of services where the visit has their ids alone', async () => {
			const service: SyncedRow = { entity: 'service', id: 'cut', title: 'Стрижка', active: true, extra: {} };
			const { due } = await branch(engine, { services: [service], visits: [booked('a', '1', NOON + 5 * HOUR, { lines: linesOfTotal(['cut', 'unknown'], 100) })] });
			expect((await due()).map(({ visit }) => visit?.services)).toEqual([['Стрижка']]);
		});

		it('but of each of several visits', async () => {
			const { due } = await branch(engine, { visits: [booked('a', '1', NOON + 5 * HOUR), booked('b', '1', NOON + 9 * HOUR), booked('c', '2', NOON + 9 * HOUR)], clients: FAMILY });
			expect((await due()).map(({ visit }) => visit?.id)).toEqual(['a', 'b', 'c']);
		});

		it('after a visit of two records, when the last of them is over', async () => {
			const { due, clock } = await branch(engine, { visits: twoRecords(NOON - 3 * HOUR, 'arrived') });
			expect(await due(REVIEW)).toEqual([]);
			clock.ms = NOON + HOUR;
			expect((await due(REVIEW)).map(({ id, visit }) => [id, visit?.id])).toEqual([['review:v#1', 'r1']]);
			clock.ms = NOON + 2 * HOUR;
			expect(await due(REVIEW)).toEqual([]);
		});

		it('after two visits of one day, on one card or on two', async () => {
			const over = (id: string, of: string, hours: number): SyncedRow => booked(id, of, NOON - hours * HOUR, { status: 'arrived' });
			const { clients } = await branch(engine, { clients: FAMILY, visits: [over('a', '1', 8), over('b', '1', 5), over('c', '2', 4), over('d', '3', 4)] });
			expect(await clients(REVIEW)).toEqual(['1', '3']);
			expect(await clients(REVIEW)).toEqual([]);
		});

		it('when two cards of the phone are to be invited, in one run and in the next', async () => {
			const { clients, clock } = await branch(engine, { clients: FAMILY, visits: [...sleeps('1'), ...sleeps('2'), ...sleeps('3')] });
			expect(await clients(WIN_BACK)).toEqual(['1', '3']);
			expect(await clients(WIN_BACK)).toEqual([]);
			clock.ms += 30 * DAY;
			expect(await clients(WIN_BACK)).toEqual([]);
		});

		it('when runs at the same moment find two cards of the phone', async () => {
			const { clients } = await branch(engine, { clients: FAMILY, visits: [...sleeps('1'), ...sleeps('2'), ...sleeps('3')] });
			const told = await Promise.all([1, 2, 3].map(() => clients(WIN_BACK)));
			expect(told.flat().map((id) => (id === '3' ? 'theirs' : 'the phone’s')).sort()).toEqual(['the phone’s', 'theirs']);
		});

		it('when two occasions of the phone are taken at the same moment', async () => {
			const { store, tenant } = await branch(engine, { clients: FAMILY });
			const book = createOutreachBook(store, { tenant, now: () => at(NOON) });
			for (let round = 0; round < 20; round += 1) {
				const cardIds = [`${round}-a`, `${round}-b`];
				const peace = { phone: `+7916000${1000 + round}`, cardIds, kinds: ['win_back'], since: at(NOON - DAY) };
				const taken = await Promise.all(cardIds.map((clientId) => book.claim({ id: `win_back:${clientId}`, kind: 'win_back', clientId }, peace)));
				expect(taken.filter((attempt) => attempt !== null)).toEqual([1]);
			}
		});

		it('when two cards of the phone have their birthday', async () => {
			const { clients } = await branch(engine, { clients: [client('1', { birthday: '11-21' }), client('2', { phone: PHONE, birthday: '1990-11-21' })] });
			expect(await clients({ kind: 'birthday', needsConsent: false })).toEqual(['1']);
			expect(await clients({ kind: 'birthday', needsConsent: false })).toEqual([]);
		});
	});
});

describe('what is known of one card of a phone holds for all of them', () => {
	describeEngines((_dialect, engine) => {
		const visits = [booked('v', '1', NOON + 20 * HOUR), ...sleeps('1')];

		it('silence', async () => {
			const { ids, clients, store, tenant } = await branch(engine, { clients: FAMILY, visits: [...visits, booked('w', '3', NOON + 20 * HOUR)] });
			await (await openProfiles({ store, tenant, now: at(NOON) }))?.note('2', { optedOutAt: at(NOON) });
			expect(await ids()).toEqual([`reminder:24:w:${at(NOON + 20 * HOUR)}#1`]);
			expect(await clients(WIN_BACK)).toEqual([]);
		});

		it('a block', async () => {
			const { ids } = await branch(engine, { clients: [client('1'), client('2', { phone: PHONE, blocked: true })], visits });
			expect(await ids()).toEqual([]);
		});

		it('nothing of a card that the CRM has deleted', async () => {
			const { clients, double, sync } = await branch(engine, { clients: [client('1'), client('2', { phone: PHONE, blocked: true }), client('3')], visits });
			double.put('clients', client('2', { phone: PHONE, blocked: true, deleted: true, changedAt: at(NOON) }));
			await sync.run({ kind: 'full' });
			expect(await clients()).toEqual(['1']);
		});

		it('that the person was asked lately', async () => {
			const { clients, double, sync, clock } = await branch(engine, { clients: FAMILY, visits: [booked('a', '1', NOON - 5 * HOUR, { status: 'arrived' })] });
			expect(await clients(REVIEW)).toEqual(['1']);
			clock.ms += 5 * DAY;
			double.put('visits', booked('b', '2', clock.ms - 5 * HOUR, { status: 'arrived' }));
			await sync.run({ kind: 'full' });
			expect(await clients(REVIEW)).toEqual([]);
		});

		it('and consent is the card’s own', async () => {
			const { clients, agree } = await branch(engine, { clients: FAMILY, visits: [...sleeps('1'), ...sleeps('2')] });
			await agree('2');
			expect(await clients({ kind: 'win_back' })).toEqual(['2']);
		});
	});
});
