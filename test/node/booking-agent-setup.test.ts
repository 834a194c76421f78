import { closeNodes } from './support/harness';
import { chosen, manage, manager, openStores } from './support/manager';
import { differences, outputSchema } from './support/schema';
import { displayed, walk, withDefaults } from './support/strict-context';
import { NodeApiError, NodeOperationError, type INodeParameters, type INodePropertyOptions } from 'n8n-workflow';
import { MANAGED } from '../../nodes/BookingAgentSetup/resources';

const SALON = 'panel';
const CASES = MANAGED.flatMap(({ value, operations }) => operations.map((operation) => ({ resource: value, operation, title: `${value} ${operation.value}` })));

/** Values a form would hold, by parameter name; everything else is left at its default. */
const FILLED: INodeParameters = {
	salonId: SALON,
	text: '# Parking?\nBehind the house.',
	sourceName: 'filled.md',
	title: 'Is there parking?',
	answer: 'Yes, behind the house.',
	question: 'is there parking',
	source: chosen('drop.md'),
	words: 'expensive',
	textEn: 'It lasts longer.',
	phone: '+79161234567',
	channel: 'web',
	chatId: 'w1',
	profileJson: JSON.stringify({ format: 'ai-admin-assistant', version: 1, profile: { id: 'imported', name: 'Imported' } }),
};

const OWN: Readonly<Record<string, INodeParameters>> = {
	'profile delete': { profileId: chosen('drop') },
	'script delete': { scriptId: chosen('drop') },
};

function formOf(title: string, given: INodeParameters): INodeParameters {
	const shown = displayed(manager, withDefaults(manager, given)).map(({ name }) => name);
	const values: INodeParameters = { ...FILLED, profileId: chosen('main'), scriptId: chosen('main'), ...OWN[title] };
	return { ...Object.fromEntries(shown.filter((name) => name in values).map((name) => [name, values[name]])), ...given };
}

/** The form, and one more for every value of a field that shows or hides others. */
function forms(title: string, base: INodeParameters): readonly INodeParameters[] {
	const controls = new Set(manager.description.properties.flatMap(({ displayOptions }) => Object.keys({ ...displayOptions?.show, ...displayOptions?.hide })));
	const flips = displayed(manager, withDefaults(manager, base)).flatMap(({ name, type, options }) => {
		if (!controls.has(name) || name === 'resource' || name === 'operation') return [];
		const values = type === 'boolean' ? [true, false] : ((options ?? []) as INodePropertyOptions[]).map(({ value }) => value);
		return values.map((value) => ({ ...base, [name]: value }));
	});
	return [base, ...flips].map((form) => formOf(title, form));
}

beforeAll(async () => {
	const { assistants } = await openStores();
	const now = new Date().toISOString();
	const chat = { tenant: SALON, channel: 'web', chatId: 'w1' };
	for (const id of ['main', 'drop']) {
		await manage({ resource: 'profile', operation: 'save', salonId: SALON, profileId: chosen(id) });
		await manage({ resource: 'script', operation: 'save', salonId: SALON, scriptId: chosen(id), words: 'dear', textEn: 'It lasts.' });
		await manage({ resource: 'knowledge', operation: 'import', salonId: SALON, text: 'Is there parking?\nBehind the house.', sourceName: `${id}.md` });
	}
	const { id } = await assistants.questions.log({ chat, question: 'Do you have a crèche?', normalised: 'creche', now });
	Object.assign(FILLED, { questionId: chosen(id) });
	await assistants.facts.learn(SALON, { phone: '+79161234567' }, [{ key: 'note', value: 'tea', source: 'client', expiresAt: '2099-01-01T00:00:00Z', single: false }], chat, now);
});

afterAll(closeNodes);

describe.each(CASES)('$title', ({ title, resource, operation }) => {
	const base: INodeParameters = { resource, operation: operation.value };

	it('reads only parameters that the panel shows, and keeps its output schema', async () => {
		const [first, ...others] = forms(title, base);
		const { items, error, hiddenReads } = await walk(manager, first ?? {});
		expect({ error, hiddenReads, found: items.length > 0 }).toEqual({ error: null, hiddenReads: [], found: true });
		const schema = outputSchema('BookingAgentSetup', resource, operation.value);
		expect(items.flatMap((item) => differences(item, schema))).toEqual([]);
		for (const form of others) {
			const other = await walk(manager, form);
			expect(other.hiddenReads).toEqual([]);
			if (other.error !== null) expectNodeError(other.error);
		}
	});

	it('fails with a node error that says what to do for a form without a salon', async () => {
		const { error, hiddenReads } = await walk(manager, { ...formOf(title, base), salonId: '' });
		expect(hiddenReads).toEqual([]);
		expectNodeError(error);
	});

	it('tells people and agents what it does', () => {
		expect(operation.action).toMatch(/^[A-Z][^A-Z.]+$/);
		expect(operation.description).toMatch(/^[A-Z].{15,}[^.]$/);
	});
});

describe('the panel', () => {
	it('offers every kind of record, knowledge first', () => {
		const resource = manager.description.properties.find(({ name }) => name === 'resource');
		const options = (resource?.options ?? []) as INodePropertyOptions[];
		expect(resource?.default).toBe('knowledge');
		expect(options.map(({ name }) => name)).toEqual(['Assistant Profile', 'Client', 'Knowledge', 'Question', 'Script']);
	});
});

/** Fails unless the error names its item and says what to do. */
function expectNodeError(error: unknown): void {
	const isNodeError = error instanceof NodeOperationError || error instanceof NodeApiError;
	const description = isNodeError ? (error.description ?? '') : '';
	expect({ isNodeError, item: isNodeError && error.context.itemIndex, told: description.length > 10, defect: /defect/.test(description) }).toEqual({ isNodeError: true, item: 0, told: true, defect: false });
}
