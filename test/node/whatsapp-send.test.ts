import { closeNodes, failure, run, succeeded } from './support/harness';
import { openNodeStore } from '../../nodes/shared/store';
import { whatsappService } from '../../core/whatsapp/session';
import type { Store } from '../../core/store';
import type { IDataObject, INode, WorkflowExecuteMode } from 'n8n-workflow';

/** Nothing is connected here: what is queued is looked at. */
describe('what WhatsApp Session puts into the outbox', () => {
	let store: Store;
	let executions = 0;
	const node: INode = { id: 'x', name: 'x', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };

	beforeAll(async () => {
		({ store } = await openNodeStore({ getNode: () => node, getCredentials: () => Promise.reject(new Error('none')) }));
	});
	afterAll(async () => {
		await whatsappService(store).shutdown();
		await closeNodes();
	});
	beforeEach(async () => void (await store.write(async (trx) => await trx.deleteFrom('wa_outbox').execute())));

	const rows = async () => await store.db.selectFrom('wa_outbox').select(['chat', 'not_before', 'queued_at']).orderBy('seq').execute();
	/** One more execution, as a retry is. */
	const execute = async (operation: string, parameters: IDataObject, items: readonly IDataObject[], mode: WorkflowExecuteMode = 'trigger') =>
		await run({
			mode, items,
			executionId: `e${(executions += 1)}`,
			nodes: [{ name: 'WhatsApp', type: 'whatsappSession', parameters: { resource: 'message', operation, salonId: 'demo', session: 'main', to: '={{ $json.to }}', ...parameters } as INode['parameters'] }],
		});
	const OPTIONS = { hasAgreed: true, waitSeconds: 0 };
	const say = async (items: readonly IDataObject[], { options = OPTIONS as IDataObject, mode = 'trigger' as WorkflowExecuteMode } = {}) => await execute('sendText', { text: '={{ $json.text }}', options }, items, mode);

	const to = '+79161110711';

	describe('once', () => {
		it('for a turn, also by a retry after another item was refused', async () => {
			const items = [{ turnId: 't1', to, text: 'hello' }, { turnId: 't2', to: 'nobody', text: 'hello' }];
			expect(failure(await say(items)).message).toMatch(/was not taken/);
			expect(failure(await say(items)).message).toMatch(/was not taken/);
			const mended = await say([items[0] ?? {}, { ...items[1], to: '+79161110712' }]);
			expect(succeeded(mended, 'WhatsApp')).toHaveLength(2);
			expect((await rows()).map(({ chat }) => chat)).toEqual(['79161110711@s.whatsapp.net', '79161110712@s.whatsapp.net']);
		});

		it.each<[string, IDataObject]>([
			['a message', { messageId: 'm1' }],
			['a step of a delivery', { messageId: 'm2', event: 'delivery', state: 'read' }],
		])('for %s', async (_what, about) => {
			for (const _time of [1, 2]) succeeded(await say([{ ...about, to, text: 'hello' }]), 'WhatsApp');
			expect(await rows()).toHaveLength(1);
		});

		it('with the same file, and again with another one', async () => {
			for (const content of ['one', 'one', 'two']) {
				const result = await run({
					mode: 'trigger', items: [{ turnId: 't3', to }], executionId: `e${(executions += 1)}`,
					nodes: [{ name: 'File', type: 'test.file' }, { name: 'WhatsApp', type: 'whatsappSession', parameters: { resource: 'message', operation: 'sendMedia', salonId: 'demo', session: 'main', to, options: OPTIONS } as INode['parameters'] }],
					connections: { File: { main: [[{ node: 'WhatsApp', type: 'main', index: 0 }]] } },
					types: {
						'test.file': {
							description: { displayName: 'File', name: 'file', group: ['input'], version: 1, description: '', defaults: {}, inputs: ['main'], outputs: ['main'], properties: [] },
							execute: async function () {
								return [[{ json: { turnId: 't3' }, binary: { data: { data: Buffer.from(content).toString('base64'), mimeType: 'image/png' } } }]];
							},
						},
					},
				});
				succeeded(result, 'WhatsApp');
			}
			expect(await rows()).toHaveLength(2);
		});
	});

	describe('each time', () => {
		it.each<[string, readonly IDataObject[]]>([
			['for items that name nothing', [{ text: 'hello' }, { text: 'hello' }]],
			['for another turn', [{ turnId: 'a', text: 'hello' }, { turnId: 'b', text: 'hello' }]],
			['for another text of the turn', [{ turnId: 'c', text: 'hello' }, { turnId: 'c', text: 'how are you' }]],
			['for another step of a delivery', [{ messageId: 'm3', event: 'delivery', state: 'delivered', text: 'hello' }, { messageId: 'm3', event: 'delivery', state: 'read', text: 'hello' }]],
			['for another recipient', [{ turnId: 'd', text: 'hello' }, { turnId: 'd', text: 'hello', to: '+79161110713' }]],
		])('%s', async (_what, items) => {
			for (const item of items) succeeded(await say([{ to, ...item }]), 'WhatsApp');
			expect(await rows()).toHaveLength(2);
		});

		it('it is tried in the editor, with the same turn', async () => {
			for (const _time of [1, 2]) succeeded(await say([{ turnId: 't4', to, text: 'hello' }], { mode: 'manual' }), 'WhatsApp');
			expect(await rows()).toHaveLength(2);
		});
	});

	it('and the version of the client is set and taken back without SQL', async () => {
		const set = async (version: string) => await run({ nodes: [{ name: 'WhatsApp', type: 'whatsappSession', parameters: { resource: 'session', operation: 'setVersion', salonId: 'demo', session: 'main', version } }] });
		const stored = async () => (await store.db.selectFrom('wa_version').select(['source', 'value']).execute()).map(({ source, value }) => `${source} ${value}`);
		expect(succeeded(await set('2.3000.1043857760'), 'WhatsApp')).toEqual([{ version: '2.3000.1043857760' }]);
		expect(await stored()).toEqual(['override 2.3000.1043857760']);
		expect(String(failure(await set('latest')).description)).toMatch(/three numbers/);
		expect(succeeded(await set(''), 'WhatsApp')).toEqual([{ version: null }]);
		expect(await stored()).toEqual([]);
	});

	describe('not before', () => {
		const AT = '2031-11-21T10:00:00.000Z';
		it.each([
			['a text', AT],
			['a date', `={{ new Date("${AT}") }}`],
			['a date of Luxon', `={{ DateTime.fromISO("${AT}") }}`],
			// the editor gives no offset; the zone of a workflow is n8n's own where it has none
			['a wall time of the workflow\'s zone', '2031-11-21T05:00:00'],
		])('%s', async (_what, notBefore) => {
			succeeded(await say([{ to, text: 'hello' }], { options: { ...OPTIONS, notBefore } }), 'WhatsApp');
			expect((await rows()).map(({ not_before }) => new Date(Number(not_before)).toISOString())).toEqual([AT]);
		});

		it.each([
			['a list', '={{ ["2031-11-21"] }}'],
			['an object', '={{ ({ at: "2031-11-21" }) }}'],
			['a date that is none', '={{ new Date("never") }}'],
			['a word', 'tomorrow'],
			['true', '={{ true }}'],
		])('and %s is refused, and nothing sent', async (_what, notBefore) => {
			expect(failure(await say([{ to, text: 'hello' }], { options: { ...OPTIONS, notBefore } })).message).toMatch(/"Not Before" is not a date and time/);
			expect(await rows()).toEqual([]);
		});

		it('is at once where nothing is set', async () => {
			succeeded(await say([{ to, text: 'hello' }], { options: { ...OPTIONS, notBefore: '' } }), 'WhatsApp');
			expect((await rows()).every(({ not_before, queued_at }) => not_before === queued_at)).toBe(true);
		});
	});
});
