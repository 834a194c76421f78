import axios from 'axios';
import type { AppointmentReader, BookingCrm, LeadDesk } from '../../../core/booking';
import { type Bitrix24Settings, createBitrix24Crm, createBitrix24Transport, createTokenSource, type PortalTokens, signedPort } from '../../../core/crm/bitrix24';
import { createMemoryLock, type Lock } from '../../../core/crm/computed';
import { createAxiosPort, type HttpPort, type Limiter, type Transport, type TransportEvent } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { type Bitrix24Options, type Bitrix24Simulator, COMPANY, CONTACT, DEAL, furnish, type FurnishedSalon, SMART_PIPELINE, SMART_PROCESS, startBitrix24, VISIT_FIELDS } from '../simulators/bitrix24';
import { addItem } from '../simulators/bitrix24/items';
import { createClock, type VirtualClock } from '../simulators/kit';
import type { SalonSpec } from './bench';
import { NOW, PHONE, sharedTime, VENDOR_SALON } from './vendor-bench';

export { reasonOf, valueOf } from './bench';
export { DAY, NOW, on, PHONE } from './vendor-bench';

/** How a portal keeps visits: bookings of the module, deals, or elements of a smart process. */
export type Mode = 'booking' | 'crm' | 'smart';

/** The simulator's own field of services takes one; a visit may have several. */
const SERVICES_FIELD = 'UF_CRM_BOOKING_SERVICES';

/** A portal with a salon in it. */
export interface OpenedPortal {
	readonly sim: Bitrix24Simulator;
	readonly salon: FurnishedSalon;
	readonly settings: Bitrix24Settings;
	serviceId(name: string): string;
	staffId(name: string): string;
}

/** Starts a portal with a salon for one way of booking. */
export async function openPortal(mode: Mode, spec: SalonSpec, options: Bitrix24Options = {}): Promise<OpenedPortal> {
	const sim = await startBitrix24({ zone: spec.zone, plan: 'on-premise', ...options });
	const salon = furnish(sim.state, {
		services: spec.services.map(({ name, price }) => ({ name, price: price / 100 })),
		staff: spec.staff.map(({ name }) => name),
		hours: { from: minutesOf(spec.hours.from), to: minutesOf(spec.hours.to) },
		stepMinutes: spec.stepMinutes,
	});
	for (const product of salon.services.values()) for (const price of product.prices) price.currency = spec.currency;
	sim.state.addUserField(DEAL, { name: SERVICES_FIELD, type: 'string' });
	for (const name of [VISIT_FIELDS.start, VISIT_FIELDS.end]) sim.state.addUserField(SMART_PROCESS, { name, type: 'datetime' });
	for (const name of [SERVICES_FIELD, VISIT_FIELDS.staff]) sim.state.addUserField(SMART_PROCESS, { name, type: 'string' });
	addItem(sim.state, COMPANY, { title: 'Салон', isMyCompany: 'Y', fm: [{ typeId: 'PHONE', valueType: 'WORK', value: '+74951234567' }] }, 1);
	const people = mode === 'booking' ? salon.resources : salon.users;
	return {
		sim,
		salon,
		settings: settingsFor(mode, spec, salon),
		serviceId: (name) => String(salon.services.get(name)?.id),
		staffId: (name) => String(people.get(name)?.id),
	};
}

function settingsFor(mode: Mode, spec: SalonSpec, { pipeline }: FurnishedSalon): Bitrix24Settings {
	const day = `${spec.hours.from}-${spec.hours.to}`;
	// a portal without online booking knows neither hours nor a zone
	const hours = { zone: spec.zone, stepMinutes: spec.stepMinutes, workingHours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day } };
	const plan = {
		company: {
			country: spec.country,
			...(mode === 'booking' ? {} : hours),
			bookingNoticeMinutes: spec.bookingNoticeMinutes,
			bookingHorizonDays: spec.bookingHorizonDays,
			changeNoticeMinutes: spec.changeNoticeMinutes,
		},
		services: spec.services.map(({ name, minutes }) => ({ title: name, durationMinutes: minutes })),
		staff: spec.staff.map(({ name, services }) => ({ name, services: [...services] })),
	};
	const stage = (code: string): string => `C${pipeline.id}:${code}`;
	const stages = { booked: stage('NEW'), confirmed: stage('CONFIRMED'), arrived: stage('WON'), cancelled: stage('LOSE'), noShow: stage('NOSHOW') };
	if (mode === 'booking') return { mode, plan, deals: { categoryId: pipeline.id, stages } };
	const fields = { start: VISIT_FIELDS.start, end: VISIT_FIELDS.end, services: SERVICES_FIELD, staff: VISIT_FIELDS.staff };
	if (mode === 'crm') return { mode, plan, visits: { categoryId: pipeline.id, stages, fields } };
	const smart = (code: string): string => `DT${SMART_PROCESS}_${SMART_PIPELINE.id}:${code}`;
	return { mode: 'crm', plan, visits: { entityTypeId: SMART_PROCESS, categoryId: SMART_PIPELINE.id, stages: { booked: smart('NEW'), arrived: smart('SUCCESS'), cancelled: smart('FAIL') }, fields } };
}

function minutesOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return hours * 60 + minutes;
}

/** A portal, a client, and the adapter that looks at it. */
export interface Desk extends OpenedPortal {
	readonly crm: BookingCrm & AppointmentReader & LeadDesk;
	readonly transport: Transport;
	/** The transport's own time: waiting moves it, the portal's clock stands. */
	readonly clock: VirtualClock;
	readonly lock: Lock;
	readonly events: TransportEvent[];
	readonly unknownValues: string[];
	readonly clientId: string;
	/** Opens a card as the front desk does. */
	addCard(name: string, phone: string): string;
	/** Visits that stand, straight from the portal's state. */
	live(): readonly { readonly id: string; readonly staffId: string; readonly start: number }[];
	/** The deals of the pipeline, straight from the portal's state. */
	deals(): readonly Readonly<Record<string, unknown>>[];
	/** An adapter of another worker with the same credential. */
	sibling(): BookingCrm;
	close(): Promise<void>;
}

export interface DeskOptions {
	readonly mode?: Mode;
	readonly portal?: Bitrix24Options;
	readonly settings?: (settings: Bitrix24Settings) => Bitrix24Settings;
	readonly spec?: Partial<SalonSpec>;
	readonly limiter?: (clock: VirtualClock) => Limiter;
	/** Waiting moves the portal's clock too: for a portal that counts requests. */
	readonly sharedTime?: boolean;
	readonly wrap?: (port: HttpPort, sim: Bitrix24Simulator) => HttpPort;
	/** How calls are signed: by the administrator's webhook, or by the tokens of an application. */
	readonly sign?: 'webhook' | 'application';
	/** Another webhook than the administrator's. */
	readonly baseUrl?: (sim: Bitrix24Simulator) => string;
}

/** Opens a portal of its own with a client in it. */
export async function openDesk({ mode = 'booking', portal = {}, settings: change = (same) => same, spec = {}, limiter, sharedTime: isTimeShared = false, wrap = (port) => port, sign = 'webhook', baseUrl = (sim) => sim.webhookUrl }: DeskOptions = {}): Promise<Desk> {
	const opened = await openPortal(mode, { ...VENDOR_SALON, ...spec }, { start: NOW, ...portal });
	const { sim, salon } = opened;
	const settings = change(opened.settings);
	const clock = isTimeShared ? sim.clock : createClock(NOW);
	const time = isTimeShared ? sharedTime(sim.clock) : { sleep: clock.sleep, wrap: (port: HttpPort) => port };
	const events: TransportEvent[] = [];
	const unknownValues: string[] = [];
	const lock = createMemoryLock();
	const inner = time.wrap(wrap(createAxiosPort(axios.create()), sim));
	const held = sign === 'application' ? keeperOf(sim) : null;
	const crmOf = (): Pick<Desk, 'crm' | 'transport'> => {
		const port = held === null ? inner : signedPort(inner, createTokenSource({ port: inner, serverUrl: sim.url, client: { id: sim.application.clientId, secret: sim.application.clientSecret }, keeper: held, lock, account: sim.url }));
		const transport = createBitrix24Transport({
			port,
			limiter: limiter?.(clock) ?? createMemoryLimiter({ windows: [], clock: clock.now }),
			baseUrl: held === null ? baseUrl(sim) : `${sim.url}/rest/`,
			clock: clock.now,
			sleep: time.sleep,
			onEvent: (event) => events.push(event),
		});
		const crm = createBitrix24Crm({ transport, account: sim.url, settings, lock, clock: () => sim.clock.instant(), sleep: time.sleep, onUnknownValue: (field) => unknownValues.push(field) });
		return { crm, transport };
	};
	const addCard = (name: string, phone: string): string => String(addItem(sim.state, CONTACT, { name, fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: phone }] }, 1).id);
	const deals = (): readonly Readonly<Record<string, unknown>>[] => [...sim.state.itemsOf(DEAL).values()].map(({ values }) => values).filter(({ categoryId }) => categoryId === salon.pipeline.id);
	return {
		...opened, ...crmOf(), settings, clock, lock, events, unknownValues, addCard, deals,
		clientId: addCard('Вера', PHONE),
		live: () => (mode === 'booking' ? liveBookings(sim) : deals().filter(({ stageId }) => stageId !== `C${salon.pipeline.id}:LOSE`).map(({ id, ...values }) => ({ id: String(id), staffId: String(values[VISIT_FIELDS.staff]), start: Number(values[VISIT_FIELDS.start]) }))),
		sibling: () => crmOf().crm,
		close: () => sim.close(),
	};
}

/** The tokens of the application, kept where both workers look. */
function keeperOf(sim: Bitrix24Simulator): { load(): Promise<PortalTokens>; save(tokens: PortalTokens): Promise<void> } {
	let held: PortalTokens = sim.access.issueTokens(sim.application, 1);
	return { load: async () => held, save: async (tokens) => void (held = tokens) };
}

function liveBookings(sim: Bitrix24Simulator): ReturnType<Desk['live']> {
	return [...sim.state.bookings.values()].map(({ id, resourceIds, from }) => ({ id: String(id), staffId: String(resourceIds[0]), start: from.timestamp * 1000 }));
}
