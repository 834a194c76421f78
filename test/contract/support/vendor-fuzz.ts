import type { BookingCrm, Outcome, StreamName } from '../../../core/booking';
import { valueOf } from './bench';
import { able, CAMPAIGN, CAMPAIGN_MS, DAY, type LiveVisit, on, PHONE, SEED, type VendorBench, type VendorUnderTest } from './vendor-bench';
import { createMutator, type Mutator } from './vendor-spoil';

const KINDS = ['ok', 'refused', 'unknown', 'unavailable'];
const TIMES = ['10:00', '11:00', '12:30', '14:00', '15:30', '17:00', '18:30'];
const ANSWERS = 5000;
const PATIENCE_MS = 120_000;

type Read = () => Promise<Outcome<unknown>>;

/** Every read of the port; those that stand here by name are never honestly empty on a bench. */
function reads(bench: VendorBench): Readonly<Record<string, Read>> {
	const { crm, serviceId, staffId, clientId } = bench;
	const query = { serviceIds: [serviceId], from: DAY, to: '2026-11-28' };
	return {
		company: () => crm.company(),
		services: () => crm.services(),
		staff: () => crm.staff(),
		availableDates: () => crm.availableDates(query),
		slots: () => crm.slots({ ...query, to: DAY }),
		longSlots: () => crm.slots({ ...query, staffId }),
		findClient: () => crm.findClient(PHONE),
		appointments: () => crm.appointments({ from: on('00:00'), to: on('23:59'), clientId }),
		...Object.fromEntries(crm.capabilities.streams.map((name) => [`${name} stream`, () => whole(crm, name)])),
	};
}

async function whole(crm: BookingCrm, name: StreamName): Promise<Outcome<unknown>> {
	const records: unknown[] = [];
	for await (const page of crm.stream(name, {})) {
		if (page.kind !== 'ok') return page;
		records.push(...page.value.records);
	}
	return { kind: 'ok', value: records };
}

const isEmpty = (outcome: Outcome<unknown>): boolean => outcome.kind === 'ok' && Array.isArray(outcome.value) && outcome.value.length === 0;

/**
 * Spoils thousands of the vendor's answers, the same for the same seed: no crash, no empty list out of a failure, no booking
 * that was not asked for, no claim the vendor does not hold.
 */
export function describeVendorFuzz(vendor: VendorUnderTest): void {
	const { name, spoiling, writes } = vendor;
	const enough = Math.ceil(((vendor.answers ?? ANSWERS) / 2) * CAMPAIGN);

	describe(`${name}: answers that were spoiled on the way`, () => {
		let bench: VendorBench;
		afterEach(() => bench.close());

		async function open(mutator: Mutator): Promise<readonly string[]> {
			bench = await vendor.open({ wrap: mutator.wrap });
			const { crm, clientId, serviceId, otherStaffId } = bench;
			if (writes.book !== undefined) valueOf(await crm.createAppointment({ clientId, serviceIds: [serviceId], staffId: otherStaffId, start: on('19:00') }, 'standing'));
			return fullReads(vendor, bench);
		}

		it(`never make an empty list of a failure, ${enough} failures, seed ${SEED}`, async () => {
			const mutator = createMutator(SEED, spoiling, 'failures');
			const full = await open(mutator);
			mutator.share = 0.5;
			while (mutator.tally.failed < enough) {
				for (const [read, ask] of Object.entries(reads(bench))) {
					refresh(bench);
					const outcome = await ask();
					if (!KINDS.includes(outcome.kind) || outcome.kind === 'unknown') throw new Error(`${read} ended as ${outcome.kind}`);
					if (full.includes(read) && isEmpty(outcome)) throw new Error(`${read} made an empty list of a failure`);
				}
			}
			expect(mutator.tally.failed).toBeGreaterThanOrEqual(enough);
		}, CAMPAIGN_MS);

		it(`never crash, and never book what was not asked for, ${enough} answers, seed ${SEED + 1}`, async () => {
			const mutator = createMutator(SEED + 1, spoiling, 'all');
			await open(mutator);
			const standing = new Set(bench.live().map(({ id }) => id));
			for (let round = 0; mutator.tally.mutated < enough; round += 1) {
				mutator.share = 0.7;
				for (const ask of Object.values(reads(bench))) {
					refresh(bench);
					expect(KINDS).toContain((await ask()).kind);
				}
				// fewer, so that many a booking gets through to its end
				mutator.share = 0.35;
				if (writes.book !== undefined) await oneVisit(vendor, bench, `key-${round}`, on(TIMES[round % TIMES.length] ?? '10:00'), standing);
			}
			expect(mutator.tally.mutated).toBeGreaterThanOrEqual(enough);
		}, CAMPAIGN_MS);

		able(vendor, writes.book !== undefined, 'booking under spoiled answers', () => undefined);
	});
}

