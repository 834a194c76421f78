import { vendorResources } from '../shared/vendor/resources';
import { createToDo } from './activity/create-to-do';
import { runBatch } from './batch/run';
import { getAllResources } from './booking-resource/get-all';
import { getSchedule } from './booking-resource/get-schedule';
import { setSchedule } from './booking-resource/set-schedule';
import { createEvent } from './calendar/create';
import { deleteEvent } from './calendar/delete';
import { getAllEvents } from './calendar/get-all';
import { getBusy } from './calendar/get-busy';
import { updateEvent } from './calendar/update';
import { createItem } from './item/create';
import { deleteItem } from './item/delete';
import { getItem } from './item/get';
import { getAllItems } from './item/get-all';
import { CONTACT, DEAL, type ItemKind, LEAD } from './item/kinds';
import { updateItem } from './item/update';
import { getAllPipelines } from './pipeline/get-all';
import { getFields } from './pipeline/get-fields';
import { getAllProducts } from './product/get-all';
import type { Operation } from '../shared/operation';
import type { Bitrix24Context } from './context';
import type { Bitrix24Account } from './vendor';

const itemOperations = (kind: ItemKind): readonly [Operation<Bitrix24Context>, ...Operation<Bitrix24Context>[]] => [createItem(kind), deleteItem(kind), getItem(kind), getAllItems(kind), updateItem(kind)];

/** Everything the node can do: the panel, the dispatch and the tests are made from this list. */
export const RESOURCES = vendorResources<Bitrix24Account>([
	{ value: 'activity', name: 'Activity', operations: [createToDo] },
	{ value: 'batch', name: 'Batch', operations: [runBatch] },
	{ value: 'bookingResource', name: 'Booking Resource', operations: [getAllResources, getSchedule, setSchedule] },
	{ value: 'calendarEvent', name: 'Calendar Event', operations: [createEvent, deleteEvent, getBusy, getAllEvents, updateEvent] },
	{ value: 'contact', name: 'Contact', operations: itemOperations(CONTACT) },
	{ value: 'deal', name: 'Deal', operations: itemOperations(DEAL) },
	{ value: 'lead', name: 'Lead', operations: itemOperations(LEAD) },
	{ value: 'pipeline', name: 'Pipeline', operations: [getAllPipelines, getFields] },
	{ value: 'product', name: 'Product', operations: [getAllProducts] },
]);
