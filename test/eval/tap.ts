import type { BookingCrm, Outcome } from '../../core/booking';

export type Call = Exclude<keyof BookingCrm, 'capabilities' | 'stream'>;

/** One call of the assistant to the CRM with what came back. */
export interface CallRecord {
	readonly call: Call;
	readonly args: readonly unknown[];
	readonly outcome: Outcome<unknown>;
	readonly at: number;
}

/** Listens to the assistant's calls; a hook runs once, in the middle of the next call of its name. */
export interface Tap {
	calls: CallRecord[];
	readonly hooks: Map<Call, () => Promise<void>>;
}

/** The CRM with an ear: every call is recorded with its outcome, and a hook may act between question and answer. */
export function tapped(crm: BookingCrm, tap: Tap, nowMs: () => number): BookingCrm {
	const heard =
		<A extends unknown[], T>(call: Call, real: (...args: A) => Promise<Outcome<T>>) =>
		async (...args: A): Promise<Outcome<T>> => {
			const hook = tap.hooks.get(call);
			tap.hooks.delete(call);
			await hook?.();
			const outcome = await real.apply(crm, args);
			tap.calls.push({ call, args, outcome, at: nowMs() });
			return outcome;
		};
	return {
		capabilities: crm.capabilities,
		company: heard('company', crm.company),
		services: heard('services', crm.services),
		staff: heard('staff', crm.staff),
		availableDates: heard('availableDates', crm.availableDates),
		slots: heard('slots', crm.slots),
		findClient: heard('findClient', crm.findClient),
		createClient: heard('createClient', crm.createClient),
		updateClient: heard('updateClient', crm.updateClient),
		appointments: heard('appointments', crm.appointments),
		createAppointment: heard('createAppointment', crm.createAppointment),
		rescheduleAppointment: heard('rescheduleAppointment', crm.rescheduleAppointment),
		cancelAppointment: heard('cancelAppointment', crm.cancelAppointment),
		findByOperation: heard('findByOperation', crm.findByOperation),
		stream: (name, window) => crm.stream(name, window),
	};
}
