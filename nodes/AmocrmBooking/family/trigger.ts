import { mapOutcome } from '../../../core/booking';
import { office } from '../../../core/crm/amocrm';
import type { CrmVendor } from '../../shared/vendor/vendor';
import type { Registration, Signal, VendorTrigger } from '../../shared/vendor/trigger/trigger';
import type { AmocrmAccount } from './vendor';

/** What an address has to hear for an event of ours; a visit is a lead. */
const HEARD: Readonly<Record<string, office.HookEvent>> = { appointment: 'lead', client: 'client', companyCard: 'companyCard', lead: 'lead', task: 'task' };

const settingsOf = (events: readonly string[]): readonly string[] => [...new Set(events.flatMap((event) => (HEARD[event] === undefined ? [] : office.HOOK_SETTINGS[HEARD[event]])))];

const registration: Registration<AmocrmAccount> = {
	isRegistered: async (account, { url, events }) =>
		mapOutcome(await office.hooks(account.office, url), (hooks) => hooks.some(({ disabled, settings }) => !disabled && settingsOf(events).every((one) => settings.includes(one)))),
	register: (account, { url, events }) => office.addHook(account.office, url, settingsOf(events)),
	unregister: (account, { url }) => office.removeHook(account.office, url),
};

/** The trigger of a brand. The vendor signs nothing: the secret is in the address, and the body is only a hint to read again. */
export function familyTrigger(vendor: CrmVendor<AmocrmAccount>): VendorTrigger<AmocrmAccount> {
	return {
		vendor,
		events: [
			{ name: 'Appointment', value: 'appointment' },
			{ name: 'Client', value: 'client' },
			{ name: 'Company Card', value: 'companyCard' },
			{ name: 'Lead', value: 'lead' },
			{ name: 'Task', value: 'task' },
		],
		signalsOf: (account, { body }) => office.hookSignals(body, account.subdomain).flatMap((signal) => eventsOf(account, signal)),
		read(account, { event, id }) {
			if (event === 'appointment') return account.crm.appointment(id);
			if (event === 'task') return office.readTask(account.office, id);
			return office.readCard(account.office, event === 'client' ? 'contact' : event === 'companyCard' ? 'company' : 'lead', id);
		},
		registration,
		streams: { appointment: 'visits', client: 'clients' },
	};
}

/** A lead of the booking pipeline is a visit too. */
function eventsOf({ pipelineId }: AmocrmAccount, { key, event, change, id, pipelineId: held }: office.HookSignal): readonly Signal[] {
	const plain = { key, event, change, id };
	const isVisit = event === 'lead' && (held === null || held === pipelineId);
	return isVisit ? [plain, { ...plain, key: `visit:${key}`, event: 'appointment' }] : [plain];
}
