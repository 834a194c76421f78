import { checkMapping, discover, type Discovery, parseMapping } from '../../../core/crm/onec';
import { failing } from '../../contract/simulators/kit';
import type { ConfigurationName } from '../../contract/simulators/onec';
import { reasonOf, valueOf } from '../../contract/support/bench';
import { type Base, openBase } from '../../contract/support/onec-base';
import { on, PHONE, VENDOR_SALON } from '../../contract/support/vendor-bench';
import { transportOf } from './support';

let base: Base;
afterEach(() => base.close());

const open = async (configuration: ConfigurationName): Promise<Discovery> => {
	base = await openBase(VENDOR_SALON, { configuration });
	return valueOf(await discover(transportOf(base.sim)));
};

describe('discover', () => {
	it.each(['salon', 'unf', 'clinic', 'vet'] as const)('proposes a mapping of %s that books at once', async (configuration) => {
		const found = await open(configuration);
		expect(found).toMatchObject({ preset: configuration, complete: true });
		const crm = base.adapter({ mapping: JSON.parse(JSON.stringify(found.proposal)) as object });
		const client = valueOf(await crm.createClient({ name: 'Вера', phone: PHONE }));
		const visit = valueOf(await crm.createAppointment({ clientId: client.id, serviceIds: [base.serviceId('cut')], staffId: base.staffId('Anna'), start: on('12:00') }, 'k'));
		expect(visit.serviceIds).toEqual([base.serviceId('cut')]);
		expect(base.sim.requests.find('DELETE', /./)).toEqual([]);
	});

	it('reads a field for the mark and the length of a comment out of the base', async () => {
		expect((await open('salon')).proposal.visit).toMatchObject({ marker: 'Маркер' });
		await base.close();
		expect((await open('clinic')).proposal.visit).toMatchObject({ commentLength: 250 });
	});

	it('takes no field for the mark that would cut it', async () => {
		base = await openBase(VENDOR_SALON, { configuration: 'salon' });
		const event = base.sim.state.entityOf('Document_Событие');
		const { attributes } = event;
		try {
			Object.assign(event, { attributes: attributes.map((one) => (one.name === 'Маркер' ? { ...one, length: 20 } : one)) });
			expect(valueOf(await discover(transportOf(base.sim))).proposal.visit).not.toHaveProperty('marker');
		} finally {
			Object.assign(event, { attributes });
		}
	});

	it('offers catalogs alone where nothing is a visit', async () => {
		const found = await open('trade');
		expect(found).toMatchObject({ preset: 'trade', complete: true, proposal: { visit: null, client: { entity: 'Catalog_Партнеры' } } });
	});

	it('guesses by names and types where no preset fits, and says so', async () => {
		base = await openBase(VENDOR_SALON, { configuration: 'salon' });
		const event = base.sim.state.entityOf('Document_Событие');
		const { attributes } = event;
		try {
			Object.assign(event, { attributes: attributes.map((one) => (one.name === 'Врач' ? { ...one, name: 'Мастер' } : one)) });
			const found = valueOf(await discover(transportOf(base.sim)));
			expect(found.proposal.visit).toMatchObject({ entity: 'Document_Событие', start: 'Date', end: 'ДатаОкончания', staff: 'Мастер_Key', client: 'Контрагент_Key', lines: { section: 'Услуги', service: 'Номенклатура_Key' } });
			expect(found.notes.join(' ')).toMatch(/"visit" is a guess/);
			expect(parseMapping(found.proposal).visit?.staff).toBe('Мастер_Key');
		} finally {
			Object.assign(event, { attributes });
		}
	});

	it('names what is missing, and what there is to choose from', async () => {
		base = await openBase(VENDOR_SALON, { configuration: 'salon' });
		base.sim.state.published.delete('Catalog_Организации');
		const found = valueOf(await discover(transportOf(base.sim)));
		expect(found.complete).toBe(false);
		expect(found.notes.join(' ')).toMatch(/"company"/);
		expect(found.choices['service.price.priceType']).toMatchObject([{ name: 'Розничная' }]);
		expect(found.choices['client.phoneKind']).toEqual([{ id: base.furnished.phoneKind.Ref_Key, name: 'Телефон' }]);
	});

	it('tells an empty publication, a wrong password and no answer apart', async () => {
		base = await openBase(VENDOR_SALON, {});
		expect(reasonOf(await discover(transportOf(base.sim, 'wrong')))).toBe('credential_invalid');
		base.sim.state.published.clear();
		expect(await discover(transportOf(base.sim))).toMatchObject({ kind: 'refused', reason: 'not_allowed', message: expect.stringContaining('composition') as string });
		base.sim.faults.add(failing(503), { times: Infinity });
		expect((await discover(transportOf(base.sim))).kind).toBe('unavailable');
	});

	it('goes by one row of each known set where the description is too much for the server', async () => {
		base = await openBase(VENDOR_SALON, { configuration: 'salon' });
		const client = valueOf(await base.crm.createClient({ name: 'Вера', phone: PHONE }));
		valueOf(await base.crm.createAppointment({ clientId: client.id, serviceIds: [base.serviceId('cut')], staffId: base.staffId('Anna'), start: on('12:00') }, 'k'));
		base.sim.faults.add(failing(504), { path: /\$metadata/, times: Infinity });
		expect(valueOf(await discover(transportOf(base.sim)))).toMatchObject({ preset: 'salon', complete: true, proposal: { visit: { staff: 'Врач_Key' } } });
	});
});

describe('a check of a mapping', () => {
	it('names the sets the base does not publish, and the fields it does not have', async () => {
		base = await openBase(VENDOR_SALON, {});
		const check = async (mapping: object) => valueOf(await checkMapping(transportOf(base.sim), { preset: 'salon', ...mapping }));
		expect(await check({})).toEqual([]);
		base.sim.state.add('Document_Событие', {});
		expect(await check({ visit: { marker: 'НетТакого', lines: { section: 'НетИТакой', service: 'Номенклатура_Key' } }, service: { duration: 'НетДлины' } })).toEqual([
			{ where: 'service.duration', name: 'НетДлины' }, { where: 'visit.marker', name: 'НетТакого' }, { where: 'visit.lines', name: 'НетИТакой' },
		]);
		base.sim.state.published.delete('Document_Событие');
		expect(await check({})).toEqual([{ where: 'visit.entity', name: 'Document_Событие' }]);
	});

	it.each(['unf', 'clinic', 'vet', 'trade'] as const)('finds the preset %s in its configuration', async (configuration) => {
		base = await openBase(VENDOR_SALON, { configuration });
		base.sim.state.add(base.sets.visit, {});
		expect(valueOf(await checkMapping(transportOf(base.sim), { preset: configuration }))).toEqual([]);
	});

	it('is no answer when the base gives none', async () => {
		base = await openBase(VENDOR_SALON, {});
		base.sim.faults.add(failing(502), { times: Infinity });
		expect((await checkMapping(transportOf(base.sim), { preset: 'salon' })).kind).toBe('unavailable');
	});
});
