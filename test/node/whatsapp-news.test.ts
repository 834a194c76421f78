import { describeEngines } from '../support/engines';
import { newsOf, type News } from '../../nodes/WhatsappSessionTrigger/news';
import type { TriggerConfig } from '../../nodes/WhatsappSessionTrigger/config';
import type { OpenedSession } from '../../nodes/shared/whatsapp/open';
import type { Store } from '../../core/store';
import type { INode, INodeExecutionData, ITriggerFunctions } from 'n8n-workflow';

const KEY = { tenant: 'demo', session: 'main' };
const CONFIG = { wantsDelivery: true, wantsState: false } as TriggerConfig;
/** More than two pages. */
const MANY = 450;

describe('steps of messages that a trigger tells', () => {
	describeEngines((_dialect, engine) => {
		let store: Store;
		let told: string[];
		let news: News;
		/** Called at every step that is told. */
		let heard: () => void;

		beforeEach(async () => {
			store = await engine.open();
			await store.write(async (trx) => {
				for (const table of ['wa_outbox', 'webhook_delivery'] as const) await trx.deleteFrom(table).execute();
			});
			told = [];
			heard = () => undefined;
			const functions = {
				getWorkflow: () => ({ id: 'w' }),
				getNode: () => ({ id: 'n' }) as INode,
				emit: (outputs: INodeExecutionData[][]) => {
					for (const { json } of outputs[1] ?? []) told.push(`${String(json.messageId)} ${String(json.state)}`);
					heard();
				},
			} as unknown as ITriggerFunctions;
			news = newsOf(functions, { store, key: KEY } as OpenedSession, CONFIG);
		});

		/** Messages that were accepted in one and the same instant, as after an outage. */
		async function accepted(count: number, at: number): Promise<readonly string[]> {
			const ids = Array.from({ length: count }, (_, place) => `m${place}`);
			const rows = ids.map((id, seq) => ({
				tenant: KEY.tenant, session: KEY.session, id, chat: '1@lid', wa_id: id, idem_key: id, kind: 'text', payload: '', message: null, state: 'acked',
				error: null, tries: 1, seq, not_before: at, queued_at: at, sent_at: at, acked_at: at, delivered_at: null, read_at: null,
			}));
			await store.write(async (trx) => {
				for (let start = 0; start < rows.length; start += 50) await trx.insertInto('wa_outbox').values(rows.slice(start, start + 50)).execute();
			});
			return ids;
		}

		it('are told once each and end, also when hundreds happened in one instant', async () => {
			const ids = await accepted(MANY, Date.now() - 1_000);
			news.delivery();
			await news.idle();
			expect([...told].sort()).toEqual(ids.map((id) => `${id} acked`).sort());
			news.delivery();
			await news.idle();
			expect(told).toHaveLength(MANY);
		}, 60_000);

		it('are told no more once the trigger is closed', async () => {
			await accepted(MANY, Date.now() - 1_000);
			heard = () => news.close();
			news.delivery();
			await news.idle();
			expect(told.length).toBeGreaterThan(0);
			expect(told.length).toBeLessThan(MANY);
			const before = told.length;
			news.delivery();
			await news.idle();
			expect(told).toHaveLength(before);
		}, 60_000);
	});
});
