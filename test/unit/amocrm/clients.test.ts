import { phoneTails } from '../../../core/language/phone';
import { type Office, openOffice, PHONE, valueOf } from './support';

let office: Office;
beforeEach(async () => {
	office = await openOffice();
});
afterEach(() => office.close());
const found = async (phone = PHONE) => valueOf(await office.crm.findClient(phone)).map(({ id }) => id);

describe('a client', () => {
	it.each(['8 (916) 123-45-01', '+7 916 123 45 01', '8-916-123-45-01', '9161234501', '8916 1234501'])('is found as people wrote the phone: %s', async (written) => {
		const id = String(office.sim.state.putContact('Мария', written).id);
		expect(await found()).toEqual(expect.arrayContaining([id]));
	});

	it('is never a stranger whose card only holds the digits', async () => {
		office.sim.state.putContact('Договор 1234501', '+79990001122');
		office.sim.state.putContact('Ольга', '+74951234501');
		expect(await found()).toEqual([office.clientId]);
	});

	it('with several cards comes with the one changed last first', async () => {
		const later = String(office.sim.state.putContact('Вера И.', '8 916 123-45-01', office.sim.state.now() + 60).id);
		expect(await found()).toEqual([later, office.clientId]);
		expect(valueOf(await office.crm.createClient({ name: 'вера  иванова', phone: PHONE })).id).toBe(office.clientId);
	});

	it('keeps the other phones and fields when one is put first', async () => {
		const { state, ids } = office.sim;
		const contact = state.contacts.get(Number(office.clientId));
		contact!.values = new Map([...contact!.values, [ids.fields.email, [{ value: 'v@example.com', enum_id: 1, enum_code: 'WORK' }]]]);
		expect(valueOf(await office.crm.updateClient(office.clientId, { phone: '+79161239999' })).phone).toBe('+79161239999');
		expect(contact!.values.get(ids.fields.phone)?.map(({ value }) => value)).toEqual(['+79161239999', PHONE]);
		expect(contact!.values.get(ids.fields.email)).toHaveLength(1);
		expect(await found()).toEqual([office.clientId]);
	});

	it('opened twice at once is one card to both', async () => {
		const [one, two] = [office.adapter(), office.adapter()];
		const made = await Promise.all([one, two].map((crm) => crm.createClient({ name: 'Мария', phone: '+79161234777' })));
		expect(new Set(made.map((outcome) => valueOf(outcome).id)).size).toBe(1);
	});
});

describe('the end of a phone', () => {
	it.each([
		['+79161234501', ['1234501', '123-45-01', '123 45 01']],
		['+14155550123', ['5550123', '555-0123', '555 0123']],
		['+77011234567', ['1234567', '123-4567', '123 4567']],
	])('of %s as people write it', (phone, tails) => {
		expect(phoneTails(phone)).toEqual(tails);
	});

	it('is none of what is no phone', () => expect(phoneTails('12')).toEqual([]));
});
