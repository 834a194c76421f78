/** Two branches of two vendors with a past, and how their nodes reach them. */
import { startAltegio } from '../../contract/simulators/altegio';
import { addSalon, populate, startYclients, type SimulatedSalon, type VendorSimulator } from '../../contract/simulators/yclients';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SERVICE = 'Стрижка';
const HOURS = { from: '00:00', to: '23:30' };
const OPEN = { bookingNoticeMinutes: 0, bookingHorizonDays: 60, changeNoticeMinutes: 0, stepMinutes: 30, hours: HOURS, services: [{ name: SERVICE, minutes: 60, price: 200_000 }] };

/** One branch in a running simulator. */
export interface Branch {
	readonly sim: VendorSimulator;
	readonly salon: SimulatedSalon;
	/** What an operator chooses in a node that reaches the CRM. */
	readonly panel: { readonly parameters: { readonly crm: string; readonly branchId: { readonly __rl: true; readonly mode: 'id'; readonly value: string } }; readonly credentials: Readonly<Record<string, object>> };
}

/** A zone in which it is about noon now: tests of a day run at any hour. */
export function noonZone(now: Date): string {
	const offset = 12 - now.getUTCHours();
	return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** A salon ID whose start of a timetable is not put off for more than a second: the templates spread salons by their ID. */
export function promptSalon(name: string): string {
	const delay = (id: string, spread: number): number => ([...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % spread);
	for (let number = 1; ; number += 1) if ([300, 600].every((spread) => delay(`${name}-${number}`, spread) <= 1)) return `${name}-${number}`;
}

/** A branch of YCLIENTS with two people at work and nobody but who a test adds. */
export async function yclientsBranch(zone: string): Promise<Branch> {
	const sim = await startYclients({ now: new Date().toISOString(), running: true });
	const salon = addSalon(sim, { ...OPEN, zone, country: 'RU', currency: 'RUB', staff: [{ name: 'Анна', services: [SERVICE] }, { name: 'Мария', services: [SERVICE] }] });
	populate(sim, salon, { clients: 12, visits: 40, sales: 12, until: new Date(Date.now() - 3 * DAY_MS).toISOString().slice(0, 10), days: 12 });
	return { sim, salon, panel: panelOf('yclients', 'aiAdminYclientsApi', sim, salon) };
}

/** A branch of Altegio with a past. */
export async function altegioBranch(clients = 450): Promise<Branch> {
	const sim = await startAltegio({ now: new Date().toISOString(), running: true });
	const salon = addSalon(sim, { ...OPEN, zone: 'Europe/Berlin', country: 'DE', currency: 'EUR', staff: [{ name: 'Anna', services: [SERVICE] }] });
	populate(sim, salon, { clients, visits: 300, sales: 20, until: new Date(Date.now() - DAY_MS).toISOString().slice(0, 10), days: 90 });
	return { sim, salon, panel: panelOf('altegio', 'aiAdminAltegioApi', sim, salon) };
}

function panelOf(crm: string, type: string, sim: VendorSimulator, { company, user }: SimulatedSalon): Branch['panel'] {
	return {
		parameters: { crm, branchId: { __rl: true, mode: 'id', value: String(company.id) } },
		credentials: { [type]: { partnerToken: [...sim.state.partnerTokens][0] ?? '', signIn: 'token', userToken: user.token, baseUrl: sim.url } },
	};
}

/** Somebody with a card. */
export function addPerson({ sim, salon }: Branch, name: string, phone: string, birthDate = ''): number {
	return sim.state.addClient(salon.company.id, { name, phone, birthDate }, Date.now() - 200 * DAY_MS).id;
}

/** A visit that begins so many hours from now, by the half hour; past ones took place. */
export function addVisit({ sim, salon }: Branch, clientId: number, hours: number, staff = 'Анна'): number {
	const start = Math.round((Date.now() + hours * HOUR_MS) / (HOUR_MS / 2)) * (HOUR_MS / 2);
	const cost = 2000;
	const record = sim.state.addRecord({
		companyId: salon.company.id, staffId: Number(salon.staffId(staff)), clientId, start, seanceLength: 3600, breakSeconds: 0,
		services: [{ id: Number(salon.serviceId(SERVICE)), title: SERVICE, cost, firstCost: cost, discount: 0, amount: 1 }],
		comment: '', attendance: hours < -1 ? 1 : 0, confirmed: 1, apiId: '', labels: [], customFields: {}, customColor: '', smsRemainHours: 0, emailRemainHours: 0,
		activityId: 0, online: false, createdUserId: salon.user.id, createdAt: Math.min(start, Date.now()) - 2 * DAY_MS,
	});
	record.changedAt = Date.now();
	return record.id;
}
