import type { Appointment, Client, Outcome } from '../../../core/booking';
import { cut, emptyBody, errorIn200, failing, type Fault, hang, htmlPage, huge, throttled, truncated } from '../simulators/kit';
import { valueOf } from './bench';
import { able, checkWrites, createTripwire, impatient, NEW_PHONE, on, sentBy, type Tripwire, type VendorBench, type VendorUnderTest, type WriteStep } from './vendor-bench';

const START = on('12:00');
const LATER = on('16:00');
const MINUTE_MS = 60_000;

/** Everything that can happen to the answer of a write, with the effect and without it. */
const DONE: readonly Fault[] = [
	cut('done'), hang('done'), failing(500, 'done'), failing(504, 'done'), errorIn200('done'), htmlPage(200, 'done'), htmlPage(502, 'done'), emptyBody(200, 'done'), emptyBody(204, 'done'),
	truncated('done'), huge(3_000_000, 'done'),
];
const NONE: readonly Fault[] = [
	cut('none'), hang('none'), failing(500, 'none'), failing(504, 'none'), errorIn200('none'), htmlPage(200, 'none'), htmlPage(502, 'none'), emptyBody(200, 'none'), emptyBody(204, 'none'),
	truncated('none'), huge(3_000_000, 'none'), throttled(), throttled(30),
];

/**
 * Strikes the answer of every write, with its effect and without: never two visits, never a visit that is only claimed,
 * never a write repeated blindly; and the same key, asked again, ends as it should have.
 */
