import { replaced } from '../../contract/simulators/kit';
import { type Branch, type BranchOptions, openBranch, PHONE, reasonOf, valueOf } from '../../contract/support/easyweek-branch';

describe('clients of a workspace', () => {
	let branch: Branch;
	const open = async (options: BranchOptions = {}): Promise<Branch> => (branch = await openBranch(options));
	afterEach(() => branch.close());
	const sent = () => branch.sim.requests.find('PUT', /customers/);

	it('sends the plus of a phone encoded, and keeps only the card with the very phone', async () => {
		await open();
		branch.card('Чужая', `${PHONE}9`);
		expect(valueOf(await branch.crm.findClient(PHONE)).map(({ id }) => id)).toEqual([branch.clientId]);
		expect(valueOf(await branch.crm.createClient({ name: 'ВЕРА ', phone: '8 (916) 123-45-01' })).id).toBe(branch.clientId);
		expect(branch.sim.requests.find('POST', /customers/)).toEqual([]);
	});

	it('splits a name for the vendor and joins it again', async () => {
		await open();
		const card = valueOf(await branch.crm.createClient({ name: 'Анна Мария Петрова', phone: '+79161110000' }));
		expect(branch.sim.state.customers.get(card.id)).toMatchObject({ firstName: 'Анна', lastName: 'Мария Петрова', phone: '+79161110000' });
		expect(card.name).toBe('Анна Мария Петрова');
	});

	it('gives the card another one opened between the look and the call', async () => {
		for (const customerTaken of ['422', '409'] as const) {
			const twin = { id: '' };
			await open({
				simulator: { switches: { customerTaken } },
				wrap: (port) => ({
					exchange: (request) => {
						if (request.method === 'POST') twin.id = branch.card('Анна', '+79161110000');
						return port.exchange(request);
					},
				}),
			});
			expect(valueOf(await branch.crm.createClient({ name: 'Анна', phone: '+79161110000' })).id).toBe(twin.id);
			await branch.close();
		}
		await open();
	});

	it('changes no card unless the operator lets it try', async () => {
		await open({ simulator: { switches: { customerUpdate: '200' } } });
		expect(branch.crm.capabilities.updateClient).toBe(false);
		expect(await branch.crm.updateClient(branch.clientId, { name: 'Вероника' })).toMatchObject({ kind: 'refused', reason: 'unsupported' });
		expect(sent()).toEqual([]);
	});

	it.each(['404', '405'] as const)('says that the workspace cannot change cards where the call is not there, %s', async (customerUpdate) => {
		await open({ simulator: { switches: { customerUpdate } }, settings: { changesClients: true } });
		expect(reasonOf(await branch.crm.updateClient(branch.clientId, { name: 'Вероника' }))).toBe('unsupported');
		expect(sent()).toHaveLength(1);
		expect(reasonOf(await branch.crm.updateClient('00000000-0000-4000-8000-000000000000', { name: 'Вероника' }))).toBe('not_found');
		expect(sent()).toHaveLength(1);
	});

	it('sends a card back whole when it changes the name, and says when a phone is held by another', async () => {
		await open({ simulator: { switches: { customerUpdate: '200' } }, settings: { changesClients: true } });
		expect(valueOf(await branch.crm.updateClient(branch.clientId, { name: 'Вера Петрова' }))).toMatchObject({ name: 'Вера Петрова', phone: PHONE });
		expect([...(sent()[0]?.bodyKeys ?? [])].sort()).toEqual(['email', 'first_name', 'last_name', 'phone']);
		branch.card('Мария', '+79161234502');
		expect(reasonOf(await branch.crm.updateClient(branch.clientId, { phone: '+79161234502' }))).toBe('phone_invalid');
	});

	it('asks for no client by an id that cannot be one', async () => {
		await open({ settings: { changesClients: true } });
		for (const id of ['no-such-client', '../../workspace', '0', ' ', '9'.repeat(40)]) expect(reasonOf(await branch.crm.updateClient(id, { name: 'Вера' }))).toBe('not_found');
		expect(branch.sim.requests.all.filter(({ path }) => /customers\/./.test(path))).toEqual([]);
	});

	it('says that another card holds the phone where the vendor says so and shows none', async () => {
		await open({ simulator: { switches: { customerTaken: '409' } } });
		branch.card('Мария', '+79161110000');
		const nobody = JSON.stringify({ data: [], links: { next: null }, meta: { current_page: 1, last_page: 1, per_page: 100, total: 0 } });
		branch.sim.faults.add(replaced('nobody', (right) => ({ ...right, body: nobody })), { method: 'GET', path: /\/customers$/, times: Infinity });
		expect(reasonOf(await branch.crm.createClient({ name: 'Мария', phone: '+79161110000' }))).toBe('client_invalid');
	});
});
