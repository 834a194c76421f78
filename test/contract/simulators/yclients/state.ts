import type { Random } from '../kit';
import type { BookingRecord, Category, Client, Company, Good, GoodsTransaction, HookResource, Payment, Right, Service, Staff, User } from './model';
import { RIGHTS } from './model';

/** What happened to an entity; the word a webhook uses. */
export type ChangeKind = 'create' | 'update' | 'delete';
/** Told of every change, whoever made it. */
export type ChangeListener = (companyId: number, resource: HookResource, id: number, kind: ChangeKind) => void;

const FIRST_IDS = {
	company: 100_234, group: 700, form: 19_001, user: 410_022, category: 90_110, service: 901_101, salonService: 5_501_101, staff: 50_001, client: 77_000_111,
	record: 88_001_234, visit: 66_001_234, document: 7_200_001, good: 300_501, goodsTransaction: 5_500_901, payment: 9_400_001, comment: 120_001,
};
type IdKind = keyof typeof FIRST_IDS;

/** All accounts of the vendor. Changes go through it, also those a test makes in place of the front desk. */
export interface VendorState {
	readonly partnerTokens: Set<string>;
	/** Value that X-Partner-Id must have where it is required. */
	partnerId: string;
	readonly users: User[];
	readonly companies: Map<number, Company>;
	readonly categories: Map<number, Category>;
	readonly services: Map<number, Service>;
	readonly staff: Map<number, Staff>;
	readonly clients: Map<number, Client>;
	readonly records: Map<number, BookingRecord>;
	readonly goods: Map<number, Good>;
	readonly goodsTransactions: Map<number, GoodsTransaction>;
	readonly payments: Map<number, Payment>;
	/** SMS codes sent, by phone digits. */
	readonly codes: Map<string, string>;
	/** Grows with every change. */
	version: number;
	nextId(kind: IdKind): number;
	addUser(companies: readonly number[], rights?: readonly Right[]): User;
	addCompany(fields: Pick<Company, 'zone' | 'currency' | 'country'> & Partial<Company>): Company;
	addCategory(companyId: number, title: string): Category;
	addService(companyId: number, fields: Pick<Service, 'title' | 'categoryId' | 'priceMin'> & Partial<Service>): Service;
	addStaff(companyId: number, fields: Pick<Staff, 'name'> & Partial<Staff>): Staff;
	addClient(companyId: number, fields: Pick<Client, 'name' | 'phone'> & Partial<Client>, at: number): Client;
	addRecord(record: Omit<BookingRecord, 'id' | 'documentId' | 'hash' | 'visitId' | 'changedAt' | 'deleted'> & { readonly visitId?: number }): BookingRecord;
	addGoodsTransaction(transaction: Omit<GoodsTransaction, 'id' | 'documentId' | 'changedAt'>): GoodsTransaction;
	addPayment(payment: Omit<Payment, 'id' | 'documentId' | 'deleted'>): Payment;
	/** Tells the webhooks of a change made by hand. */
	changed(companyId: number, resource: HookResource, id: number, kind: ChangeKind): void;
}

/** Ends `user_token` without a word, as a changed password does. */
export function revoke(state: VendorState, token: string): void {
	for (const user of state.users) if (user.token === token) user.revoked = true;
}

/** An empty vendor with one partner. */
export function createState(random: Random, listener: ChangeListener): VendorState {
	const ids = new Map<IdKind, number>();
	const nextId = (kind: IdKind): number => {
		const id = ids.get(kind) ?? FIRST_IDS[kind];
		ids.set(kind, id + 1);
		return id;
	};
	const keep = <T extends { readonly id: number }>(map: Map<number, T>, entity: T): T => {
		state.version += 1;
		map.set(entity.id, entity);
		return entity;
	};
	const changed: ChangeListener = (...change) => {
		state.version += 1;
		listener(...change);
	};
	const state: VendorState = {
		version: 0,
		partnerTokens: new Set([random.hex(20)]),
		partnerId: String(random.integer(1000, 9999)),
		users: [],
		companies: new Map(),
		categories: new Map(),
		services: new Map(),
		staff: new Map(),
		clients: new Map(),
		records: new Map(),
		goods: new Map(),
		goodsTransactions: new Map(),
		payments: new Map(),
		codes: new Map(),
		nextId,
		changed,
		addUser: (companies, rights = RIGHTS) => {
			const id = nextId('user');
			const user: User = {
				id, token: random.hex(32), login: `integration-${id}@example.org`, password: random.hex(10), name: 'Integration', phone: '79990000000',
				companies: new Set(companies), rights: new Set(rights), revoked: false,
			};
			state.users.push(user);
			return user;
		},
		addCompany: (fields) => keep(state.companies, {
			id: nextId('company'), groupId: nextId('group'), formId: nextId('form'), title: 'Салон на Лесной', address: 'Лесная, 1', phone: '+7 999 000-00-00',
			workingHours: { from: '10:00', to: '20:00' }, stepMinutes: 30, noticeMinutes: 0, horizonDays: 60, changeDelaySeconds: 0, allowChange: true, phoneConfirmation: false,
			emailRequired: false, commentRequired: false, onlineBooking: true, licensed: true, privacyPolicy: null, hooks: { urls: [], active: false, on: new Set() }, ...fields,
		}),
		addCategory: (companyId, title) => keep(state.categories, { id: nextId('category'), companyId, title, weight: 10 }),
		addService: (companyId, fields) => keep(state.services, {
			id: nextId('service'), salonServiceId: nextId('salonService'), companyId, priceMax: fields.priceMin, active: true, online: true, prepaid: 'forbidden', comment: '', weight: 10,
			staff: new Map(), ...fields,
		}),
		addStaff: (companyId, fields) => keep(state.staff, {
			id: nextId('staff'), companyId, specialization: '', position: null, fired: false, hidden: false, bookable: true, everyDay: null, days: new Map(), scheduleTill: '2027-12-31', ...fields,
		}),
		addClient: (companyId, fields, at) => {
			const client = keep(state.clients, {
				id: nextId('client'), companyId, surname: '', patronymic: '', extraPhones: [], email: '', card: '', sexId: 0, importanceId: 0, discount: 0, birthDate: '', comment: '',
				categories: [], customFields: {}, blacklisted: false, comments: [], createdAt: at, changedAt: at, ...fields,
			});
			changed(companyId, 'client', client.id, 'create');
			return client;
		},
		addRecord: (fields) => {
			const record = keep(state.records, { ...fields, id: nextId('record'), documentId: nextId('document'), hash: random.hex(32), visitId: fields.visitId ?? nextId('visit'), changedAt: fields.createdAt, deleted: false });
			changed(record.companyId, 'record', record.id, 'create');
			return record;
		},
		addGoodsTransaction: (fields) => {
			const transaction = keep(state.goodsTransactions, { ...fields, id: nextId('goodsTransaction'), documentId: nextId('document'), changedAt: fields.createdAt });
			if (transaction.typeId === 1) changed(transaction.companyId, 'goods_operations_sale', transaction.id, 'create');
			return transaction;
		},
		addPayment: (fields) => {
			const payment = keep(state.payments, { ...fields, id: nextId('payment'), documentId: nextId('document'), deleted: false });
			changed(payment.companyId, 'finances_operation', payment.id, 'create');
			return payment;
		},
	};
	return state;
}
