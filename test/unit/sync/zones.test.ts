import { createDikidiReader } from '../../../core/crm/dikidi';
import { createEasyweekReader } from '../../../core/crm/easyweek';
import { createOnecReader } from '../../../core/crm/onec';
import { createYclientsReader } from '../../../core/crm/yclients';
import type { Reading, StreamReader } from '../../../core/booking';
import { COMPANY } from './double';

const startOf = (reader: StreamReader, zone: string, data: Readonly<Record<string, unknown>>): string => {
	const reading: Reading = reader.read('visits', { id: String(data.id ?? data.uuid ?? data.Ref_Key), data }, { ...COMPANY, zone });
	if (reading.kind !== 'row' || reading.row.entity !== 'visit') throw new Error(`no visit: ${JSON.stringify(reading)}`);
	return new Date(reading.row.start).toISOString();
};

const GUID = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`;
const record = (date: string): Readonly<Record<string, unknown>> => ({
	id: 1, staff_id: 2, services: [], client: { id: 3, name: 'x', phone: '79161234501' }, date, datetime: '', seance_length: 3600, attendance: 0, confirmed: 1, deleted: false, comment: '', visit_id: 4, visit_attendance: 0, staff: { id: 2, name: 'Anna' }, create_date: '', last_change_date: '',
});

describe('the day of a visit near midnight', () => {
	const yclients = createYclientsReader();
	const onec = createOnecReader({ mapping: { preset: 'salon' }, plan: { company: { zone: 'Europe/Moscow', currency: 'RUB' } } });
	const dikidi = createDikidiReader({ settings: { zone: 'Europe/Moscow', currency: 'RUB' } });
	const easyweek = createEasyweekReader();
	const visit1C = { Ref_Key: GUID('a'), DataVersion: 'AAAA', DeletionMark: false, Date: '2026-11-24T00:30:00', ДатаОкончания: '2026-11-24T01:30:00', Врач_Key: GUID('b'), Контрагент_Key: GUID('c'), Комментарий: '', Услуги: [] };
	const booking = { id: 'b1', status: 'created', starts_at: '2026-11-24T00:30:00', ends_at: '2026-11-24T01:30:00', staff: { id: '1' }, services: [], client: { id: '1', name: 'x', phone: '+79161234501' }, comment: '' };

	it.each([['Europe/Moscow', '2026-11-23T21:30:00.000Z'], ['Asia/Vladivostok', '2026-11-23T14:30:00.000Z'], ['America/New_York', '2026-11-24T05:30:00.000Z']])('is that of the branch where the vendor writes wall time: %s', (zone, expected) => {
		expect(startOf(onec, zone, visit1C)).toBe(expected);
		expect(startOf(dikidi, zone, booking)).toBe(expected);
		expect(startOf(yclients, zone, record('2026-11-24 00:30:00'))).toBe(expected);
	});

	it.each(['Europe/Moscow', 'Pacific/Kiritimati', 'Pacific/Marquesas'])('is the vendor’s own moment where it writes one, whatever the branch: %s', (zone) => {
		const uuid = GUID('d');
		const told = { uuid, location_uuid: null, start_time: '2026-11-23T23:30:00Z', end_time: '2026-11-24T00:30:00Z', is_canceled: false, is_completed: false, public_notes: '', customer: null, ordered_services: [] };
		expect(startOf(easyweek, zone, told)).toBe('2026-11-23T23:30:00.000Z');
		expect(startOf(dikidi, zone, { ...booking, starts_at: '2026-11-24T00:30:00+02:00', ends_at: '2026-11-24T01:30:00+02:00' })).toBe('2026-11-23T22:30:00.000Z');
	});

	it('takes the first of two where the clock is set back, and no time that the clock jumps over', () => {
		const at = (date: string): string => startOf(onec, 'Europe/Berlin', { ...visit1C, Date: date, ДатаОкончания: '2026-10-25T05:00:00' });
		expect(at('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
		expect(dikidi.read('visits', { id: 'b1', data: { ...booking, starts_at: '2026-03-29T02:30:00', ends_at: '2026-03-29T04:00:00' } }, { ...COMPANY, zone: 'Europe/Berlin' })).toEqual({ kind: 'rejected', reason: 'starts_at' });
	});
});
