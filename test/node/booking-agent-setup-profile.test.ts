import { closeNodes, failure } from './support/harness';
import { attempt, chosen, manage, MANAGE, manager, openStores, type Stores } from './support/manager';
import type { IDataObject, ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import { assistantProfileOf } from '../../nodes/BookingAgent/profile';
import { ParameterError } from '../../nodes/shared/errors';

let stores: Stores;

beforeAll(async () => {
	stores = await openStores();
});

afterAll(closeNodes);

const on = (operation: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'profile', operation, ...more });
const save = (id: string, more: INodeParameters = {}): Promise<readonly IDataObject[]> => manage(on('save', { profileId: chosen(id), ...more }));
const expecting = (version: number): INodeParameters => ({ options: { expectedVersion: version } });

/** Puts a row into the store that does not read as a profile. */
async function damage(id: string): Promise<void> {
	await stores.assistants.profiles.save('talk', { id, name: id, body: JSON.stringify({ id, name: id, voice: { tone: 'loud' } }) }, null, new Date().toISOString());
}

describe('Assistant Profile', () => {
	it('makes a profile from every section of the form', async () => {
		const [item] = await save('full', {
			profileName: 'Evening',
			voice: { name: 'Лаванда', tone: 'formal', emoji: 'few', style: 'short', houseRules: 'Come early, please\n\n No pets ' },
			catalogue: { bookableServiceIds: 's1, s2', offeredStaffIds: 'ALL' },
			handoff: { words: 'refund, money back\nlawyer', onNoSlots: true, onUnansweredQuestion: false },
			details: { language: 'en', allowHealthFacts: true, workingRules: 'Offer tea, always', pipelineActions: { actions: [{ on: 'booked', label: 'stage: won' }] } },
			settings: { phoneCountry: 'kz', sessionHours: 6 },
		});
		expect(item).toMatchObject({
			salonId: 'talk',
			id: 'full',
			version: 1,
			readable: true,
			name: 'Evening',
			voice: { name: 'Лаванда', tone: 'formal', emoji: 'few', style: 'short', houseRules: ['Come early, please', 'No pets'] },
			language: 'en',
			bookableServiceIds: ['s1', 's2'],
			offeredStaffIds: null,
			handoff: { words: ['refund', 'money back', 'lawyer'], onNoSlots: true, onUnansweredQuestion: false },
			workingRules: ['Offer tea, always'],
			pipelineActions: [{ on: 'booked', label: 'stage: won' }],
			allowHealthFacts: true,
			settings: { phoneCountry: 'KZ', sessionHours: 6 },
		});
		expect(await manage(on('get', { profileId: chosen('full') }))).toEqual([item]);
	});

	it('changes what is given and keeps the rest, and clears what is given empty', async () => {
		await save('kept', { profileName: 'One', voice: { name: 'Ada', houseRules: 'No pets' }, catalogue: { bookableServiceIds: 's1' }, details: { pipelineActions: { actions: [{ on: 'booked', label: 'won' }] } } });
		const [changed] = await save('kept', { voice: { tone: 'neutral' } });
		expect(changed).toMatchObject({ version: 2, name: 'One', voice: { name: 'Ada', tone: 'neutral', houseRules: ['No pets'] }, bookableServiceIds: ['s1'], pipelineActions: [{ label: 'won' }] });
		const [cleared] = await save('kept', { voice: { name: '', houseRules: '' }, catalogue: { bookableServiceIds: 'all' }, details: { pipelineActions: {} } });
		expect(cleared).toMatchObject({ version: 3, voice: { name: null, tone: 'neutral', houseRules: [] }, bookableServiceIds: null, pipelineActions: [] });
	});

	it('does not open the whole catalogue because an expression found nothing', async () => {
		await save('narrow', { catalogue: { bookableServiceIds: 's1' } });
		const error = failure(await attempt(on('save', { profileId: chosen('narrow'), catalogue: { bookableServiceIds: '={{ "" }}' } })));
		expect(error.message).toContain('Services Allowed');
		expect(await manage(on('get', { profileId: chosen('narrow') }))).toMatchObject([{ version: 1, bookableServiceIds: ['s1'] }]);
	});

	it('saves over the version that was read only, and says at which one it stands', async () => {
		await save('shared', expecting(0));
		await save('shared', { ...expecting(1), voice: { tone: 'formal' } });
		const late = failure(await attempt(on('save', { profileId: chosen('shared'), voice: { tone: 'warm' }, ...expecting(1) })));
		expect(late.message).toContain('version 2');
		expect(late.description).toContain('Expected Version 2');
		expect(failure(await attempt(on('save', { profileId: chosen('shared'), ...expecting(0) }))).message).toContain('version 2');
		expect(failure(await attempt(on('save', { profileId: chosen('nobody'), ...expecting(3) }))).message).toBe('The profile does not exist');
		expect(await manage(on('get', { profileId: chosen('shared') }))).toMatchObject([{ version: 2, voice: { tone: 'formal' } }]);
	});

	it('loses no change when several are saved at once: each is kept or refused', async () => {
		await save('busy');
		const rules = ['one', 'two', 'three', 'four'];
		const runs = await Promise.all(rules.map((rule) => attempt(on('save', { profileId: chosen('busy'), details: { workingRules: rule }, ...expecting(1) }))));
		const kept = runs.filter(({ data }) => data.resultData.error === undefined);
		expect(kept).toHaveLength(1);
		const [stored] = await manage(on('get', { profileId: chosen('busy') }));
		const [item] = kept[0]?.data.resultData.runData[MANAGE]?.[0]?.data?.main?.[0] ?? [];
		expect(stored).toMatchObject({ version: 2, workingRules: item?.json['workingRules'] });
	});

	it('names the wrong field and saves nothing', async () => {
		const error = failure(await attempt(on('save', { profileId: chosen('wrong'), settings: { sessionHours: 900 }, voice: { style: 'x'.repeat(600) } })));
		expect(error.description).toMatch(/voice\.style must be at most 500.*settings\.sessionHours must be a whole number from 1 to 168/);
		expect(failure(await attempt(on('save', { profileId: chosen('Not An ID') }))).description).toContain('id must be');
		expect(failure(await attempt(on('get', { profileId: chosen('wrong') }))).message).toBe('The record was not found');
	});

	it('moves a profile to another salon as JSON, from the item or from text', async () => {
		await save('travel', { profileName: 'Traveller', voice: { name: 'Ада', tone: 'formal' } });
		const [file] = await manage(on('export', { profileId: chosen('travel') }));
		const [moved] = await manage(on('import', { salonId: 'other', importAs: 'arrived' }), [{ json: file ?? {} }]);
		expect(moved).toMatchObject({ salonId: 'other', id: 'arrived', version: 1, name: 'Traveller', voice: { name: 'Ада', tone: 'formal' } });
		expect(await manage(on('import', { salonId: 'third', profileJson: JSON.stringify(file) }))).toMatchObject([{ id: 'travel' }]);
		expect(await manage(on('getAll', { salonId: 'other' }))).toHaveLength(1);
	});

	it('imports over a stored profile only when told so', async () => {
		await save('here', { voice: { tone: 'formal' } });
		const profileJson = JSON.stringify({ format: 'ai-admin-assistant', version: 1, profile: { id: 'here', name: 'New' } });
		expect(failure(await attempt(on('import', { profileJson }))).description).toContain('Replace Existing');
		expect(await manage(on('get', { profileId: chosen('here') }))).toMatchObject([{ version: 1, voice: { tone: 'formal' } }]);
		expect(await manage(on('import', { profileJson, replaceExisting: true }))).toMatchObject([{ version: 2, name: 'New', voice: { tone: 'warm' } }]);
	});

	it.each([
		['={{ $json }}', 'format must be'],
		['not json', 'file must be JSON'],
		[JSON.stringify({ format: 'ai-admin-assistant', version: 9, profile: {} }), 'version must be 1'],
		[JSON.stringify({ format: 'ai-admin-assistant', version: 1, profile: { id: 'a', name: 'A', voice: { tone: 'loud' }, colour: 1 } }), 'voice.tone must be one of'],
	])('names the wrong field of a file: %s', async (profileJson, problem) => {
		expect(failure(await attempt(on('import', { profileJson }))).description).toContain(problem);
	});

	it('shows a damaged profile instead of hiding it, and lets it be replaced or deleted', async () => {
		await damage('broken');
		const all = await manage(on('getAll', { returnAll: true }));
		expect(all.find(({ id }) => id === 'broken')).toMatchObject({ readable: false, name: null });
		expect(failure(await attempt(on('get', { profileId: chosen('broken') }))).description).toContain('voice.tone must be one of');
		expect(failure(await attempt(on('save', { profileId: chosen('broken') }))).message).toContain('does not read');
		const profileJson = JSON.stringify({ format: 'ai-admin-assistant', version: 1, profile: { id: 'broken', name: 'Mended' } });
		expect(await manage(on('import', { profileJson, replaceExisting: true }))).toMatchObject([{ version: 2, name: 'Mended' }]);
		expect(await manage(on('delete', { profileId: chosen('broken') }))).toEqual([{ salonId: 'talk', id: 'broken', deleted: true }]);
		expect(failure(await attempt(on('delete', { profileId: chosen('broken') }))).message).toBe('The record was not found');
	});

	it('lists what a selector may choose, of its own salon only', async () => {
		await save('listed', { profileName: 'Listed One', salonId: 'lists' });
		const context = { getNode: () => ({ name: 'x' }), getCurrentNodeParameter: () => 'lists' } as unknown as ILoadOptionsFunctions;
		const list = manager.methods?.listSearch?.['searchProfiles'];
		expect(await list?.call(context, 'listed o')).toEqual({ results: [{ name: 'Listed One · listed', value: 'listed' }] });
		expect(await list?.call(context, 'nothing')).toEqual({ results: [] });
	});
});

describe('the profile a message is answered with', () => {
	it('is the stored one, and none where none is named', async () => {
		await save('answering', { voice: { name: 'Ada' } });
		expect(await assistantProfileOf(stores.assistants, 'talk', 'answering')).toMatchObject({ id: 'answering', voice: { name: 'Ada' } });
		expect(await assistantProfileOf(stores.assistants, 'talk', '')).toBeUndefined();
	});

	it('is never replaced by an assistant without its limits', async () => {
		await damage('limits');
		await expect(assistantProfileOf(stores.assistants, 'talk', 'limits')).rejects.toMatchObject({ todo: expect.stringContaining('voice.tone') as string });
		await expect(assistantProfileOf(stores.assistants, 'talk', 'unknown')).rejects.toBeInstanceOf(ParameterError);
		await expect(assistantProfileOf(stores.assistants, 'other-salon', 'answering')).rejects.toBeInstanceOf(ParameterError);
	});
});
