import fc from 'fast-check';
import type { Appointment, Outcome } from '../../../core/booking';
import { crmAt, DAY, reasonOf, valueOf, Vendor, VirtualTime } from './support/vendor';

const START = `${DAY}T12:00:00+03:00`;
const wish = (clientId: string, start = START, staffId = 'anna') => ({ clientId, serviceIds: ['cut'], staffId, start });
const live = (vendor: Vendor, staffId = 'anna') => vendor.live().filter((row) => row.staffId === staffId);

/** No two live visits of a person share a minute. */
function expectApart(vendor: Vendor): void {
	for (const staffId of ['anna', 'maria']) {
		const rows = [...live(vendor, staffId)].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
		rows.forEach((row, index) => expect(Date.parse(rows[index + 1]?.start ?? '2100-01-01T00:00:00Z')).toBeGreaterThanOrEqual(Date.parse(row.end)));
	}
}

/** Whoever was told `ok` has the visit they were told, and nobody else has one. */
function expectTold(vendor: Vendor, outcomes: readonly Outcome<Appointment>[]): void {
	const told = outcomes.flatMap((outcome) => (outcome.kind === 'ok' ? [outcome.value.id] : []));
	expect(live(vendor).map(({ id }) => id).sort()).toEqual(told.sort());
}

/** Latencies and the order of ranks: everything in which two processes can differ. */
const RUN = fc.record({ latencies: fc.array(fc.integer({ min: 1, max: 350 }), { minLength: 40, maxLength: 40 }), ranks: fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 3, maxLength: 3 }) });

/** Processes without a common lock, each answer of the vendor as late as the run says. */
function processes(run: { readonly latencies: readonly number[]; readonly ranks: readonly string[] }, count: number) {
	const time = new VirtualTime();
	const vendor = new Vendor();
	let next = 0;
	vendor.ranks.push(...run.ranks);
	vendor.hold = () => time.sleep(run.latencies[(next += 1) % run.latencies.length] ?? 1);
	return { time, vendor, crms: Array.from({ length: count }, () => crmAt(vendor, { sleep: time.sleep })) };
}

it.each([2, 3])('a time goes to exactly one of %i processes without a common lock, whatever the ranks', async (count) => {
	await fc.assert(
		fc.asyncProperty(RUN, async (run) => {
			const { time, vendor, crms } = processes(run, count);
			const outcomes = await time.until(Promise.all(crms.map((crm, index) => crm.createAppointment(wish(`client ${index}`), `key ${index}`))));
			expect(outcomes.map(reasonOf).sort()).toEqual(['ok', ...Array.from({ length: count - 1 }, () => 'slot_taken')]);
			expectTold(vendor, outcomes);
		}),
		{ numRuns: 150 },
	);
}, 60_000);

it.each([2, 3])('partly overlapping times never stand together, for %i processes', async (count) => {
	await fc.assert(
		fc.asyncProperty(RUN, fc.array(fc.constantFrom('11:30', '12:00', '12:30'), { minLength: 3, maxLength: 3 }), async (run, starts) => {
			const { time, vendor, crms } = processes(run, count);
			const outcomes = await time.until(Promise.all(crms.map((crm, index) => crm.createAppointment(wish(`client ${index}`, `${DAY}T${starts[index]}:00+03:00`), `key ${index}`))));
			expectApart(vendor);
			expectTold(vendor, outcomes);
			expect(outcomes.some(({ kind }) => kind === 'ok')).toBe(true);
		}),
		{ numRuns: 100 },
	);
}, 60_000);

it('never two, in any order of steps; and a time that all gave up is free again', async () => {
	await fc.assert(
		fc.asyncProperty(fc.scheduler(), fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 3, maxLength: 3 }), async (scheduler, ranks) => {
			const vendor = new Vendor();
			vendor.ranks.push(...ranks);
			vendor.hold = (what) => scheduler.schedule(Promise.resolve(), what).then(() => undefined);
			// pauses too are only steps: somebody may sleep through what takes others a minute
			const crms = [0, 1, 2].map(() => crmAt(vendor, { sleep: () => scheduler.schedule(Promise.resolve(), 'sleep').then(() => undefined) }));
			const race = Promise.all(crms.map((crm, index) => crm.createAppointment(wish(`client ${index}`), `key ${index}`)));
			const outcomes = await scheduler.waitFor(race);
			expectApart(vendor);
			expectTold(vendor, outcomes);
			vendor.hold = async () => undefined;
			if (live(vendor).length === 0) valueOf(await crmAt(vendor).createAppointment(wish('client 3'), 'key 3'));
		}),
		{ numRuns: 200 },
	);
}, 60_000);

it('one key has one visit also when two processes send it at once', async () => {
	await fc.assert(
		fc.asyncProperty(RUN, async (run) => {
			const { time, vendor, crms } = processes(run, 2);
			const outcomes = await time.until(Promise.all(crms.map((crm) => crm.createAppointment(wish('client'), 'key'))));
			expect(live(vendor)).toHaveLength(1);
			expect(outcomes.map((outcome) => valueOf(outcome).id)).toEqual([live(vendor)[0]?.id, live(vendor)[0]?.id]);
		}),
		{ numRuns: 100 },
	);
}, 60_000);

it('one client is not booked to two people at one time by two processes', async () => {
	await fc.assert(
		fc.asyncProperty(RUN, async (run) => {
			const { time, vendor, crms } = processes(run, 2);
			const outcomes = await time.until(Promise.all(crms.map((crm, index) => crm.createAppointment(wish('client', START, index === 0 ? 'anna' : 'maria'), `key ${index}`))));
			expect(outcomes.map(reasonOf).sort()).toEqual(['ok', 'self_overlap']);
			expect(vendor.live()).toHaveLength(1);
		}),
		{ numRuns: 100 },
	);
}, 60_000);

it('a move and a booking never meet in one time, and the mover keeps a place', async () => {
	await fc.assert(
		fc.asyncProperty(RUN, fc.boolean(), async (run, isBothMoving) => {
			const { time, vendor, crms } = processes(run, 2);
			const mover = vendor.put({ staffId: 'anna', clientId: 'mover', start: `${DAY}T15:00:00+03:00`, end: `${DAY}T16:00:00+03:00` });
			const second = vendor.put({ staffId: 'anna', clientId: 'second', start: `${DAY}T17:00:00+03:00`, end: `${DAY}T18:00:00+03:00` });
			const [one, two] = crms;
			if (one === undefined || two === undefined) throw new Error('two processes are needed');
			const outcomes = await time.until(
				Promise.all([
					one.rescheduleAppointment(mover.id, { start: START }, 'move'),
					isBothMoving ? two.rescheduleAppointment(second.id, { start: `${DAY}T12:30:00+03:00` }, 'other') : two.createAppointment(wish('client'), 'key'),
				]),
			);
			expectApart(vendor);
			expect(outcomes.map(reasonOf).sort()).toEqual(['ok', 'slot_taken']);
			const told = outcomes.find((outcome) => outcome.kind === 'ok');
			expect(live(vendor).some((row) => told?.kind === 'ok' && row.id === told.value.id && Date.parse(row.start) === Date.parse(told.value.start))).toBe(true);
			expect(vendor.rows.get(mover.id)?.status).toBe('booked');
			expect(vendor.rows.get(second.id)?.status).toBe('booked');
		}),
		{ numRuns: 150 },
	);
}, 60_000);