export function describeVendorFaults(vendor: VendorUnderTest): void {
	checkWrites(vendor);
	const { name, writes } = vendor;
	describe(`${name}: a write whose answer goes wrong`, () => {
		let bench: VendorBench;
		let wire: Tripwire;
		let isStruck = false;
		beforeEach(async () => {
			wire = createTripwire();
			bench = await vendor.open({ wrap: (port) => wire.wrap(impatient(port, () => isStruck)) });
		});
		afterEach(() => bench.close());

		const book = (key: string): Promise<Outcome<Appointment>> =>
			bench.crm.createAppointment({ clientId: bench.clientId, serviceIds: [bench.serviceId], staffId: bench.staffId, start: START }, key);
		const move = ({ id, version }: Appointment, key: string): Promise<Outcome<Appointment>> => bench.crm.rescheduleAppointment(id, { start: LATER, version }, key);
		const starts = (): readonly number[] => bench.live().map(({ start }) => start);

		/** Strikes the next request of a step and does the write; the outcome must be of the kinds, and nothing sent twice. */
		async function struck<T>(step: WriteStep, fault: Fault, kinds: readonly string[], key: string, run: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
			bench.requests.clear();
			bench.faults.add(fault, step.rule);
			isStruck = true;
			const outcome = await run().finally(() => {
				isStruck = false;
			});
			expect(bench.faults.spent()).toBe(true);
			expect(sentBy(bench, step)).toBeLessThanOrEqual(step.requests ?? 1);
			expect(kinds).toContain(outcome.kind);
			if (outcome.kind === 'unknown' && key !== '') expect(outcome.operation).toBe(key);
			return outcome;
		}

		able(vendor, writes.book !== undefined, 'booking', () => {
			describe.each(stepsOf(writes.book))('booking, request $nth', ({ step }) => {
				it.each(DONE)('finds its visit after $name', async (fault) => {
					const told = await struck(step, fault, step.done ?? ['ok'], 'key-1', () => book('key-1'));
					expect(bench.live()).toHaveLength(1);
					if (told.kind === 'ok') expect([told.value.id]).toEqual(bench.live().map(({ id }) => id));
					await sameAgain('key-1');
				});

				it.each(NONE)('says nothing it does not know after $name, and the same key books once', async (fault) => {
					const told = await struck(step, fault, step.none ?? ['unknown'], 'key-1', () => book('key-1'));
					expect(bench.live()).toHaveLength(told.kind === 'ok' ? 1 : 0);
					bench.clock.advance(MINUTE_MS);
					const visit = valueOf(await book('key-1'));
					expect(bench.live().map(({ id }) => id)).toEqual([visit.id]);
				});

				it('says nothing when the visit it made cannot be read back', async () => {
					wire.blindAfter(step.rule);
					const told = await book('key-1');
					expect(step.blind ?? ['unknown']).toContain(told.kind);
					expect(bench.live().length).toBeGreaterThanOrEqual(told.kind === 'ok' ? 1 : 0);
					wire.lift();
					bench.clock.advance(MINUTE_MS);
					expect(valueOf(await book('key-1')).start).toBe(START);
					expect(bench.live()).toHaveLength(1);
				});

				it.each([cut('done'), cut('none')])('says nothing after $name when nothing can be read back', async (fault) => {
					wire.blindAfter(step.rule);
					await struck(step, fault, ['unknown'], 'key-1', () => book('key-1'));
					wire.lift();
					bench.clock.advance(MINUTE_MS);
					expect(bench.live().map(({ id }) => id)).toEqual(fault.name.endsWith('done') ? [expect.any(String)] : []);
					const visit = valueOf(await book('key-1'));
					expect(bench.live().map(({ id }) => id)).toEqual([visit.id]);
				});
			});
		});

		/** The same key once more: the same visit where the vendor's visits carry the key, and never a second one. */
		async function sameAgain(key: string): Promise<void> {
			const [held] = bench.live();
			const again = await book(key);
			if (vendor.capabilities.idempotentWrites) expect(valueOf(again).id).toBe(held?.id);
			expect(bench.live()).toHaveLength(1);
		}

		able(vendor, writes.move !== undefined, 'moving', () => {
			describe.each(stepsOf(writes.move))('moving, request $nth', ({ step }) => {
				it.each(DONE)('moves once and says so after $name', async (fault) => {
					const visit = valueOf(await book('key-1'));
					const told = await struck(step, fault, step.done ?? ['ok'], 'key-2', () => move(visit, 'key-2'));
					if (told.kind === 'ok') expect(Date.parse(told.value.start)).toBe(Date.parse(LATER));
					expect(starts()).toEqual([Date.parse(LATER)]);
				});

				it.each(NONE)('does not say moved after $name, and the same key moves later', async (fault) => {
					const visit = valueOf(await book('key-1'));
					const told = await struck(step, fault, step.none ?? ['unknown'], 'key-2', () => move(visit, 'key-2'));
					expect(starts()).toEqual([Date.parse(told.kind === 'ok' ? LATER : START)]);
					bench.clock.advance(MINUTE_MS);
					expect(Date.parse(valueOf(await move(visit, 'key-2')).start)).toBe(Date.parse(LATER));
					expect(starts()).toEqual([Date.parse(LATER)]);
				});

				it.each([cut('done'), cut('none')])('says nothing after $name when nothing can be read back', async (fault) => {
					const visit = valueOf(await book('key-1'));
					wire.blindAfter(step.rule);
					await struck(step, fault, ['unknown'], 'key-2', () => move(visit, 'key-2'));
					expect(starts()).toEqual([Date.parse(fault.name.endsWith('done') ? LATER : START)]);
				});
			});
		});

		able(vendor, writes.cancel !== undefined, 'cancelling', () => {
			describe.each(stepsOf(writes.cancel))('cancelling, request $nth', ({ step }) => {
				it.each(DONE)('says cancelled after $name', async (fault) => {
					const visit = valueOf(await book('key-1'));
					const told = await struck(step, fault, step.done ?? ['ok'], 'key-2', () => bench.crm.cancelAppointment(visit.id, 'key-2'));
					if (told.kind === 'ok') expect(told.value.status).toBe('cancelled');
					expect(bench.live()).toEqual([]);
				});

				it.each(NONE)('does not say cancelled after $name, and the same key cancels later', async (fault) => {
					const visit = valueOf(await book('key-1'));
					const told = await struck(step, fault, step.none ?? ['unknown'], 'key-2', () => bench.crm.cancelAppointment(visit.id, 'key-2'));
					expect(bench.live()).toHaveLength(told.kind === 'ok' ? 0 : 1);
					bench.clock.advance(MINUTE_MS);
					if (told.kind !== 'ok') expect(valueOf(await bench.crm.cancelAppointment(visit.id, 'key-2')).status).toBe('cancelled');
					expect(bench.live()).toEqual([]);
				});

				it.each([cut('done'), cut('none')])('says nothing after $name when nothing can be read back', async (fault) => {
					const visit = valueOf(await book('key-1'));
					wire.blindAfter(step.rule);
					await struck(step, fault, ['unknown'], 'key-2', () => bench.crm.cancelAppointment(visit.id, 'key-2'));
					expect(bench.live()).toHaveLength(fault.name.endsWith('done') ? 0 : 1);
				});
			});
		});

		able(vendor, writes.createClient !== undefined, 'opening a card', () => {
			const create = (): Promise<Outcome<Client>> => bench.crm.createClient({ name: 'Мария', phone: NEW_PHONE });

			describe.each(stepsOf(writes.createClient))('opening a card, request $nth', ({ step }) => {
				it.each([...NONE, ...DONE])('opens one card for a client after $name', async (fault) => {
					const first = await struck(step, fault, [...(step.none ?? ['unknown']), ...(step.done ?? ['ok', 'unknown'])], '', create);
					if (first.kind === 'ok') expect(bench.cards(NEW_PHONE)).toEqual([first.value.id]);
					bench.clock.advance(MINUTE_MS);
					const second = valueOf(await create());
					expect(bench.cards(NEW_PHONE)).toEqual([second.id]);
				});

				it.each([cut('done'), cut('none')])('says nothing after $name when nothing can be read back', async (fault) => {
					wire.blindAfter(step.rule);
					await struck(step, fault, ['unknown'], '', create);
					wire.lift();
					bench.clock.advance(MINUTE_MS);
					const card = valueOf(await create());
					expect(bench.cards(NEW_PHONE)).toEqual([card.id]);
				});
			});
		});
	});
}

function stepsOf(steps: readonly WriteStep[] = []): readonly { readonly nth: number; readonly step: WriteStep }[] {
	return steps.map((step, index) => ({ nth: index + 1, step }));
}
