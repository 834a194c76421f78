import type { Appointment, BookingCrm, Outcome } from '../../../core/booking';
import { throttled } from '../simulators/kit';
import { reasonOf, valueOf } from './bench';
import { able, createTripwire, DAY, NEW_PHONE, on, PHONE, sentBy, type TokenHooks, type Tripwire, type VendorBench, type VendorUnderTest, type WriteStep } from './vendor-bench';

const START = on('12:00');
const SOON_SECONDS = 7;
const HOUR_SECONDS = 3600;

/** Storms of refusals, tokens that end, phones with several cards, branches beside each other. */
export function describeVendorPressure(vendor: VendorUnderTest): void {
	const { name, writes, token } = vendor;
	const [booking] = writes.book ?? [];

	describe(`${name} under pressure`, () => {
		let bench: VendorBench;
		let wire: Tripwire;
		const open = async (limits = false): Promise<VendorBench> => {
			wire = createTripwire();
			return (bench = await vendor.open({ wrap: wire.wrap, limits }));
		};
		afterEach(() => bench.close());

		const book = (key = 'key-1', { crm, clientId, serviceId, staffId } = bench): Promise<Outcome<Appointment>> =>
			crm.createAppointment({ clientId, serviceIds: [serviceId], staffId, start: START }, key);
		const slots = (crm: BookingCrm = bench.crm): Promise<Outcome<unknown>> => crm.slots({ serviceIds: [bench.serviceId], from: DAY, to: DAY });
		const hooks = (): TokenHooks => {
			if (bench.token === undefined) throw new Error(`${name}: says its token is ${token} and has no hooks for it`);
			return bench.token;
		};

		describe('a storm of refusals', () => {
			it.each([undefined, SOON_SECONDS])('is waited out by reads, Retry-After %s', async (retryAfter) => {
				await open();
				for (const ask of [() => slots(), () => bench.crm.findClient(PHONE), () => bench.crm.services()]) {
					bench.forget();
					// earlier refusals are forgiven by now
					bench.clock.advance(HOUR_SECONDS * 1000);
					const began = bench.clock.now();
					bench.faults.add(throttled(retryAfter), { times: 2 });
					expect(valueOf(await ask())).not.toEqual([]);
					expect(bench.faults.spent()).toBe(true);
					expect(bench.clock.now() - began).toBeGreaterThanOrEqual((retryAfter ?? 0) * 1000);
				}
			});

			it.each([undefined, HOUR_SECONDS])('without an end makes reads unavailable, never empty, Retry-After %s', async (retryAfter) => {
				await open();
				bench.forget();
				bench.requests.clear();
				bench.faults.add(throttled(retryAfter), { times: Infinity });
				for (const ask of [() => slots(), () => bench.crm.findClient(PHONE), () => bench.crm.services()]) expect((await ask()).kind).toBe('unavailable');
				expect(bench.requests.all.length).toBeLessThan(60);
				bench.faults.clear();
				bench.clock.advance(HOUR_SECONDS * 2000);
				expect(valueOf(await slots())).not.toEqual([]);
			});

			able(vendor, booking !== undefined, 'a booking in a storm', () => {
				it.each([undefined, SOON_SECONDS])('costs a booking one request and no false word, Retry-After %s', async (retryAfter) => {
					await open();
					const step = stepOf(booking);
					bench.faults.add(throttled(retryAfter), step.rule);
					wire.blindAfter(step.rule, 429);
					bench.requests.clear();
					const told = await book();
					expect([...(step.none ?? []), 'unknown']).toContain(told.kind);
					expect(sentBy(bench, step)).toBe(1);
					expect(bench.live()).toEqual([]);
					wire.lift();
					bench.clock.advance(HOUR_SECONDS * 1000);
					const visit = valueOf(await book());
					expect(bench.live().map(({ id }) => id)).toEqual([visit.id]);
				});
			});

			it('does not arise where the vendor counts and the adapter counts with it', async () => {
				await open(true);
				const asked = await Promise.all(Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? slots() : bench.crm.findClient(PHONE))));
				for (const outcome of asked) expect(['ok', 'unavailable']).toContain(outcome.kind);
				expect(asked.some(({ kind }) => kind === 'ok')).toBe(true);
				expect(bench.requests.all.filter(({ limited }) => limited)).toEqual([]);
			});
		});

		able(vendor, token === 'fixed', 'a token that a person has to renew', () => {
			describe('a token that ends in the middle of a dialogue', () => {
				it('is named to the operator, by reads and before a write', async () => {
					await open();
					expect(valueOf(await slots())).not.toEqual([]);
					hooks().expire();
					bench.forget();
					for (const told of [await slots(), await bench.crm.findClient(PHONE), await bench.crm.services(), ...(booking === undefined ? [] : [await book()])]) {
						expect(told).toMatchObject({ kind: 'refused', reason: 'credential_invalid', message: expect.stringMatching(/credential/i) as string });
					}
					expect(bench.live()).toEqual([]);
				});

				able(vendor, booking !== undefined, 'a token that ends before a write', () => {
					it('is no false word when it ends right before the write', async () => {
						await open();
						wire.before(stepOf(booking).rule, () => hooks().expire());
						const told = reasonOf(await book());
						// a vendor may take a booking without the token that reads it back
						expect(['credential_invalid', 'unknown']).toContain(told);
						expect(bench.live().length).toBeLessThanOrEqual(told === 'unknown' ? 1 : 0);
					});
				});
			});
		});

		able(vendor, token === 'renewed', 'a token that renews itself', () => {
			const rotations = (): number => hooks().rotations?.() ?? Number.NaN;

			describe('a token that ends in the middle of a dialogue', () => {
				it('is renewed without a word, once for all who ask at once', async () => {
					await open();
					expect(valueOf(await slots())).not.toEqual([]);
					const before = rotations();
					hooks().expire();
					bench.forget();
					const others = [hooks().sibling?.() ?? bench.crm, bench.crm];
					const told = await Promise.all([slots(), ...others.flatMap((crm) => [slots(crm), crm.findClient(PHONE), crm.services()])]);
					expect(told.map(({ kind }) => kind)).toEqual(told.map(() => 'ok'));
					expect(rotations()).toBe(before + 1);
				});

				able(vendor, booking !== undefined, 'a token that ends before a write', () => {
					it('books once when it ends right before the write', async () => {
						await open();
						wire.before(stepOf(booking).rule, () => hooks().expire());
						const told = await book();
						if (told.kind !== 'ok') expect(bench.live()).toEqual([]);
						const visit = valueOf(await book());
						expect(bench.live().map(({ id }) => id)).toEqual([visit.id]);
					});
				});

				it('is named to the operator when it can no longer be renewed', async () => {
					await open();
					hooks().expire();
					hooks().revoke?.();
					bench.forget();
					expect(await slots()).toMatchObject({ kind: 'refused', reason: 'credential_invalid', message: expect.stringMatching(/credential|connect|sign in/i) as string });
				});
			});
		});

		it('gives all cards of one phone, and opens no further one', async () => {
			await open();
			const twin = bench.addCard?.('Мария', PHONE);
			if (twin === undefined) process.stdout.write(`${name}: keeps a phone to one card, so not tested: several cards\n`);
			const expected = [bench.clientId, ...(twin === undefined ? [] : [twin])].sort();
			expect(valueOf(await bench.crm.findClient(PHONE)).map(({ id }) => id).sort()).toEqual(expected);
			if (vendor.capabilities.createClient) expect(expected).toContain(valueOf(await bench.crm.createClient({ name: 'Мария', phone: PHONE })).id);
			expect([...bench.cards(PHONE)].sort()).toEqual(expected);
		});

		it('keeps branches and accounts apart while both are busy', async () => {
			await open();
			const other = await bench.neighbour?.();
			if (other === undefined) {
				process.stdout.write(`${name}: one account is all a simulator holds, so not tested: branches beside each other\n`);
				return;
			}
			const services = await Promise.all([bench.crm.services(), other.crm.services()]);
			for (const [index, answer] of services.entries()) expect(valueOf(answer).map(({ id }) => id)).toContain((index === 0 ? bench : other).serviceId);
			if (vendor.capabilities.createClient) {
				valueOf(await bench.crm.createClient({ name: 'Мария', phone: NEW_PHONE }));
				expect([bench.cards(NEW_PHONE).length, other.cards(NEW_PHONE).length]).toEqual([1, 0]);
				expect(valueOf(await other.crm.findClient(NEW_PHONE))).toEqual([]);
			}
			if (booking === undefined) return;
			const [mine, theirs] = (await Promise.all([book('mine', bench), book('theirs', other)])).map(valueOf);
			expect(bench.live().map(({ id }) => id)).toEqual([mine?.id]);
			expect(other.live().map(({ id }) => id)).toEqual([theirs?.id]);
			if (mine === undefined || theirs === undefined || !vendor.capabilities.cancel || mine.id === theirs.id) return;
			expect(['refused', 'unavailable']).toContain((await other.crm.cancelAppointment(mine.id, 'not theirs')).kind);
			expect(bench.live()).toHaveLength(1);
			valueOf(await bench.crm.cancelAppointment(mine.id, 'end'));
			expect([bench.live().length, other.live().length]).toEqual([0, 1]);
		});
	});
}

function stepOf(step: WriteStep | undefined): WriteStep {
	if (step === undefined) throw new Error('no booking to strike');
	return step;
}
