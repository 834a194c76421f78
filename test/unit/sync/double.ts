import { type BookingCrm, type Company, ok, type Outcome, type StreamName, type StreamPage, type StreamReader, type StreamWindow, type SyncedRow, STREAM_NAMES } from '../../../core/booking';

/** A CRM in memory that the sync reads, page by page by id, with the vendor's own mistakes on demand. */
export interface CrmDouble {
	readonly crm: Pick<BookingCrm, 'company' | 'stream' | 'capabilities'>;
	readonly reader: StreamReader;
	readonly rows: Map<StreamName, Map<string, SyncedRow>>;
	/** Windows asked for since it was cleared. */
	readonly asked: { readonly name: StreamName; readonly window: StreamWindow }[];
	/** Called before each page is given. */
	beforePage: (name: StreamName, page: number) => Outcome<StreamPage> | void;
	put(name: StreamName, row: SyncedRow): void;
	remove(name: StreamName, id: string): void;
}

export const COMPANY: Company = {
	id: '1', name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB', address: null, phone: null, workingHours: {}, changeNoticeMinutes: 0, bookingNoticeMinutes: 0, bookingHorizonDays: 30,
};

export function createCrmDouble({ pageSize = 3, counts = true }: { readonly pageSize?: number; readonly counts?: boolean } = {}): CrmDouble {
	const rows = new Map<StreamName, Map<string, SyncedRow>>(STREAM_NAMES.map((name) => [name, new Map()]));
	const double: CrmDouble = {
		rows,
		asked: [],
		beforePage: () => undefined,
		put: (name, row) => void rows.get(name)?.set(row.id, row),
		remove: (name, id) => void rows.get(name)?.delete(id),
		reader: {
			windows: { company: 'whole', services: 'whole', staff: 'whole', clients: 'changes', visits: 'changes', goods: 'changes', schedules: 'whole' },
			clientsById: true,
			read: (_name, { data }) => {
				const row = data as unknown as SyncedRow;
				if ('bad' in data) return { kind: 'rejected', reason: 'bad' };
				return 'none' in data ? { kind: 'voided', changedAt: row.changedAt } : { kind: 'row', row };
			},
		},
		crm: {
			capabilities: {
				slots: 'native', idempotentWrites: false, findByOperation: false, atomicBooking: false, reschedule: false, cancel: false, createClient: false, updateClient: false, severalServices: false, guestName: false,
				streams: STREAM_NAMES,
			},
			company: async () => ok(COMPANY),
			stream: (name, window) => {
				double.asked.push({ name, window });
				return pages(double, name, window, pageSize, counts);
			},
		},
	};
	return double;
}

async function* pages(double: CrmDouble, name: StreamName, { from, to, cursor, ids }: StreamWindow, pageSize: number, counts: boolean): AsyncGenerator<Outcome<StreamPage>> {
	const isIn = ({ id, changedAt }: SyncedRow): boolean => (ids === undefined ? name === 'schedules' || ((from === undefined || (changedAt ?? '') >= from) && (to === undefined || (changedAt ?? '') < to)) : ids.includes(id));
	for (let page = Number(cursor ?? 1); ; page += 1) {
		const fault = double.beforePage(name, page);
		if (fault !== undefined) return yield fault;
		const all = [...(double.rows.get(name)?.values() ?? [])].filter(isIn).sort((a, b) => (a.id < b.id ? -1 : 1));
		const found = all.slice((page - 1) * pageSize, page * pageSize);
		const isLast = page * pageSize >= all.length;
		yield ok({ records: found.map((row) => ({ id: row.id, data: row as unknown as Record<string, unknown> })), cursor: isLast ? null : String(page + 1), exact: counts, total: counts ? all.length : null });
		if (isLast) return;
	}
}

export const T0 = Date.parse('2026-11-20T00:00:00.000Z');
const at = (days: number): string => new Date(T0 + days * 86_400_000).toISOString();

export const client = (id: string, extra: Partial<Extract<SyncedRow, { entity: 'client' }>> = {}): SyncedRow => ({ entity: 'client', id, name: `Клиент ${id}`, phone: `+7916000${id.padStart(4, '0')}`, totalSpent: 100_000, visitsCount: 1, changedAt: at(-30), extra: {}, ...extra });
export const visit = (id: string, clientId: string, extra: Partial<Extract<SyncedRow, { entity: 'visit' }>> = {}): SyncedRow => ({
	entity: 'visit', id, visitId: id, clientId, staffId: 's1', start: at(-20), end: at(-19.9), status: 'arrived', lines: [{ serviceId: 'cut', title: 'Стрижка', amount: 1, cost: 50_000 }], comment: '', changedAt: at(-20), extra: {}, ...extra,
});
/** A record that is no visit any more. */
export const noVisit = (id: string, extra: Parameters<typeof visit>[2] = {}): SyncedRow => Object.assign(visit(id, '', extra), { none: true });
export const sale = (id: string, clientId: string, extra: Partial<Extract<SyncedRow, { entity: 'goods' }>> = {}): SyncedRow => ({ entity: 'goods', id, clientId, staffId: null, visitId: null, title: 'Шампунь', amount: 1, cost: 50_000, soldAt: at(-20), changedAt: at(-20), extra: {}, ...extra });

/** A small branch with every stream. */
export function fill(double: CrmDouble): void {
	double.put('company', { entity: 'company', id: '1', name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB', extra: {} });
	for (const id of ['cut', 'color']) double.put('services', { entity: 'service', id, title: id, active: true, extra: {} });
	double.put('staff', { entity: 'staff', id: 's1', name: 'Анна', active: true, extra: {} });
	for (let index = 1; index <= 5; index += 1) {
		double.put('clients', client(`${index}`));
		double.put('visits', visit(`v${index}`, `${index}`));
		double.put('goods', sale(`g${index}`, `${index}`));
	}
	for (const day of ['2026-11-25', '2026-11-26']) double.put('schedules', { entity: 'schedule', id: `s1:${day}`, staffId: 's1', date: day, hours: [{ from: '10:00', to: '20:00' }], extra: {} });
}

/** What happened at the desk after `fill`. */
export function edit(double: CrmDouble): void {
	double.put('clients', client('2', { name: 'Мария', totalSpent: 250_000, changedAt: at(0.5) }));
	double.put('clients', client('6', { totalSpent: 50_000, changedAt: at(0.5) }));
	double.remove('clients', '5');
	double.put('visits', visit('v1', '2', { changedAt: at(0.5) }));
	double.put('visits', visit('v3', '3', { status: 'cancelled', deleted: true, changedAt: at(0.5) }));
	double.put('visits', visit('v6', '6', { changedAt: at(0.5) }));
	double.put('goods', sale('g6', '2', { cost: 120_000, changedAt: at(0.5) }));
	double.remove('schedules', 's1:2026-11-26');
}
