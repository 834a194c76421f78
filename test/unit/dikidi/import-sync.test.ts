import { createDikidiReader, createImportSource, type DikidiSettings, importClients, importVisits } from '../../../core/crm/dikidi';
import { createSync, type StreamReport } from '../../../core/sync';
import { valueOf } from '../../contract/support/bench';
import { describeEngines } from '../../support/engines';

const SETTINGS: DikidiSettings = { zone: 'Europe/Moscow', currency: 'RUB' };
const OPTIONS = { zone: 'Europe/Moscow', currency: 'RUB', country: 'RU' };
const file = (...lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));

const CLIENTS = file('Имя;Телефон;Визиты;Потрачено', 'Вера;+79161234501;2;3500,50', 'Пётр;+79161234502;0;0', 'Анна;+79161234503;;', 'Аня;+79161234503;;');
const VISITS = file('Номер;Дата;Время;Клиент;Телефон;Услуги;Сумма;Статус', '1;24.11.2026;12:00;Вера;+79161234501;Стрижка;2000,10;Пришла', '2;24.11.2026;00:30;Пётр;+79161234502;Укладка;;Новая', '3;25.11.2026;13:00;Аня;+79161234503;Стрижка;100;Новая', '4;25.11.2026;14:00;Кто-то;+79161234503;Стрижка;100;Новая');

describe('files of the back office in the copy', () => {
	describeEngines((_dialect, engine) => {
		it('bring clients and visits with whose they are, money to the kopeck, and never take anything away', async () => {
			const store = await engine.open();
			const clients = valueOf(importClients(CLIENTS, OPTIONS)).records;
			const visits = valueOf(importVisits(VISITS, OPTIONS)).records;
			let now = Date.parse('2026-11-26T00:00:00Z');
			const run = async (lists: Pick<Parameters<typeof createImportSource>[0], 'clients' | 'visits'>): Promise<Readonly<Record<string, StreamReport>>> => {
				const crm = createImportSource({ companyId: '550001', settings: SETTINGS, ...lists });
				const { streams } = valueOf(await createSync({ store, crm, reader: createDikidiReader({ settings: SETTINGS }), tenant: 'files', clock: () => now }).run({ kind: 'full' }));
				now += 60_000;
				return Object.fromEntries(streams.map((report) => [report.stream, report]));
			};
			expect(await run({ clients, visits })).toMatchObject({ clients: { status: 'done', inserted: 4, rejected: 0 }, visits: { status: 'done', inserted: 4, rejected: 0 } });
			const idOf = (name: string): string => clients.find((one) => one.name === name)?.id ?? '';
			const rows = await store.db.selectFrom('sync_visit').select(['id', 'client_id', 'start_at', 'status', 'services_amount']).where('tenant', '=', 'files').orderBy('id').execute();
			expect(rows).toEqual([
				{ id: '1', client_id: idOf('Вера'), start_at: '2026-11-24T09:00:00.000Z', status: 'arrived', services_amount: 200_010 },
				{ id: '2', client_id: idOf('Пётр'), start_at: '2026-11-23T21:30:00.000Z', status: 'booked', services_amount: 0 },
				{ id: '3', client_id: idOf('Аня'), start_at: '2026-11-25T10:00:00.000Z', status: 'booked', services_amount: 10_000 },
				// two cards have the phone and neither the name: nobody's
				{ id: '4', client_id: null, start_at: '2026-11-25T11:00:00.000Z', status: 'booked', services_amount: 10_000 },
			]);
			expect(await store.db.selectFrom('sync_client').select(['total_spent', 'visits_count', 'services_amount', 'goods_amount']).where('tenant', '=', 'files').where('id', '=', idOf('Вера')).execute()).toEqual([{ total_spent: 350_050, visits_count: 2, services_amount: 200_010, goods_amount: 150_040 }]);
			for (let again = 0; again < 3; again += 1) expect(await run({ clients: clients.slice(0, 1), visits: [] })).toMatchObject({ clients: { deleted: 0, updated: 0 }, visits: { deleted: 0 } });
			expect(await store.db.selectFrom('sync_client').select('id').where('tenant', '=', 'files').where(({ or, eb }) => or([eb('deleted_at', 'is not', null), eb('missing_since', 'is not', null)])).execute()).toEqual([]);
		}, 60_000);
	});
});
