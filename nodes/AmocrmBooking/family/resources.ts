import type { Brand } from '../../../core/crm/amocrm';
import type { Resource } from '../../shared/operation';
import { vendorResources } from '../../shared/vendor/resources';
import { createCard } from '../card/create';
import { getCard } from '../card/get';
import { getAllCards } from '../card/get-all';
import { updateCard } from '../card/update';
import { getAllCustomFields } from '../custom-field/get-all';
import { createComplexLead } from '../lead/create-complex';
import { moveLeadStage } from '../lead/move-stage';
import { addListElement } from '../list/add-element';
import { getAllLists } from '../list/get-all';
import { getListElements } from '../list/get-elements';
import { createNote } from '../note/create';
import { getAllNotes } from '../note/get-all';
import { getAllPipelines } from '../pipeline/get-all';
import { startSalesbot } from '../salesbot/start';
import { completeTask } from '../task/complete';
import { createTask } from '../task/create';
import { getAllTasks } from '../task/get-all';
import { addWebhook } from '../webhook/add';
import { getAllWebhooks } from '../webhook/get-all';
import { removeWebhook } from '../webhook/remove';
import type { AmocrmContext } from './context';
import { type CardWords, COMPANY, CONTACT, LEAD } from './fields';
import type { AmocrmAccount } from './vendor';

const cards = (words: CardWords) => [createCard(words), getCard(words), getAllCards(words), updateCard(words)] as const;
const BOTS: Resource<AmocrmContext> = { value: 'salesbot', name: 'Salesbot', operations: [startSalesbot] };

/** Everything a brand's node can do: the panel, the dispatch and the tests are made from this list. */
export function familyResources({ bots }: Brand): readonly Resource<AmocrmContext>[] {
	return vendorResources<AmocrmAccount>([
		{ value: 'companyCard', name: COMPANY.title, operations: [...cards(COMPANY)] },
		{ value: 'contact', name: CONTACT.title, operations: [...cards(CONTACT)] },
		{ value: 'customField', name: 'Custom Field', operations: [getAllCustomFields] },
		{ value: 'lead', name: LEAD.title, operations: [...cards(LEAD), createComplexLead, moveLeadStage] },
		{ value: 'list', name: 'List', operations: [getAllLists, getListElements, addListElement] },
		{ value: 'note', name: 'Note', operations: [createNote, getAllNotes] },
		{ value: 'pipeline', name: 'Pipeline', operations: [getAllPipelines] },
		...(bots ? [BOTS] : []),
		{ value: 'task', name: 'Task', operations: [createTask, completeTask, getAllTasks] },
		{ value: 'webhook', name: 'Webhook', operations: [getAllWebhooks, addWebhook, removeWebhook] },
	]);
}
