import type { VirtualClock } from '../kit';
import { momentOf } from '../kit';
import type {
	Absence, Activity, Booking, CalendarEvent, Item, Pipeline, PortalUser, Product, ProductRow, Resource, ResourceType, SlotRow, StageMove, UserField,
} from './records';

/** Kinds of elements `crm.item.*` speaks of. */
export const LEAD = 1;
export const DEAL = 2;
export const CONTACT = 3;
export const COMPANY = 4;
/** The one smart process of a portal; the sheet knows no more of them than their numbers. */
export const SMART_PROCESS = 1038;

/** A change that the portal tells the world of. */
export interface PortalEvent {
	readonly name: string;
	readonly id: number;
	/** Booking events hold the id one level higher than those of the CRM. */
	readonly family: 'crm' | 'booking' | 'calendar';
}

/** Things an administrator or the vendor does to a whole portal. */
export interface PortalConditions {
	/** False: the plan has no REST any more. */
	licensed: boolean;
	/** The vendor blocked the portal by hand. */
	overloaded: boolean;
	/** The portal was deleted. */
	deleted: boolean;
	/** Only HTTPS is served, and loopback is not. */
	httpsOnly: boolean;
	/** Where the renamed portal lives now, `http://host`; null while it is here. */
	movedTo: string | null;
	/** Lower-case names of methods that wait for the administrator's word. */
	readonly waitingForApproval: Set<string>;
	/** Lower-case names of methods this portal does not have. */
	readonly missingMethods: Set<string>;
	/** Seconds one call of a method runs, by lower-case name. */
	readonly methodSeconds: Map<string, number>;
}

/** All that a portal keeps. Tests change it as staff would, past every check; the vendor's methods change it by its rules. */
export class Portal {
	readonly users = new Map<number, PortalUser>();
	readonly products = new Map<number, Product>();
	readonly resourceTypes: ResourceType[] = [];
	readonly resources = new Map<number, Resource>();
	readonly bookings = new Map<number, Booking>();
	readonly calendar = new Map<number, CalendarEvent>();
	readonly absences: Absence[] = [];
	readonly pipelines = new Map<number, Pipeline>();
	readonly stageMoves: StageMove[] = [];
	readonly activities: Activity[] = [];
	readonly userFields = new Map<number, UserField[]>();
	/** Fields that must be filled, by kind of element. */
	readonly requiredFields = new Map<number, readonly string[]>();
	productRows: readonly ProductRow[] = [];
	/** The block of the product catalogue. */
	readonly iblockId = 23;
	/** Portal-wide hours and holidays of the calendar. */
	readonly workTime = { start: '9', startMinutes: '9.30', end: '19', endMinutes: '19.30', weekHolidays: ['SA', 'SU'], yearHolidays: '1.01,2.01,7.01' };
	readonly conditions: PortalConditions = {
		licensed: true,
		overloaded: false,
		deleted: false,
		httpsOnly: false,
		movedTo: null,
		waitingForApproval: new Set(),
		missingMethods: new Set(),
		methodSeconds: new Map(),
	};
	/** True once a client was bound to a booking. */
	clientsWereBound = false;
	private readonly items = new Map<number, Map<number, Item>>();
	private readonly counters = new Map<string, number>();
	private readonly listeners: ((event: PortalEvent) => void)[] = [];

	constructor(
		readonly clock: VirtualClock,
		readonly zone: string,
		/** Host name as events and tokens name it. */
		readonly domain: string,
		readonly memberId: string,
	) {}

	/** The elements of one kind. */
	itemsOf(entityTypeId: number): Map<number, Item> {
		const known = this.items.get(entityTypeId);
		if (known !== undefined) return known;
		const made = new Map<number, Item>();
		this.items.set(entityTypeId, made);
		return made;
	}

	/** The next number of a sequence, from 1 or from where it was set. */
	nextId(sequence: string): number {
		const next = (this.counters.get(sequence) ?? 0) + 1;
		this.counters.set(sequence, next);
		return next;
	}

	onEvent(listener: (event: PortalEvent) => void): void {
		this.listeners.push(listener);
	}

