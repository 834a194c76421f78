import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { FamilyOptions, FamilySimulator } from '../../contract/simulators/amocrm';
import type { VendorBench } from './vendor-fixture';
import { chosen } from './walking';

const HOURS = '09:00-21:00';
const DAY_MS = 86_400_000;

/** An account of a brand in real time, with a salon that takes bookings. */
export async function startOffice(start: (options: FamilyOptions) => Promise<FamilySimulator>, options: FamilyOptions = {}): Promise<FamilySimulator> {
	const salon = { services: [{ name: 'Стрижка', minutes: 60, price: 200_000 }], staff: [{ name: 'Anna' }] };
	return start({ now: new Date().toISOString(), running: true, limits: false, salon, zone: 'Europe/Moscow', country: 'RU', currency: 'RUB', ...options });
}

/** The credential of an account, as an operator fills it in. */
export function credentialOf(sim: FamilySimulator): ICredentialDataDecryptedObject {
	return { accessToken: sim.oauth.issueLongLived(), subdomain: sim.state.account.subdomain, baseUrl: `${sim.url}/api/v4` };
}

/** The settings of the panel for an account. */
export function settingsOf({ ids }: FamilySimulator): INodeParameters {
	const id = (number: number): INodeParameters => chosen(String(number));
	return {
		pipelineId: id(ids.pipeline),
		bookedStageId: id(ids.statusNew),
		startFieldId: id(ids.fields.start),
		durationFieldId: id(ids.fields.duration),
		operationFieldId: id(ids.fields.operation),
		specialistFieldId: id(ids.fields.specialist),
		catalogId: id(ids.catalog),
		salonPlan: JSON.stringify({ company: { workingHours: { mon: HOURS, tue: HOURS, wed: HOURS, thu: HOURS, fri: HOURS, sat: HOURS, sun: HOURS } } }),
		crmOptions: { serviceDurationFieldId: String(ids.fields.serviceMinutes), lossReasonCancelledId: String(ids.lossByClient) },
	};
}

/** A brand's account for the walk over all operations. */
export async function familyBench(start: (options: FamilyOptions) => Promise<FamilySimulator>, credential: string): Promise<VendorBench> {
	const sim = await startOffice(start);
	const { ids, state } = sim;
	const contact = state.putContact('Вера', '+79161234501');
	const lead = state.putLead({ name: 'Заявка', pipeline_id: ids.pipeline, status_id: ids.statusNew, values: new Map(), contacts: [{ id: contact.id, is_main: true }] });
	const company = state.blank('ООО Луна');
	state.companies.set(company.id, company);
	state.tasks.set(900, {
		id: 900, text: 'Позвонить', complete_till: state.now() + 3600, duration: 0, task_type_id: 1, entity_type: 'leads', entity_id: lead.id, responsible_user_id: ids.user, is_completed: false, result: null, created_at: state.now(), updated_at: state.now(),
	});
	state.notes.push({ id: 901, entity_type: 'leads', entity_id: lead.id, note_type: 'common', params: { text: 'Заметка' }, created_at: state.now() });
	state.webhooks.push({ id: 902, destination: 'http://127.0.0.1:9/hook', settings: ['add_lead'], sort: 1, disabled: false, created_at: state.now(), updated_at: state.now() });
	const id = (number: number): INodeParameters => chosen(String(number));
	const comment = { field: [{ fieldId: id(ids.fields.operation), value: 'x' }] };
	const email = { field: [{ fieldId: id(ids.fields.email), value: 'v@example.com' }] };
	return {
		credentials: { [credential]: credentialOf(sim) },
		settings: settingsOf(sim),
		phone: '+79161234501',
		own: () => ({
			'companyCard create': { cardName: 'ООО Солнце', options: { tags: 'vip' } },
			'companyCard get': { cardId: id(company.id) },
			'companyCard getAll': {},
			'companyCard update': { cardId: id(company.id), updateFields: { name: 'ООО Луна+' } },
			'contact create': { cardName: 'Ольга', customFields: email },
			'contact get': { cardId: id(contact.id) },
			'contact getAll': { filters: { search: 'Вера' } },
			'contact update': { cardId: id(contact.id), customFields: email },
			'customField getAll': {},
			'lead create': { cardName: 'Заявка', leadPipelineId: id(ids.pipeline), leadStageId: id(ids.statusNew), contactIds: String(contact.id), customFields: comment, options: { price: 1500 } },
			'lead createComplex': { cardName: 'Заявка', contactName: 'Пётр', contactFields: email },
			'lead get': { cardId: id(lead.id) },
			'lead getAll': { filters: { pipelineId: String(ids.pipeline), stageId: String(ids.statusNew) } },
			'lead moveStage': { cardId: id(lead.id), leadPipelineId: id(ids.pipeline), leadStageId: id(ids.statusConfirmed) },
			'lead update': { cardId: id(lead.id), updateFields: { price: 100 } },
			'list addElement': { listId: id(ids.catalog), elementName: 'Укладка' },
			'list getAll': {},
			'list getElements': { listId: id(ids.catalog) },
			'note create': { leadCardId: id(lead.id), contactCardId: id(contact.id), companyCardId: id(company.id), noteText: 'Заметка' },
			'note getAll': { leadCardId: id(lead.id), contactCardId: id(contact.id), companyCardId: id(company.id) },
			'pipeline getAll': {},
			'salesbot start': { botId: String(ids.bot), leadCardId: id(lead.id), contactCardId: id(contact.id) },
			'task complete': { taskId: '900', taskResult: 'Дозвонились' },
			'task create': { taskText: 'Позвонить', due: new Date(Date.now() + DAY_MS).toISOString(), leadCardId: id(lead.id), contactCardId: id(contact.id), companyCardId: id(company.id) },
			'task getAll': { taskState: 'any', leadCardId: id(lead.id), contactCardId: id(contact.id), companyCardId: id(company.id) },
			'webhook add': { address: 'http://127.0.0.1:9/a' },
			'webhook getAll': {},
			'webhook remove': { address: 'http://127.0.0.1:9/a' },
			'apiRequest send': { path: 'leads/pipelines' },
		}),
		close: () => sim.close(),
	};
}
