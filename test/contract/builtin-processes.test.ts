import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Slot } from '../../core/booking';
import { createBuiltinCrm, seedDemoSalon } from '../../core/crm/builtin';
import { describeEngines, TEST_KEYS, type TestEngine } from '../support/engines';

const NOW = '2026-11-21T10:00:00+03:00';
const ROUNDS = 100;
const TENANT = 'fought-over';

function rival({ config }: TestEngine, clientId: string): ChildProcess {
	const order = JSON.stringify({ config, keys: TEST_KEYS, tenant: TENANT, clientId, now: NOW });
	return fork(join(__dirname, 'support', 'rival.ts'), [order], { execArgv: ['-r', join(__dirname, '..', 'support', 'register.js')] });
}

async function answerOf(child: ChildProcess): Promise<unknown> {
	const [answer] = await once(child, 'message');
	return answer;
}

describeEngines((dialect, engine) => {
	it(`gives a slot to one of two processes, ${ROUNDS} times on ${dialect}`, async () => {
		const store = await engine.open();
		await seedDemoSalon(store, TENANT, { seed: 7, now: NOW, locale: 'ru' });
		const crm = createBuiltinCrm(store, TENANT, () => NOW);
		const offered = await crm.slots({ serviceIds: ['manicure'], from: '2026-12-06', to: '2026-12-31' });
		if (offered.kind !== 'ok') throw new Error(offered.kind);
		const slots = apart(offered.value).slice(0, ROUNDS);
		expect(slots).toHaveLength(ROUNDS);
		const rivals = [rival(engine, 'client-0001'), rival(engine, 'client-0002')];
		await Promise.all(rivals.map(answerOf));
		const wins = [0, 0];
		for (const { serviceIds, staffId, start } of slots) {
			const answers = rivals.map(answerOf);
			for (const child of rivals) child.send({ serviceIds, staffId, start });
			const round = await Promise.all(answers);
			expect([...round].sort()).toEqual(['ok', 'slot_taken']);
			wins[round.indexOf('ok')] = (wins[round.indexOf('ok')] ?? 0) + 1;
		}
		for (const child of rivals) child.send('end');
		await Promise.all(rivals.map((child) => once(child, 'exit')));
		process.stdout.write(`two processes on ${dialect}: ${wins.join(' to ')}\n`);
		const visits = await crm.appointments({ from: '2026-12-06T00:00:00+03:00', to: '2027-01-01T00:00:00+03:00' });
		expect(visits.kind === 'ok' && visits.value.map((visit) => visit.start).sort()).toEqual(slots.map((slot) => slot.start).sort());
	}, 60_000);
});

/** Slots of which no two overlap, whoever does them: the two clients must not be in each other's way by themselves. */
function apart(slots: readonly Slot[]): Slot[] {
	const chosen: Slot[] = [];
	for (const slot of slots) {
		const last = chosen.at(-1);
		if (last === undefined || slot.start >= last.end) chosen.push(slot);
	}
	return chosen;
}
