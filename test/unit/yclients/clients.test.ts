import { revoke } from '../../contract/simulators/yclients';
import { type Branch, openBranch, PHONE, reasonOf, valueOf } from '../../contract/support/yclients-branch';

describe('clients of a branch', () => {
	let branch: Branch;
	beforeEach(async () => {
		branch = await openBranch();
	});
	afterEach(() => branch.close());
	const add = (name: string, phone: string, more: object = {}) => branch.sim.state.addClient(branch.salon.company.id, { name, phone, ...more }, branch.sim.clock.now());

	it('finds all cards of a phone and nobody whose phone only looks like it', async () => {
		const twin = add('Вера', PHONE.slice(1));
		add('Чужой', `${PHONE.slice(1)}9`);
		add(PHONE.slice(1), '79990001122');
		add('По карте', '79990001123', { card: PHONE.slice(1) });
		expect(new Set(valueOf(await branch.crm.findClient(PHONE)).map(({ id }) => id))).toEqual(new Set([branch.clientId, String(twin.id)]));
	});

	it('gives the card there is instead of a second one', async () => {
		expect(valueOf(await branch.crm.createClient({ name: 'ВЕРА ', phone: '8 (916) 123-45-01' })).id).toBe(branch.clientId);
		expect(branch.sim.requests.find('POST', /\/clients\/\d+$/)).toEqual([]);
	});

	it('does not say «no such client» when phones are hidden from the account', async () => {
		branch.salon.user.rights.delete('phones');
		for (const maskedPhones of ['masked', 'empty'] as const) {
			Object.assign(branch.sim.switches, { maskedPhones });
			expect(await branch.crm.findClient(PHONE)).toMatchObject({ kind: 'refused', reason: 'not_allowed' });
			expect(reasonOf(await branch.crm.createClient({ name: 'Вера', phone: PHONE }))).toBe('not_allowed');
			expect(reasonOf(await branch.crm.updateClient(branch.clientId, { name: 'Вероника' }))).toBe('not_allowed');
		}
		expect(branch.sim.state.clients.size).toBe(1);
	});

	it('sends a card back whole when it changes the name', async () => {
		const card = add('Анна', '79161110000', { surname: 'Петрова', email: 'a@example.org', comment: 'аллергия', importanceId: 2, discount: 10, birthDate: '1990-05-06', sexId: 2, card: '555', customFields: { city: 'Тверь' } });
		expect(valueOf(await branch.crm.updateClient(String(card.id), { name: 'Анна-Мария' }))).toMatchObject({ id: String(card.id), name: 'Анна-Мария', phone: '+79161110000' });
		expect(branch.sim.state.clients.get(card.id)).toMatchObject({
			name: 'Анна-Мария', surname: 'Петрова', email: 'a@example.org', comment: 'аллергия', importanceId: 2, discount: 10, birthDate: '1990-05-06', sexId: 2, card: '555', phone: '79161110000', customFields: { city: 'Тверь' },
		});
	});

	it.each([['a missing right', 'not_allowed', () => branch.salon.user.rights.delete('clients')], ['a token that ended', 'credential_invalid', () => revoke(branch.sim.state, branch.salon.user.token)]] as const)(
		'names %s in the middle of a dialogue',
		async (_what, reason, spoil) => {
			valueOf(await branch.crm.findClient(PHONE));
			spoil();
			expect(reasonOf(await branch.crm.findClient(PHONE))).toBe(reason);
		},
	);

	it('asks for no client by an id that cannot be one', async () => {
		for (const id of ['no-such-client', '../../auth', '0', '-1', '1e5', ' ', '9'.repeat(40)]) expect(reasonOf(await branch.crm.updateClient(id, { name: 'Вера' }))).toMatch(/not_found|invalid_request/);
		expect(branch.sim.requests.all.filter(({ path }) => path.includes('/client/'))).toEqual([]);
	});
});
