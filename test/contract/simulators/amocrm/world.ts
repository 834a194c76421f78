import type { Random, VirtualClock } from '../kit';
import type { Brand } from './brand';
import type { BotStart, Card, Catalog, CatalogElement, Company, Contact, CrmEvent, ElementLink, Field, Lead, LeadContact, Note, Pipeline, StoredValue, Task, User, Webhook } from './model';
import type { FamilySwitches } from './switches';

const INDEX_LAG_S = 2;
export const WON = 142;
export const LOST = 143;

/** The account. */
export interface Account {
	readonly id: number;
	readonly name: string;
	readonly subdomain: string;
	readonly country: string;
	readonly currency: string;
	readonly zone: string;
	/** False: every call is answered 402. */
	paid: boolean;
	/** Set when the account got another subdomain: the old one no longer knows it. */
	movedTo: string | null;
}

/** Ids of what stands in the account from the start; an adapter's mapping is set up from them. */
export interface AccountIds {
	readonly pipeline: number;
	readonly statusNew: number;
	readonly statusConfirmed: number;
	readonly lossByClient: number;
	readonly lossTimeTaken: number;
	readonly catalog: number;
	readonly user: number;
	readonly bot: number;
	readonly fields: Readonly<Record<'phone' | 'email' | 'start' | 'duration' | 'specialist' | 'operation' | 'price' | 'sku' | 'serviceMinutes', number>>;
	/** Element of the catalogue, by the service's name. */
	readonly services: ReadonlyMap<string, number>;
	/** Enum of the specialist field, by the person's name. */
	readonly staff: ReadonlyMap<string, number>;
}

/** Everything one account holds. Tests may read and change it as the front desk does. */
export class World {
	readonly users = new Map<number, User>();
	readonly fields = new Map<number, Field>();
	readonly contacts = new Map<number, Contact>();
	readonly companies = new Map<number, Company>();
	readonly leads = new Map<number, Lead>();
	readonly tasks = new Map<number, Task>();
	readonly notes: Note[] = [];
	readonly catalogs = new Map<number, Catalog>();
	readonly elements = new Map<number, CatalogElement>();
	readonly pipelines = new Map<number, Pipeline>();
	readonly lossReasons = new Map<number, string>();
	readonly events: CrmEvent[] = [];
	readonly webhooks: Webhook[] = [];
	readonly botStarts: BotStart[] = [];
	links: readonly ElementLink[] = [];
	private last = 1000;

	constructor(
		readonly brand: Brand,
		readonly account: Account,
		readonly clock: VirtualClock,
		readonly switches: FamilySwitches,
		readonly random: Random,
	) {}

	/** The account's time, whole seconds. */
	now(): number {
		return Math.floor(this.clock.now() / 1000);
	}

	/** A fresh id; ids grow in the order of creation, over all entities. */
	nextId(): number {
		this.last += 1 + this.random.integer(0, 3);
		return this.last;
	}

	fieldsOf(owner: string): readonly Field[] {
		return [...this.fields.values()].filter((field) => field.owner === owner);
	}

	/** True when filtered and searched lists know the row already. */
	indexed(row: { readonly created_at: number }): boolean {
		return this.switches.indexLag === 'none' || this.now() - row.created_at >= INDEX_LAG_S;
	}

	/** A contact of the front desk's own, past every check. */
	putContact(name: string, phone: string | null, at = this.now()): Contact {
		const field = this.fieldsOf('contacts').find(({ code }) => code === 'PHONE');
		const work = field?.enums.find(({ code }) => code === 'WORK');
		const stored: StoredValue[] = phone === null ? [] : [{ value: phone, enum_id: work?.id, enum_code: 'WORK' }];
		const values = new Map(field === undefined || phone === null ? [] : [[field.id, stored]]);
		const [first = '', ...rest] = name.split(' ');
		const contact: Contact = { ...this.blank(name, at), first_name: first, last_name: rest.join(' '), companies: [], values };
		this.contacts.set(contact.id, contact);
		return contact;
	}

	/** A lead of the front desk's own, past every check. */
	putLead(lead: Pick<Lead, 'pipeline_id' | 'status_id' | 'values'> & { readonly name: string; readonly contacts: readonly LeadContact[] }): Lead {
		const placed: Lead = { ...this.blank(lead.name, this.now()), price: 0, loss_reason_id: null, closed_at: null, companies: [], ...lead };
		this.leads.set(placed.id, placed);
		return placed;
	}

	/** The common part of a new card. */
	blank(name: string, at = this.now()): Card {
		const owner = [...this.users.keys()][0] ?? 0;
		const times = { created_at: at, updated_at: at, created_by: 0, updated_by: 0 };
		return { id: this.nextId(), name, responsible_user_id: owner, ...times, is_deleted: false, values: new Map(), tags: [] };
	}
}
