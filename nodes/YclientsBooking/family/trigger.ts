import { mapOutcome } from '../../../core/booking';
import { type Brand, office } from '../../../core/crm/yclients';
import type { CrmVendor } from '../../shared/vendor/vendor';
import type { Registration, VendorTrigger } from '../../shared/vendor/trigger/trigger';
import type { YclientsAccount } from './vendor';

/** Only what can be read one by one is heard of: a delivery tells that something changed, not what it is. */
const KINDS: Readonly<Record<string, { readonly name: string; readonly switch: office.HookResource; readonly resource: string; readonly record: office.RecordKind | null }>> = {
	appointment: { name: 'Appointment', switch: 'record', resource: 'record', record: null },
	client: { name: 'Client', switch: 'client', resource: 'client', record: 'client' },
	company: { name: 'Company', switch: 'salon', resource: 'company', record: 'company' },
	service: { name: 'Service', switch: 'service', resource: 'service', record: 'service' },
	serviceCategory: { name: 'Service Category', switch: 'service_category', resource: 'service_category', record: 'service_category' },
	staff: { name: 'Staff Member', switch: 'master', resource: 'staff', record: 'staff' },
};

const registration: Registration<YclientsAccount> = {
	isRegistered: async (account, { url, events }) => mapOutcome(await office.hooks(account.office), ({ urls, active, resources }) => active && urls.includes(url) && switchesOf(events).every((one) => resources.includes(one))),
	register: (account, { url, events }) => office.addHook(account.office, url, switchesOf(events)),
	unregister: (account, { url }) => office.removeHook(account.office, url),
};

function switchesOf(events: readonly string[]): readonly office.HookResource[] {
	return events.flatMap((event) => KINDS[event]?.switch ?? []);
}

/** The trigger of a brand. The vendor signs nothing and sends once: the secret is in the address, and what is lost a poll or the sync finds. */
export function brandTrigger(vendor: CrmVendor<YclientsAccount>, { setsWebhooks }: Brand): VendorTrigger<YclientsAccount> {
	return {
		vendor,
		events: [{ name: 'Appointment', value: 'appointment' }, ...Object.entries(KINDS).filter(([value]) => value !== 'appointment').map(([value, { name }]) => ({ name, value }))],
		signalsOf(account, { body }) {
			const signal = office.hookSignalOf(body);
			if (signal === null || signal.companyId !== account.office.companyId) return [];
			const [event] = Object.entries(KINDS).find(([, { resource }]) => resource === signal.resource) ?? [];
			return event === undefined ? [] : [{ key: signal.key, event, change: signal.change, id: signal.id }];
		},
		read(account, { event, id }) {
			const kind = KINDS[event]?.record ?? null;
			return kind === null ? account.crm.appointment(id) : office.record(account.office, kind, id);
		},
		...(setsWebhooks ? { registration } : {}),
		streams: { appointment: 'visits', client: 'clients' },
	};
}