/** Names of the reads that have something to tell on this bench; every other is said aloud. */
async function fullReads({ name, writes }: VendorUnderTest, bench: VendorBench): Promise<readonly string[]> {
	const needed = new Set(['services', 'staff', 'slots', 'longSlots', 'availableDates', 'findClient', ...(writes.book === undefined ? [] : ['appointments'])]);
	const full: string[] = [];
	for (const [read, ask] of Object.entries(reads(bench))) {
		const outcome = await ask();
		const isHonest = outcome.kind === 'ok' || (outcome.kind === 'refused' && outcome.reason === 'unsupported');
		if (!isHonest) throw new Error(`${read} fails unspoiled: ${JSON.stringify(outcome)}`);
		if (outcome.kind === 'ok' && !isEmpty(outcome)) full.push(read);
		else if (needed.has(read) && outcome.kind === 'ok') throw new Error(`${read} is empty unspoiled`);
		else process.stdout.write(`${name}: nothing to tell on the bench, so never tested for a false empty list: ${read}\n`);
	}
	return full;
}

/** What is remembered is asked anew, and earlier refusals of the vendor are long past. */
function refresh(bench: VendorBench): void {
	bench.forget();
	bench.clock.advance(PATIENCE_MS);
}

/** Books, moves and cancels under spoiled answers; what the adapter claims must be what the vendor holds. */
async function oneVisit({ capabilities }: VendorUnderTest, bench: VendorBench, key: string, start: string, standing: ReadonlySet<string>): Promise<void> {
	const { crm, clientId, serviceId, staffId } = bench;
	const made = (): readonly LiveVisit[] => bench.live().filter(({ id }) => !standing.has(id));
	refresh(bench);
	for (let attempt = 0; attempt < 2; attempt += 1) {
		const booked = await crm.createAppointment({ clientId, serviceIds: [serviceId], staffId, start }, key);
		const held = made();
		expect(held.length).toBeLessThanOrEqual(1);
		for (const visit of held) expect({ staffId: visit.staffId, start: visit.start }).toEqual({ staffId, start: Date.parse(start) });
		if (booked.kind === 'ok') expect({ ids: held.map(({ id }) => id), start: Date.parse(booked.value.start) }).toEqual({ ids: [booked.value.id], start: Date.parse(start) });
		if (booked.kind === 'unavailable') expect(held.length).toBeLessThanOrEqual(attempt);
	}
	const [visit] = made();
	if (visit === undefined) return;
	const later = on(visit.start === Date.parse(on('10:00')) ? '16:00' : '10:00');
	if (capabilities.reschedule) {
		const moved = await crm.rescheduleAppointment(visit.id, { start: later }, `${key}-move`);
		expect(made()).toHaveLength(1);
		if (moved.kind === 'ok') expect(made()[0]?.start).toBe(Date.parse(later));
	}
	if (capabilities.cancel) {
		const cancelled = await crm.cancelAppointment(visit.id, `${key}-cancel`);
		if (cancelled.kind === 'ok') expect(made()).toEqual([]);
	}
	bench.wipe(standing);
}
