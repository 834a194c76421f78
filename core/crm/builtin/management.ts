import type { Appointment, Instant, Outcome, StaffMember } from '../../booking';
import type { Schedule } from '../../calendar';
import type { Store } from '../../store';
import { settingsOf } from './adapter';
import type { ServiceCard, Settings } from './catalogue';
import type { Context } from './context';
import { type ClientCard, type ClientFlags, type ClientList, eraseClient, getClient, listClients, setClientFlags } from './management/clients';
import { createGoodsSale, type GoodsSale, type NewGoodsSale } from './management/goods';
import { createResource, listResources, type NewResource, type Resource, type ResourcePatch, updateResource } from './management/resources';
import { createService, type NewService, type ServicePatch, updateService } from './management/services';
import { type CompanySettings, saveSettings } from './management/settings';
import { createStaff, type DayPlanInput, getSchedule, type NewStaff, setException, setSchedule, type StaffPatch, updateStaff, type WeekInput } from './management/staff';
import { type AppointmentList, getAppointment, listAppointments, setAppointmentStatus, type VisitMark } from './management/visits';

/** What the owner and the front desk do beyond the booking port. Every input is checked; refusals say what to do. */
export interface BuiltinSalon {
	settings(): Promise<Outcome<Settings>>;
	saveSettings(input: CompanySettings): Promise<Outcome<Settings>>;

	createService(input: NewService): Promise<Outcome<ServiceCard>>;
	updateService(id: string, patch: ServicePatch): Promise<Outcome<ServiceCard>>;
	archiveService(id: string): Promise<Outcome<ServiceCard>>;

	createStaff(input: NewStaff): Promise<Outcome<StaffMember>>;
	updateStaff(id: string, patch: StaffPatch): Promise<Outcome<StaffMember>>;
	archiveStaff(id: string): Promise<Outcome<StaffMember>>;
	getSchedule(staffId: string): Promise<Outcome<Schedule>>;
	setSchedule(staffId: string, week: WeekInput): Promise<Outcome<Schedule>>;
	/** A null plan puts the weekly schedule back. */
	setException(staffId: string, date: string, plan: DayPlanInput | null): Promise<Outcome<Schedule>>;

	createResource(input: NewResource): Promise<Outcome<Resource>>;
	updateResource(id: string, patch: ResourcePatch): Promise<Outcome<Resource>>;
	archiveResource(id: string): Promise<Outcome<Resource>>;
	listResources(): Promise<Outcome<readonly Resource[]>>;

	createGoodsSale(input: NewGoodsSale): Promise<Outcome<GoodsSale>>;

	getClient(id: string): Promise<Outcome<ClientCard>>;
	listClients(filter: ClientList): Promise<Outcome<readonly ClientCard[]>>;
	setClientFlags(id: string, flags: ClientFlags): Promise<Outcome<ClientCard>>;
	eraseClient(id: string): Promise<Outcome<ClientCard>>;

	getAppointment(id: string): Promise<Outcome<Appointment>>;
	listAppointments(filter: AppointmentList): Promise<Outcome<readonly Appointment[]>>;
	setAppointmentStatus(id: string, status: VisitMark): Promise<Outcome<Appointment>>;
}

/** The management side of the embedded CRM of one tenant; `clock` stamps what changes. */
export function createBuiltinSalon(store: Store, tenant: string, clock: () => Instant): BuiltinSalon {
	const context: Context = { store, tenant, clock };
	return {
		settings: () => settingsOf(context),
		saveSettings: (input) => saveSettings(context, input),
		createService: (input) => createService(context, input),
		updateService: (id, patch) => updateService(context, id, patch),
		archiveService: (id) => updateService(context, id, { active: false }),
		createStaff: (input) => createStaff(context, input),
		updateStaff: (id, patch) => updateStaff(context, id, patch),
		archiveStaff: (id) => updateStaff(context, id, { active: false }),
		getSchedule: (staffId) => getSchedule(context, staffId),
		setSchedule: (staffId, week) => setSchedule(context, staffId, week),
		setException: (staffId, date, plan) => setException(context, staffId, date, plan),
		createResource: (input) => createResource(context, input),
		updateResource: (id, patch) => updateResource(context, id, patch),
		archiveResource: (id) => updateResource(context, id, { active: false }),
		listResources: () => listResources(context),
		createGoodsSale: (input) => createGoodsSale(context, input),
		getClient: (id) => getClient(context, id),
		listClients: (filter) => listClients(context, filter),
		setClientFlags: (id, flags) => setClientFlags(context, id, flags),
		eraseClient: (id) => eraseClient(context, id),
		getAppointment: (id) => getAppointment(context, id),
		listAppointments: (filter) => listAppointments(context, filter),
		setAppointmentStatus: (id, status) => setAppointmentStatus(context, id, status),
	};
}
