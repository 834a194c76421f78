import axios from 'axios';
import { createAxiosPort } from '../../../core/crm/http';
import { createYclientsCrm, createYclientsTransport, signingHeaders } from '../../../core/crm/yclients';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { type Branch, DAY, openBranch, reasonOf, valueOf } from './support/branch';

const ROUNDS = 100;
const WISHES = ['10:00', '11:30', '14:00', '18:00'];

/** A second adapter that shares nothing with the first but the vendor. */
function rivalOf({ sim, salon }: Branch) {
	return createYclientsCrm({
		companyId: String(salon.company.id),
		clock: () => sim.clock.instant(),
		settings: { bookingNoticeMinutes: 60 },
		transport: createYclientsTransport({
			port: createAxiosPort(axios.create()),
			limiter: createMemoryLimiter({ windows: [] }),
			baseUrl: sim.url,
			headers: signingHeaders({ partnerToken: [...sim.state.partnerTokens][0] ?? '', userToken: salon.user.token }),
		}),
	});
}

it.each(['422-message', '422-code', '409-conflict'] as const)('a time goes to one of two who want it at once, %s', async (conflictStyle) => {
	const branch = await openBranch({ simulator: { switches: { conflictStyle } } });
	const rival = rivalOf(branch);
	const other = String(branch.sim.state.addClient(branch.salon.company.id, { name: 'Мария', phone: '79161234502' }, branch.sim.clock.now()).id);
	const wins = [0, 0];
	for (let round = 0; round < ROUNDS; round += 1) {
		const wish = { serviceIds: [branch.salon.serviceId('cut')], staffId: branch.salon.staffId('Anna'), start: `${DAY}T${WISHES[round % WISHES.length]}:00+03:00` };
		const answers = await Promise.all([
			branch.crm.createAppointment({ ...wish, clientId: branch.clientId }, `one-${round}`),
			rival.createAppointment({ ...wish, clientId: other }, `two-${round}`),
		]);
		expect(answers.map(reasonOf).sort()).toEqual(['ok', 'slot_taken']);
		expect(branch.live()).toHaveLength(1);
		const winner = answers.findIndex(({ kind }) => kind === 'ok');
		wins[winner] = (wins[winner] ?? 0) + 1;
		const [visit] = branch.live();
		valueOf(await branch.crm.cancelAppointment(String(visit?.id), `end-${round}`));
	}
	expect((wins[0] ?? 0) + (wins[1] ?? 0)).toBe(ROUNDS);
	await branch.close();
});
