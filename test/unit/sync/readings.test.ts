import { createAmocrmReader } from '../../../core/crm/amocrm';
import { createBitrix24Reader } from '../../../core/crm/bitrix24';
import { createDikidiReader } from '../../../core/crm/dikidi';
import { createEasyweekReader } from '../../../core/crm/easyweek';
import { createOnecReader } from '../../../core/crm/onec';
import { createYclientsReader } from '../../../core/crm/yclients';
import type { Reading, StreamName, StreamReader } from '../../../core/booking';
import { COMPANY } from './double';

type Fields = Readonly<Record<string, unknown>>;
const GUID = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`;
const NOBODY = GUID('0').replace('4000-8000', '0000-0000');
const read = (reader: StreamReader, name: StreamName, data: Fields): Reading => reader.read(name, { id: String(data.id ?? data.uuid ?? data.Ref_Key), data }, COMPANY);
const without = (data: Fields, field: string): Fields => Object.fromEntries(Object.entries(data).filter(([name]) => name !== field));

describe('what readers make of a record that is none of its list', () => {
	describe('YCLIENTS', () => {
		const reader = createYclientsReader();
		const record = { id: 1, staff_id: 2, services: [], client: { id: 3, name: 'x', phone: '79161234501' }, date: '2026-11-24 10:00:00', datetime: '', seance_length: 3600, attendance: 0, deleted: false, comment: '', last_change_date: '2026-11-20T10:00:00+0300' };
		const movement = { id: 5, type_id: 1, amount: -1, cost: '500', good: { title: 'Шампунь' }, create_date: '2026-11-20T10:00:00+0300', last_change_date: '', record_id: 0, master: [], client: { id: 3 } };

		it.each([[null, false], [[], false], [null, true]])('voids a record whose client is %j, deleted or not (%s), as of its last change', (client, deleted) => {
			expect(read(reader, 'visits', record)).toMatchObject({ kind: 'row' });
			expect(read(reader, 'visits', { ...record, client, deleted })).toEqual({ kind: 'voided', changedAt: '2026-11-20T10:00:00+03:00' });
		});

		it('does not take a client it is not shown for none', () => {
			expect(read(reader, 'visits', without(record, 'client'))).toMatchObject({ kind: 'rejected' });
		});

		it('voids a movement of goods that is no sale', () => {
			expect(read(reader, 'goods', movement)).toMatchObject({ kind: 'row' });
			expect(read(reader, 'goods', { ...movement, type_id: 3 })).toEqual({ kind: 'voided', changedAt: undefined });
		});
	});

	describe('Bitrix24', () => {
		const plan = { company: { zone: 'Europe/Moscow', currency: 'RUB' } };
		const start = 'UF_CRM_BOOKING_START';
		const items = createBitrix24Reader({ settings: { mode: 'crm', plan, visits: { categoryId: 1, fields: { start, end: 'UF_CRM_BOOKING_END', staff: 'UF_CRM_STAFF', services: 'UF_CRM_SERVICES' }, stages: { booked: 'C1:NEW', cancelled: 'C1:LOSE' } } } });
		const deal = { id: 7, stageId: 'C1:NEW', categoryId: 1, contactId: 3, updatedTime: '2026-11-20T10:00:00+03:00', [start]: '2026-11-24T10:00:00+03:00' };

		it.each([null, ''])('voids an element whose time was cleared: %j', (empty) => {
			expect(read(items, 'visits', deal)).toMatchObject({ kind: 'row' });
			expect(read(items, 'visits', { ...deal, [start]: empty })).toEqual({ kind: 'voided', changedAt: deal.updatedTime });
		});

		it('says nothing of one whose time it is not shown, or cannot read', () => {
			expect(read(items, 'visits', without(deal, start))).toEqual({ kind: 'skipped' });
			expect(read(items, 'visits', { ...deal, [start]: '24.11.2026' })).toEqual({ kind: 'skipped' });
		});

		it('voids goods among the services, and leaves out resources that our settings do not name', () => {
			const product = { id: 4, name: 'Шампунь', active: 'Y', iblockId: 1, iblockSectionId: null };
			expect(read(items, 'services', { ...product, type: 7 })).toMatchObject({ kind: 'row' });
			expect(read(items, 'services', { ...product, type: 1 })).toEqual({ kind: 'voided', changedAt: undefined });
			const bookings = createBitrix24Reader({ settings: { mode: 'booking', plan, resourceTypeIds: ['1'] } });
			expect(read(bookings, 'staff', { id: 9, name: 'Кабинет', description: '', typeId: 2 })).toEqual({ kind: 'skipped' });
		});
	});

	describe('1C', () => {
		const mapping = { preset: 'salon', staff: { ids: [GUID('b')] } };
		const reader = createOnecReader({ mapping, plan: { company: { zone: 'Europe/Moscow', currency: 'RUB' } } });
		const event = { Ref_Key: GUID('a'), DataVersion: 'AAAA', DeletionMark: false, Date: '2026-11-24T10:00:00', ДатаОкончания: '2026-11-24T11:00:00', Врач_Key: GUID('b'), Контрагент_Key: GUID('c'), Комментарий: '', Услуги: [] };

		it('voids an event of no person, and says nothing of one whose person it is not shown', () => {
			expect(read(reader, 'visits', event)).toMatchObject({ kind: 'row' });
			expect(read(reader, 'visits', { ...event, Врач_Key: NOBODY })).toEqual({ kind: 'voided' });
			for (const unclear of [without(event, 'Врач_Key'), { ...event, Врач_Key: 7 }]) expect(read(reader, 'visits', unclear)).toEqual({ kind: 'skipped' });
		});

		it('rejects one without a time, and leaves out people that the mapping does not name', () => {
			expect(read(reader, 'visits', { ...event, Date: '0001-01-01T00:00:00' })).toEqual({ kind: 'rejected', reason: 'Date' });
			expect(read(reader, 'staff', { Ref_Key: GUID('d'), DataVersion: 'AAAA', DeletionMark: false, Description: 'Мария' })).toEqual({ kind: 'skipped' });
		});
	});

	it('DIKIDI: voids a booking of nobody', () => {
		const reader = createDikidiReader({ settings: { zone: 'Europe/Moscow', currency: 'RUB' } });
		const booking = { id: 'b1', status: 'created', starts_at: '2026-11-24T10:00:00', ends_at: '2026-11-24T11:00:00', staff: { id: '1' }, services: [], client: { id: '1', name: 'x', phone: '+79161234501' }, comment: '' };
		expect(read(reader, 'visits', booking)).toMatchObject({ kind: 'row' });
		expect(read(reader, 'visits', { ...booking, client: null })).toEqual({ kind: 'voided' });
	});

	it('EasyWeek: voids an order that has no goods', () => {
		const reader = createEasyweekReader();
		const order = { uuid: GUID('e'), customer: null, booking_uuid: null, created_at: '2026-11-20T10:00:00Z', items: [{ type: 'product', name: 'Шампунь', quantity: 1, price: 50_000 }] };
		expect(read(reader, 'goods', order)).toMatchObject({ kind: 'row' });
		expect(read(reader, 'goods', { ...order, items: [{ type: 'service', name: 'Стрижка', quantity: 1, price: 50_000 }] })).toEqual({ kind: 'voided' });
	});

	it('amoCRM: says nothing of a lead whose time cannot be read; one without a time never comes', () => {
		const reader = createAmocrmReader({ settings: { pipelineId: '1', statuses: { booked: '2', cancelled: '143' }, fields: { start: '10', duration: '11', operation: '12', services: '13' }, plan: { company: { zone: 'Europe/Moscow', currency: 'RUB' } } } });
		const lead = (value: unknown): Fields => ({ id: 8, name: 'Запись', pipeline_id: 1, status_id: 2, responsible_user_id: 5, updated_at: 1_790_000_000, created_at: 1_790_000_000, custom_fields_values: [{ field_id: 10, values: [{ value }] }] });
		expect(read(reader, 'visits', lead(1_795_000_000))).toMatchObject({ kind: 'row' });
		expect(read(reader, 'visits', lead('завтра'))).toEqual({ kind: 'skipped' });
	});
});
