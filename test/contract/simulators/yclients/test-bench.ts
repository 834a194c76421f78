import type { User } from './model';
import { addSalon, type SimulatedSalon, type SimulatedSalonSpec } from './salon';
import type { VendorSimulator } from './vendor';

/** The salon of the simulators' own tests. */
export const SALON: SimulatedSalonSpec = {
	zone: 'Europe/Moscow', country: 'RU', currency: 'RUB', bookingNoticeMinutes: 60, bookingHorizonDays: 30, changeNoticeMinutes: 120, stepMinutes: 30,
	services: [{ name: 'cut', minutes: 60, price: 250_000 }, { name: 'color', minutes: 90, price: 450_000 }],
	hours: { from: '10:00', to: '20:00' },
	staff: [{ name: 'Ольга', services: ['cut', 'color'] }, { name: 'Мария', services: ['cut'] }],
};
/** A day inside the horizon of the default clock. */
export const DAY = '2026-11-24';
export const PHONE = '79990000001';

/** What a call returned; `body` is undefined for an empty one. */
export interface Reply {
	readonly status: number;
	readonly text: string;
	readonly body: { readonly success?: boolean; readonly data?: unknown; readonly meta?: unknown; readonly errors?: unknown; readonly code?: unknown };
	readonly headers: Headers;
}

/** Short ways to talk to one branch of a simulator; `{c}` in a path is the branch. */
export interface Talk {
	readonly sim: VendorSimulator;
	readonly salon: SimulatedSalon;
	call(method: string, path: string, body?: unknown, as?: { readonly user?: User | null; readonly headers?: Readonly<Record<string, string>> }): Promise<Reply>;
	/** Same, for the `data` of an answer that succeeded. */
	data<T>(method: string, path: string, body?: unknown): Promise<T>;
	/** The body of a journal booking. */
	visit(changes?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
	/** The body of an online booking. */
	online(changes?: Readonly<Record<string, unknown>>, appointment?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/** Opens a salon in a simulator and talks to it with every right. */
export function talkTo(sim: VendorSimulator, changes: Partial<SimulatedSalonSpec> = {}): Talk {
	const salon = addSalon(sim, { ...SALON, ...changes });
	const [service, staff] = [Number(salon.serviceId('cut')), Number(salon.staffId('Ольга'))];
	const call: Talk['call'] = async (method, path, body, { user = salon.user, headers = {} } = {}) => {
		const response = await fetch(`${sim.url}${path.replace('{c}', String(salon.company.id))}`, {
			method, headers: { ...sim.headers(user ?? undefined), 'content-type': 'application/json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		return { status: response.status, text, body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as Reply['body'], headers: response.headers };
	};
	return {
		sim,
		salon,
		call,
		data: async <T>(method: string, path: string, body?: unknown) => {
			const reply = await call(method, path, body);
			if (reply.body.success !== true) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
			return reply.body.data as T;
		},
		visit: (extra = {}) => ({
			staff_id: staff, services: [{ id: service, first_cost: 2500, discount: 0, cost: 2500, amount: 1 }], client: { phone: PHONE, name: 'Анна' }, datetime: `${DAY} 12:00:00`,
			seance_length: 3600, save_if_busy: false, send_sms: false, comment: '', api_id: 'wa-1', ...extra,
		}),
		online: (extra = {}, appointment = {}) => ({
			phone: PHONE, fullname: 'Анна', email: '', appointments: [{ id: 1, services: [service], staff_id: staff, datetime: `${DAY}T12:00:00+03:00`, ...appointment }], ...extra,
		}),
	};
}