	emit(event: PortalEvent): void {
		for (const listener of this.listeners) listener(event);
	}

	addUser(user: Partial<Omit<PortalUser, 'id'>> = {}): PortalUser {
		const made: PortalUser = { id: this.nextId('user'), name: '', lastName: '', position: '', active: true, admin: false, type: 'employee', reads: 'all', zone: '', mobile: '', ...user };
		this.users.set(made.id, made);
		return made;
	}

	/** A service with a base price in major units. */
	addService(name: string, price: number | null, change: Partial<Pick<Product, 'active' | 'type' | 'sectionId' | 'properties'>> = {}, currency = 'RUB'): Product {
		const now = this.clock.now();
		const prices = price === null ? [] : [{ id: this.nextId('price'), groupId: 1, price, currency }];
		const made: Product = { id: this.nextId('product'), name, active: true, type: 7, sectionId: null, prices, properties: {}, createdAt: now, changedAt: now, ...change };
		this.products.set(made.id, made);
		return made;
	}

	/** A resource with its schedule; no rows mean no hours. */
	addResource(name: string, slots: readonly Omit<SlotRow, 'id'>[] = [], change: Partial<Pick<Resource, 'isMain' | 'description' | 'typeId'>> = {}): Resource {
		const typeId = change.typeId ?? this.resourceTypes[0]?.id ?? 1;
		const made: Resource = { id: this.nextId('resource'), typeId, name, description: null, isMain: 'Y', slots: [], ...change };
		made.slots = slots.map((row) => ({ ...row, id: this.nextId('slot row') }));
		this.resources.set(made.id, made);
		return made;
	}

	/** A booking made by the front desk in the portal's own pages; overlaps are the desk's business. Wall times are the portal's. */
	bookByHand(resourceId: number, fromWall: string, toWall: string): Booking {
		const made: Booking = {
			id: this.nextId('booking'), name: 'Запись администратора', description: null, resourceIds: [resourceId], clients: [], external: [],
			from: this.bookingMoment(fromWall), to: this.bookingMoment(toWall),
		};
		this.bookings.set(made.id, made);
		this.emit({ name: 'ONBOOKINGADD', id: made.id, family: 'booking' });
		return made;
	}

	/** An entry somebody put into their own calendar. Wall times are the portal's. */
	busyByHand(ownerId: number, fromWall: string, toWall: string, change: Partial<Pick<CalendarEvent, 'accessibility' | 'allDay' | 'repeats' | 'name'>> = {}): CalendarEvent {
		const made: CalendarEvent = {
			id: this.nextId('calendar'), ownerId, name: 'Занято', fromSeconds: this.seconds(fromWall), toSeconds: this.seconds(toWall), zone: this.zone,
			allDay: false, accessibility: 'busy', description: '', crmFields: [], attendees: [], repeats: 0, ...change,
		};
		this.calendar.set(made.id, made);
		this.emit({ name: 'ONCALENDARENTRYADD', id: made.id, family: 'calendar' });
		return made;
	}

	/** A pipeline whose stages get the vendor's prefix; without an id the next one. */
	addPipeline(name: string, codes: readonly { readonly code: string; readonly name: string; readonly semantics?: 'S' | 'F' }[], id = this.nextId('pipeline')): Pipeline {
		const stages = codes.map(({ code, name: title, semantics }, index) => ({ id: id === 0 ? code : `C${id}:${code}`, name: title, sort: (index + 1) * 10, semantics: semantics ?? null }));
		const made: Pipeline = { id, name, stages };
		this.pipelines.set(id, made);
		return made;
	}

	addUserField(entityTypeId: number, field: UserField): void {
		this.userFields.set(entityTypeId, [...(this.userFields.get(entityTypeId) ?? []), field]);
	}

	private bookingMoment(wall: string): Booking['from'] {
		return { timestamp: this.seconds(wall), timezone: this.zone };
	}

	private seconds(wall: string): number {
		const moment = momentOf(wall, this.zone);
		if (moment === null) throw new Error(`the portal's clock never shows ${wall}`);
		return moment / 1000;
	}
}
