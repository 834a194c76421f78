import { AMOCRM, apiUrlOf, hostOf, KOMMO } from '../../../core/crm/amocrm';
import { type Office, openOffice, reasonOf, valueOf } from './support';

let office: Office;
beforeEach(async () => {
	office = await openOffice();
});
afterEach(() => office.close());

describe('settings', () => {
	it.each([
		[{ pipelineId: 'main' }, /"pipelineId".*is not a number of the CRM/],
		[{ fields: {} }, /"fields\.start".*is missing/],
		[{ statuses: { booked: 1, came: 2 } }, /"statuses\.came"/],
		[{ catalogId: undefined }, /no place for the services/],
		[{ plan: { company: { zone: 'Mars' } } }, /company\.zone/],
	])('that cannot be are named: %j', (wrong, message) => {
		expect(() => office.adapter((settings) => ({ ...settings, ...(wrong as object) }))).toThrow(TypeError);
		expect(() => office.adapter((settings) => ({ ...settings, ...(wrong as object) }))).toThrow(message);
	});

	it('are checked against the account before anything is read or written by them', async () => {
		const { ids } = office.sim;
		const said = async (change: Parameters<Office['adapter']>[0]): Promise<string> => {
			const outcome = await office.adapter(change).company();
			return outcome.kind === 'refused' ? `${outcome.reason}: ${outcome.message}` : outcome.kind;
		};
		expect(await said((s) => ({ ...s, fields: { ...s.fields, start: ids.fields.duration } }))).toMatch(/invalid_request: The setting fields\.start .* date_time/);
		expect(await said((s) => ({ ...s, fields: { ...s.fields, operation: 999_999 } }))).toMatch(/fields\.operation names a field that leads do not have/);
		expect(await said((s) => ({ ...s, pipelineId: 999_999 }))).toMatch(/pipelineId names a pipeline/);
		expect(await said((s) => ({ ...s, statuses: { ...s.statuses, confirmed: 999_999 } }))).toMatch(/statuses\.confirmed names a stage of another pipeline/);
		expect(await said((s) => ({ ...s, statuses: { booked: 143 } }))).toMatch(/one stage two meanings/);
		expect(await said((s) => ({ ...s, catalogId: 999_999 }))).toMatch(/catalogId names a list/);
		const pipeline = office.sim.state.pipelines.get(ids.pipeline);
		if (pipeline !== undefined) pipeline.is_archive = true;
		expect(await said((s) => s)).toMatch(/in the archive/);
	});

	it('let responsible users be the staff, and services stand in the plan', async () => {
		const user = String(office.sim.ids.user);
		const crm = office.adapter(({ catalogId: _catalog, fields: { specialist: _specialist, ...fields }, plan, ...rest }) => ({
			...rest,
			fields: { ...fields, services: office.extra.services },
			plan: { ...(plan as object), services: [{ title: 'Массаж', price: 3000, durationMinutes: 90 }], staff: [{ id: user, name: 'Administrator' }] },
		}));
		expect(valueOf(await crm.services())).toMatchObject([{ id: 'Массаж', price: { min: 300_000 } }]);
		const visit = valueOf(await crm.createAppointment({ clientId: office.clientId, serviceIds: ['Массаж'], staffId: user, start: office.wish.start }, 'key'));
		expect(visit).toMatchObject({ staffId: user, serviceIds: ['Массаж'], price: { min: 300_000 }, end: '2026-11-24T13:30:00+03:00' });
		expect(office.sim.state.leads.get(Number(visit.id))?.responsible_user_id).toBe(office.sim.ids.user);
	});

	it('refuse a guest where no field can hold whom a visit is for', async () => {
		const crm = office.adapter(({ fields: { comment: _comment, ...fields }, ...rest }) => ({ ...rest, fields }));
		expect(crm.capabilities.guestName).toBe(false);
		expect(reasonOf(await crm.createAppointment({ ...office.wish, guestName: 'Дочь' }, 'key'))).toBe('unsupported');
		expect(office.sim.state.leads.size).toBe(0);
	});
});

describe('an account', () => {
	it.each(['salon', 'SALON', 'salon.amocrm.ru', 'https://salon.amocrm.ru/dashboard/'])('is named by its subdomain: %s', (name) => {
		expect(apiUrlOf(AMOCRM, name)).toBe('https://salon.amocrm.ru/api/v4');
	});

	it.each(['', 'www', 'https://evil.example/', 'salon.kommo.com', 'api-b.amocrm.ru', 'a b', '../x'])('is not reached under another host: %s', (name) => {
		expect(() => hostOf(AMOCRM, name)).toThrow(TypeError);
	});

	it('lives at the house of its brand', () => {
		expect(hostOf(KOMMO, 'salon')).toBe('salon.kommo.com');
	});
});
