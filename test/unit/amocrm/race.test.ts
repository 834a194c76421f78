import { LOST } from '../../contract/simulators/amocrm';
import { type Office, on, openOffice, reasonOf } from './support';

const ROUNDS = 40;
const TIMES = ['10:00', '11:30', '14:00', '18:00'];

it.each([2, 3])('%i workers without a common lock never hold one time together, and somebody gets it', async (count) => {
	const office: Office = await openOffice();
	// pauses take real time, as answers do: workers that skip them would give up before the others are heard
	const workers = Array.from({ length: count }, () => office.adapter((settings) => settings, { transport: { sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 20)) } }));
	const clients = Array.from({ length: count }, (_, index) => String(office.sim.state.putContact(`Гость ${index}`, `+791612340${10 + index}`).id));
	const live = () => [...office.sim.state.leads.values()].filter(({ status_id: status }) => status !== LOST);
	let won = 0;
	for (let round = 0; round < ROUNDS; round += 1) {
		const start = on(TIMES[round % TIMES.length] ?? '10:00');
		const told = await Promise.all(workers.map((crm, index) => crm.createAppointment({ ...office.wish, clientId: clients[index] ?? '', start }, `${round}-${index}`)));
		const winners = told.flatMap((outcome) => (outcome.kind === 'ok' ? [Number(outcome.value.id)] : []));
		expect(live().map(({ id }) => id)).toEqual(winners);
		expect(winners.length).toBeLessThanOrEqual(1);
		expect(told.map(reasonOf).filter((reason) => reason !== 'ok')).toEqual(Array.from({ length: count - winners.length }, () => 'slot_taken'));
		won += winners.length;
		for (const lead of live()) office.sim.journal.deleted('lead', lead);
		for (const lead of [...office.sim.state.leads.values()]) if (lead.is_deleted) office.sim.state.leads.delete(lead.id);
	}
	expect(won).toBeGreaterThan(ROUNDS * 0.8);
	await office.close();
}, 60_000);
