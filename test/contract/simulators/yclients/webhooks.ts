import type { Random, WebhookSender } from '../kit';
import type { HookResource } from './model';
import { serviceView, staffView } from './routes/catalogue';
import type { Sim } from './sim';
import type { ChangeKind } from './state';
import { naive, recordIso } from './time';
import { clientView } from './views/client';
import { recordView } from './views/record';

/** Webhooks name two resources in other words than the settings do. */
const RESOURCE_NAMES: Partial<Readonly<Record<HookResource, string>>> = { salon: 'company', master: 'staff' };

/** Sends one change to every URL of the branch's settings. No signature, no event id, one attempt. */
export function announce(sim: Sim, sender: WebhookSender, random: Random, companyId: number, resource: HookResource, id: number, kind: ChangeKind): void {
	const company = sim.state.companies.get(companyId);
	if (company === undefined || !company.hooks.active || !company.hooks.on.has(resource)) return;
	const body = JSON.stringify({ company_id: companyId, resource: RESOURCE_NAMES[resource] ?? resource, resource_id: id, status: kind, data: dataOf(sim, companyId, resource, id) });
	for (const url of company.hooks.urls) {
		const guid = sim.switches.webhookQuery === 'with-userGuid' ? `${url.includes('?') ? '&' : '?'}userGuid=${random.hex(16)}` : '';
		sender.send({ url: `${url}${guid}`, headers: { 'content-type': 'application/json' }, body });
	}
}

function dataOf(sim: Sim, companyId: number, resource: HookResource, id: number): unknown {
	const { state, switches } = sim;
	const company = state.companies.get(companyId);
	const full = switches.webhookData === 'full';
	const [record, client, service, staff] = [state.records.get(id), state.clients.get(id), state.services.get(id), state.staff.get(id)];
	if (company === undefined) return {};
	if (resource === 'record' && record !== undefined) {
		const { attendance, deleted } = record;
		if (!full) return { id, date: naive(company, record.start), attendance, deleted, last_change_date: recordIso(sim, company, record.changedAt) };
		return recordView(sim, company, null, record);
	}
	if (resource === 'client' && client !== undefined) {
		const view = clientView(sim, company, null, client);
		return full ? view : { id, last_change_date: view.last_change_date };
	}
	if (resource === 'service' && service !== undefined) return serviceView(service);
	if (resource === 'master' && staff !== undefined) return staffView(staff);
	return { id, last_change_date: recordIso(sim, company, sim.clock.now()) };
}
