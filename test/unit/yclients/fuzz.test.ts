import type { Outcome } from '../../../core/booking';
import { type Branch, DAY, openBranch, PHONE, valueOf } from './support/branch';
import { createMutator, type Mutator } from './support/mutations';

const KINDS = ['ok', 'refused', 'unknown', 'unavailable'];
const TIMES = ['10:00', '11:00', '12:30', '14:00', '15:30', '17:00', '18:30'];

/** Every read whose honest answer is not empty. */
function reads({ crm, salon, clientId }: Branch): Readonly<Record<string, () => Promise<Outcome<unknown>>>> {
	const query = { serviceIds: [salon.serviceId('cut')], from: DAY, to: '2026-11-28' };
	const window = { from: `${DAY}T00:00:00+03:00`, to: `${DAY}T23:59:00+03:00` };
	const firstPage = (name: 'services' | 'staff' | 'clients' | 'visits' | 'schedules') => async (): Promise<Outcome<unknown>> => {
		const records: unknown[] = [];
		for await (const page of crm.stream(name, {})) {
			if (page.kind !== 'ok') return page;
			records.push(...page.value.records);
		}
		return { kind: 'ok', value: records };
	};
	return {
		company: () => crm.company(),
		services: () => crm.services(),
		staff: () => crm.staff(),
		availableDates: () => crm.availableDates(query),
		slots: () => crm.slots({ ...query, to: DAY }),
		longSlots: () => crm.slots({ ...query, staffId: salon.staffId('Anna') }),
		findClient: () => crm.findClient(PHONE),
		appointments: () => crm.appointments({ ...window, clientId }),
		serviceStream: firstPage('services'),
		staffStream: firstPage('staff'),
		clientStream: firstPage('clients'),
		visitStream: firstPage('visits'),
		scheduleStream: firstPage('schedules'),
	};
}

async function open(mutator: Mutator, route: 'online' | 'journal'): Promise<Branch> {
	const branch = await openBranch({ wrap: mutator.wrap, settings: { route } });
	const wish = { clientId: branch.clientId, serviceIds: [branch.salon.serviceId('cut')], staffId: branch.salon.staffId('Maria') };
	valueOf(await branch.crm.createAppointment({ ...wish, start: `${DAY}T19:00:00+03:00` }, 'standing'));
	return branch;
}

/** Facts are kept for a time; every round asks anew. */
function forget(branch: Branch, round: number): void {
	branch.sim.clock.set(new Date(Date.parse('2026-11-20T06:00:00Z') + (round % 2) * 660_000).toISOString());
	branch.clock.advance(120_000);
}

describe('answers that were spoiled on the way', () => {
	let branch: Branch;
	afterEach(() => branch.close());

	it.each(['online', 'journal'] as const)('never make an empty list of a failure (%s)', async (route) => {
		const mutator = createMutator(11, 'failures');
		branch = await open(mutator, route);
		mutator.share = 0.5;
		for (let round = 0; mutator.tally.failed < 1250; round += 1) {
			for (const [name, ask] of Object.entries(reads(branch))) {
				forget(branch, round);
				const outcome = await ask();
				expect({ name, kind: outcome.kind === 'unknown' ? 'a read with an effect' : 'fine' }).toEqual({ name, kind: 'fine' });
				const isEmpty = outcome.kind === 'ok' && Array.isArray(outcome.value) && outcome.value.length === 0;
				expect({ name, isEmpty }).toEqual({ name, isEmpty: false });
			}
		}
	}, 60_000);

	it.each(['online', 'journal'] as const)('never crash and never book what was not asked for (%s)', async (route) => {
		const mutator = createMutator(12, 'all');
		branch = await open(mutator, route);
		const standing = new Set(branch.live().map(({ id }) => id));
		for (let round = 0; mutator.tally.mutated < 1250; round += 1) {
			forget(branch, round);
			mutator.share = 0.35;
			for (const ask of Object.values(reads(branch))) expect(KINDS).toContain((await ask()).kind);
			const start = `${DAY}T${TIMES[round % TIMES.length]}:00+03:00`;
			await oneVisit(branch, `key-${round}`, start, standing);
		}
	}, 60_000);
});

/** Books, moves and cancels under spoiled answers; what the adapter claims must be what the vendor holds. */
async function oneVisit(branch: Branch, key: string, start: string, standing: ReadonlySet<number>): Promise<void> {
	const { crm, salon, clientId } = branch;
	const made = (): ReturnType<Branch['live']> => branch.live().filter(({ id }) => !standing.has(id));
	forget(branch, Number(key.slice(4)));
	const wish = { clientId, serviceIds: [salon.serviceId('cut')], staffId: salon.staffId('Anna'), start };
	for (let attempt = 0; attempt < 2; attempt += 1) {
		const booked = await crm.createAppointment(wish, key);
		const held = made();
		expect(held.length).toBeLessThanOrEqual(1);
		for (const record of held) expect({ staffId: String(record.staffId), start: record.start }).toEqual({ staffId: wish.staffId, start: Date.parse(start) });
		if (booked.kind === 'ok') expect({ ids: held.map(({ id }) => String(id)), start: Date.parse(booked.value.start) }).toEqual({ ids: [booked.value.id], start: Date.parse(start) });
		if (booked.kind === 'unavailable') expect(held.length).toBeLessThanOrEqual(attempt);
	}
	const [record] = made();
	if (record === undefined) return;
	const later = `${DAY}T${record.start === Date.parse(`${DAY}T10:00:00+03:00`) ? '16' : '10'}:00:00+03:00`;
	const moved = await crm.rescheduleAppointment(String(record.id), { start: later }, `${key}-move`);
	expect(made()).toHaveLength(1);
	if (moved.kind === 'ok') expect(made()[0]?.start).toBe(Date.parse(later));
	const cancelled = await crm.cancelAppointment(String(record.id), `${key}-cancel`);
	if (cancelled.kind === 'ok') expect(made()).toEqual([]);
	for (const { id } of made()) {
		const left = branch.sim.state.records.get(id);
		if (left !== undefined) left.deleted = true;
		branch.sim.state.changed(salon.company.id, 'record', id, 'delete');
	}
}
