import { closeNodes, failure, run, succeeded, type TestNode } from './support/harness';
import type { IConnections, IDataObject, INodeParameters, IRun } from 'n8n-workflow';

const SALON = 'with-profiles';
const CRM: TestNode = { name: 'CRM', type: 'bookingCrm', parameters: { crm: 'builtin', salonId: SALON, demoSalon: true } };
const CONNECTIONS: IConnections = { CRM: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } };

function agent(parameters: INodeParameters, item: IDataObject = {}): Promise<IRun> {
	return run({ nodes: [{ name: 'Agent', type: 'bookingAgent', parameters }, CRM], connections: CONNECTIONS, items: [item] });
}

async function get(profile: string): Promise<IDataObject> {
	const [file] = succeeded(await agent({ operation: 'getProfile', profile }), 'Agent');
	return file ?? {};
}

/** The file with some fields of the profile changed. */
const changed = (file: IDataObject, fields: IDataObject): IDataObject => ({ ...file, profile: { ...(file['profile'] as IDataObject), ...fields } });

afterAll(closeNodes);

describe('profiles through Booking Agent', () => {
	it('come out with defaults, go in changed, and come out as they were saved', async () => {
		const fresh = await get('evening');
		expect(fresh).toMatchObject({ format: 'ai-admin-assistant', version: 1, profile: { id: 'evening', bookableServiceIds: null } });
		const mine = changed(fresh, { voice: { name: 'Вечерняя Анна', tone: 'formal' } });
		expect(succeeded(await agent({ operation: 'saveProfile', profileJson: '={{ $json }}' }, mine), 'Agent')).toEqual([{ salonId: SALON, id: 'evening', version: 1 }]);
		expect((await get('evening'))['profile']).toMatchObject({ voice: { name: 'Вечерняя Анна', tone: 'formal' } });
		expect(succeeded(await agent({ operation: 'saveProfile', profileJson: JSON.stringify(mine) }), 'Agent')).toMatchObject([{ version: 2 }]);
	});

	it('answer as the profile says when the option names it', async () => {
		const message = { chatId: 'c1', text: 'Здравствуйте, как вас зовут?', messageId: 'm1' };
		const [reply] = succeeded(await agent({ operation: 'answer', options: { profileId: 'evening' } }, message), 'Agent');
		expect(reply?.['text']).toContain('Вечерняя Анна');
	});

	it('that limit what may be booked hide the rest from clients', async () => {
		const narrow = changed(await get('evening'), { id: 'narrow', bookableServiceIds: [] });
		succeeded(await agent({ operation: 'saveProfile', profileJson: '={{ $json }}' }, narrow), 'Agent');
		const message = { chatId: 'c2', text: 'Сколько стоит педикюр?', messageId: 'm1' };
		const [reply] = succeeded(await agent({ operation: 'answer', options: { profileId: 'narrow' } }, message), 'Agent');
		expect(reply?.['text']).not.toMatch(/₽/);
		const [all] = succeeded(await agent({ operation: 'answer' }, { ...message, chatId: 'c3' }), 'Agent');
		expect(all?.['text']).toMatch(/₽/);
	});

	it.each([
		['a wrong field', { format: 'ai-admin-assistant', version: 1, profile: { id: 'x', name: 'X', voice: { tone: 'rude' } } }, /voice\.tone must be one of/],
		['another kind of file', { hello: 'world' }, /format/],
	])('refuse %s and say which', async (_what, file, todo) => {
		const error = failure(await agent({ operation: 'saveProfile', profileJson: '={{ $json }}' }, file));
		expect(error.message).toBe('The profile is not valid');
		expect(error.description).toMatch(todo);
	});

	it('refuse a name that cannot be one, and an option that names none', async () => {
		expect(failure(await agent({ operation: 'getProfile', profile: 'Вечер' })).message).toBe('Profile ID is not valid');
		expect(failure(await agent({ operation: 'answer', options: { profileId: 'unknown' } }, { chatId: 'c4', text: 'Привет', messageId: 'm1' })).message).toMatch(/no assistant profile "unknown"/);
	});
});
