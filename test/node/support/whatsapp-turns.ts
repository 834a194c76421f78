import type { IDataObject } from 'n8n-workflow';
import { whatsappService } from '../../../core/whatsapp/session';
import type { Store } from '../../../core/store';
import type { Phone, WhatsAppServer } from '../../whatsapp-server';
import { forgetGiven, publish, until, type Live } from './whatsapp-bench';

/** A session that runs, and the trigger of its tests, which must be away meanwhile. */
export interface TurnsBench {
	readonly trigger: IDataObject;
	bench(): { readonly server: WhatsAppServer; readonly salon: Phone; readonly store: Store };
	pause(): Promise<void>;
	resume(): Promise<void>;
}

/** How turns are given to workflows: how many at once, again, to several, by hand. */
export function describeGivingTurns({ trigger, bench, pause, resume }: TurnsBench): void {
	describe('giving turns', () => {
		let server: WhatsAppServer;
		let salon: Phone;
		let store: Store;
		const people = (name: string) => ['1', '2', '3'].map((end) => server.phone(`7916222${name}${end}`));
		const given = ({ started }: Live) => started.filter(({ items }) => (items[0] ?? []).length > 0);
		const textsOf = (one: Live) => given(one).map(({ items }) => items[0]?.[0]?.json.text);
		const only = { ...trigger, outputs: [] };

		beforeAll(async () => {
			({ server, salon, store } = bench());
			await pause();
		});
		afterAll(async () => await resume());

		it('has two runs of a number at once, and one of a chat', async () => {
			const one = await publish(only, { workflowId: 'slow', endsAtOnce: false });
			const [a, b, c] = people('061') as [Phone, Phone, Phone];
			await a.write(salon, 'a1');
			await until(() => given(one).length === 1, 'the first turn');
			await a.write(salon, 'a2');
			await b.write(salon, 'b1');
			await until(() => given(one).length === 2, 'the second chat');
			await c.write(salon, 'c1');
			await until(async () => (await store.db.selectFrom('collected_turn').select('turn_id').where('done_at', 'is', null).where('is_open', '=', 0).execute()).length === 4, 'four turns');
			expect(textsOf(one)).toEqual(['a1', 'b1']);
			given(one)[0]?.end();
			await until(() => given(one).length === 3, 'the third turn');
			given(one)[1]?.end();
			given(one)[2]?.end();
			await until(() => given(one).length === 4, 'the fourth turn');
			given(one)[3]?.end();
			expect([...textsOf(one)].sort()).toEqual(['a1', 'a2', 'b1', 'c1']);
			await one.close();
		}, 40_000);

		it('gives a turn again that could not be started, under the same key', async () => {
			const one = await publish(only, { workflowId: 'failing', endsAtOnce: false });
			await people('062')[0]?.write(salon, 'again');
			await until(() => given(one).length === 1, 'the turn');
			given(one)[0]?.fail(new Error('the database is away'));
			await until(() => given(one).length === 2, 'the turn again');
			given(one)[1]?.end();
			expect(given(one)[1]?.key).toBe(given(one)[0]?.key);
			expect(textsOf(one)).toEqual(['again', 'again']);
			await one.close();
		}, 40_000);

		it('keeps a turn for the next workflow when the one that could not start it is gone', async () => {
			const leaving = await publish(only, { workflowId: 'leaving', endsAtOnce: false });
			await people('067')[0]?.write(salon, 'kept');
			await until(() => given(leaving).length === 1, 'the turn');
			given(leaving)[0]?.fail(new Error('the database is away'));
			await leaving.close();
			const waits = async () => (await store.db.selectFrom('collected_turn').select(['done_at', 'emitted_at']).orderBy('opened_at', 'desc').executeTakeFirst()) ?? null;
			// not in ten minutes, as after a crash, but in one
			await until(async () => Number((await waits())?.emitted_at ?? Date.now()) < Date.now() - 500_000, 'the turn to be put back');
			expect((await waits())?.done_at).toBeNull();
			forgetGiven();
			const next = await publish(only, { workflowId: 'next' });
			await until(() => given(next).length === 1, 'the turn in the next workflow');
			await next.close();
		}, 40_000);

		it('gives each turn to every workflow of the session, each under its own key', async () => {
			const both = [await publish(only, { workflowId: 'first' }), await publish(only, { workflowId: 'second' })];
			await people('063')[0]?.write(salon, 'both');
			await until(() => both.every((one) => given(one).length === 1), 'the turn in both');
			expect(new Set(both.map((one) => given(one)[0]?.key)).size).toBe(2);
			for (const one of both) await one.close();
		}, 40_000);

		it('gives a turn again whose process died, and runs it once more only when n8n skips it', async () => {
			const before = await publish(only, { workflowId: 'crashing', endsAtOnce: false });
			await people('064')[0]?.write(salon, 'survives');
			await until(() => given(before).length === 1, 'the turn');
			await before.close();
			forgetGiven();
			const after = await publish(only, { workflowId: 'crashing', endsAtOnce: false });
			await until(() => given(after).length === 1, 'the turn after the crash');
			expect(given(after)[0]?.key).toBe(given(before)[0]?.key);
			given(after)[0]?.skip();
			await until(() => given(after).length === 2, 'one run more');
			expect(given(after)[1]?.key).toBe(`${given(before)[0]?.key ?? ''}:1`);
			given(after)[1]?.end();
			await until(async () => (await store.db.selectFrom('collected_turn').select('turn_id').where('done_at', 'is', null).execute()).length === 0, 'the turn to be done');
			await after.close();
		}, 40_000);

		it('keeps messages for another workflow where none of its types are wanted', async () => {
			const states = await publish({ ...trigger, types: [], outputs: ['state'] }, { workflowId: 'states' });
			const person = people('065')[0];
			await person?.write(salon, 'waits');
			await until(async () => (await store.db.selectFrom('collected_turn').select('turn_id').where('done_at', 'is', null).where('is_open', '=', 0).execute()).length === 1, 'the turn to wait');
			expect(given(states)).toEqual([]);
			const taking = await publish(only, { workflowId: 'taking' });
			await until(() => given(taking).length === 1, 'the turn');
			await taking.close();
			await states.close();
		}, 40_000);

		it('listens once by hand to the session that runs', async () => {
			const manual = await publish(only, { workflowId: 'by hand', mode: 'manual' });
			expect(manual.started).toEqual([]);
			const listening = manual.response.manualTriggerFunction?.();
			await people('066')[0]?.write(salon, 'test');
			await listening;
			expect(textsOf(manual)).toEqual(['test']);
			await manual.close();
		}, 40_000);

		it('says by hand what to do when nobody runs the session, and connects nothing', async () => {
			const manual = await publish({ ...only, session: 'other' }, { workflowId: 'by hand', mode: 'manual' });
			await expect(manual.response.manualTriggerFunction?.()).rejects.toThrow(/No process runs/);
			expect((await whatsappService(store).status({ tenant: 'demo', session: 'other' })).owner).toBeNull();
			await manual.close();
		});
	});
}
