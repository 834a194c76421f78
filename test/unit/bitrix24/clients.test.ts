import { addItem } from '../../contract/simulators/bitrix24/items';
import { CONTACT } from '../../contract/simulators/bitrix24';
import { cut, failing } from '../../contract/simulators/kit';
import { type Desk, type DeskOptions, openDesk, PHONE, reasonOf, valueOf } from '../../contract/support/bitrix24-portal';

describe('clients of a portal', () => {
	let desk: Desk;
	const open = async (options: DeskOptions = {}): Promise<void> => void (desk = await openDesk(options));
	afterEach(() => desk.close());
	const card = (fields: Readonly<Record<string, unknown>>): string => String(addItem(desk.sim.state, CONTACT, fields, 1).id);
	const phones = (id: string) => desk.sim.state.itemsOf(CONTACT).get(Number(id))?.fm.map(({ typeId, value }) => `${typeId} ${value}`);
	const phone = (value: string, typeId = 'PHONE') => ({ typeId, valueType: 'WORK', value });

	it.each(['digits', 'national'] as const)('finds a phone however it stands in the card, and nobody whose phone only looks like it (%s)', async (duplicatePhones) => {
		await open({ portal: { switches: { duplicatePhones } } });
		const written = ['8 (916) 123-45-01', '+7 916 123 45 01', '79161234501', '9161234501', '8(916)123-45-01 доб. 12'].map((value) => card({ name: 'Вера', fm: [phone(value)] }));
		card({ name: 'Чужая', fm: [phone('+49 916 1234501')] });
		card({ name: 'Почта', fm: [phone(PHONE, 'EMAIL')] });
		expect(valueOf(await desk.crm.findClient(PHONE)).map(({ id }) => id).sort()).toEqual([desk.clientId, ...written].sort());
	});

	it('gives the card that was changed last first', async () => {
		await open();
		desk.sim.clock.advance(60_000);
		const later = desk.addCard('Верочка', PHONE);
		expect(valueOf(await desk.crm.findClient(PHONE)).map(({ id }) => id)).toEqual([later, desk.clientId]);
		expect(valueOf(await desk.crm.createClient({ name: 'ВЕРА', phone: PHONE })).id).toBe(desk.clientId);
	});

	it('reads first and last name as one name, and keeps the last name when a name has one word', async () => {
		await open();
		const id = card({ name: 'Ольга', lastName: 'Петрова', secondName: 'Ивановна', fm: [phone('+79161110000')] });
		expect(valueOf(await desk.crm.findClient('+79161110000'))[0]?.name).toBe('Ольга Петрова');
		expect(valueOf(await desk.crm.updateClient(id, { name: 'Оля' })).name).toBe('Оля Петрова');
		expect(valueOf(await desk.crm.updateClient(id, { name: 'Ольга Анна Смирнова' })).name).toBe('Ольга Анна Смирнова');
		expect(desk.sim.state.itemsOf(CONTACT).get(Number(id))?.values).toMatchObject({ name: 'Ольга', lastName: 'Анна Смирнова', secondName: 'Ивановна' });
	});

	it.each(['keyed', 'replaces all'] as const)('changes one phone and loses none (%s)', async (multifieldUpdate) => {
		await open({ portal: { switches: { multifieldUpdate } } });
		const id = card({ name: 'Ольга', fm: [phone('+79161110000'), phone('+79162220000'), phone('o@example.org', 'EMAIL')] });
		expect(valueOf(await desk.crm.updateClient(id, { phone: '8 916 333-00-00' })).phone).toBe('+79163330000');
		expect(phones(id)).toEqual(['PHONE +79163330000', 'PHONE +79162220000', 'EMAIL o@example.org']);
	});

	it('adds a phone to a card that has none', async () => {
		await open();
		const id = card({ name: 'Ольга', fm: [phone('o@example.org', 'EMAIL')] });
		expect(valueOf(await desk.crm.updateClient(id, { phone: '+79163330000' })).phone).toBe('+79163330000');
		expect(phones(id)).toEqual(['EMAIL o@example.org', 'PHONE +79163330000']);
	});

	it('does not say «no such client» where the user may not read the card that was found', async () => {
		await open({
			wrap: (port) => ({
				exchange: async (request) => {
					const answer = await port.exchange(request);
					// the search tells ids of cards the user may not read; lists leave them out without a word
					return request.url.endsWith('/crm.item.list') && answer.kind === 'answered' ? { ...answer, body: Buffer.from('{"result":{"items":[]},"total":0}') } : answer;
				},
			}),
		});
		expect(await desk.crm.findClient(PHONE)).toMatchObject({ kind: 'refused', reason: 'not_allowed' });
		expect(reasonOf(await desk.crm.createClient({ name: 'Вера', phone: PHONE }))).toBe('not_allowed');
		expect(desk.sim.state.itemsOf(CONTACT).size).toBe(1);
	});

	it.each(['[[]]', '[null]', '{"items":null}', 'null', '""'])('takes %s for no answer of the search, where only an empty list is nothing', async (result) => {
		await open({ wrap: (port) => ({ exchange: async (request) => (request.url.endsWith('findbycomm') ? { kind: 'answered', status: 200, headers: {}, body: Buffer.from(`{"result":${result}}`) } : port.exchange(request)) }) });
		expect((await desk.crm.findClient(PHONE)).kind).toBe('unavailable');
	});

	it('believes the cards and not the search: one that has another phone is not the client’s', async () => {
		await open({
			wrap: (port) => ({
				exchange: async (request) => {
					const answer = await port.exchange(request);
					if (!request.url.endsWith('findbycomm') || answer.kind !== 'answered') return answer;
					return { ...answer, body: Buffer.from(JSON.stringify({ result: { CONTACT: [...desk.sim.state.itemsOf(CONTACT).keys()] } })) };
				},
			}),
		});
		desk.addCard('Чужая', '+79990000000');
		expect(valueOf(await desk.crm.findClient(PHONE)).map(({ id }) => id)).toEqual([desk.clientId]);
	});

	it('opens one card for two who ask at once', async () => {
		await open();
		const cards = await Promise.all(['Мария', 'Мария', 'Маша'].map((name) => desk.crm.createClient({ name, phone: '+79161234777' })));
		expect(new Set(cards.map((one) => valueOf(one).id)).size).toBe(1);
	});

	it('finds its own card by its mark when the search by phone does not know it yet', async () => {
		await open({
			wrap: (port) => ({
				exchange: async (request) => (request.url.endsWith('findbycomm') ? { kind: 'answered', status: 200, headers: {}, body: Buffer.from('{"result":[]}') } : port.exchange(request)),
			}),
		});
		desk.sim.faults.add(cut('done'), { path: /crm\.item\.add$/ });
		expect(valueOf(await desk.crm.createClient({ name: 'Мария', phone: '+79161234777' }))).toMatchObject({ name: 'Мария', phone: '+79161234777' });
	});

	it('asks for no client by an id that cannot be one', async () => {
		await open();
		for (const id of ['no-such-client', '../../auth', '0', '-1', '1e5', ' ', '9'.repeat(40)]) expect(reasonOf(await desk.crm.updateClient(id, { name: 'Вера' }))).toMatch(/not_found|invalid_request/);
		expect(desk.sim.requests.all).toEqual([]);
	});

	it('says what is missing: the permission, the plan, the approval', async () => {
		await open();
		desk.sim.webhook.scopes = ['booking'];
		expect(await desk.crm.findClient(PHONE)).toMatchObject({ reason: 'not_allowed', message: expect.stringContaining('permission') as string });
		desk.sim.webhook.scopes = ['crm'];
		desk.sim.state.conditions.waitingForApproval.add('crm.duplicate.findbycomm');
		expect(await desk.crm.findClient(PHONE)).toMatchObject({ reason: 'not_allowed', message: expect.stringContaining('approve') as string });
		desk.sim.state.conditions.licensed = false;
		expect(await desk.crm.findClient(PHONE)).toMatchObject({ reason: 'not_allowed', message: expect.stringContaining('plan') as string });
	});

	it('waits until a method has time again, and does not slow the others', async () => {
		await open({ portal: { plan: 'standard' } });
		const method = 'crm.duplicate.findbycomm';
		desk.sim.state.conditions.methodSeconds.set(method, 481);
		valueOf(await desk.crm.findClient(PHONE));
		const blocked = await desk.crm.findClient(PHONE);
		expect(blocked).toMatchObject({ kind: 'unavailable', retryAt: expect.any(String) as string });
		const reset = blocked.kind === 'unavailable' ? Date.parse(blocked.retryAt ?? '') : 0;
		expect(reset).toBeGreaterThan(desk.sim.clock.now());
		expect((await desk.crm.services()).kind).toBe('ok');
		desk.sim.clock.advance(reset - desk.sim.clock.now());
		expect((await desk.crm.findClient(PHONE)).kind).toBe('ok');
	});

	it('holds no secret of the address in an error', async () => {
		await open();
		desk.sim.faults.add(failing(500), { times: Infinity });
		const told = JSON.stringify([await desk.crm.findClient(PHONE), await desk.crm.createClient({ name: 'Вера', phone: PHONE }), await desk.crm.company()]);
		expect(told).toContain('crm.duplicate.findbycomm');
		expect(told).not.toContain(desk.sim.webhook.code);
		expect(JSON.stringify(desk.events)).not.toContain(desk.sim.webhook.code);
	});
});
