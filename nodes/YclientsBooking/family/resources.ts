import { vendorResources } from '../../shared/vendor/resources';
import { getAllCategories } from '../category/get-all';
import { getAllGoodsTransactions } from '../goods-transaction/get-all';
import { getAllSchedules } from '../schedule/get-all';
import { getVisit } from '../visit/get';
import { getVisitDetails } from '../visit/get-details';
import { setAttendance } from '../visit/set-attendance';
import { addWebhook } from '../webhook/add';
import { getWebhooks } from '../webhook/get';
import { removeWebhook } from '../webhook/remove';
import type { YclientsAccount } from './vendor';

/** Everything a node of either brand can do: the panel, the dispatch and the tests are made from this list. */
export const RESOURCES = vendorResources<YclientsAccount>([
	{ value: 'category', name: 'Category', operations: [getAllCategories] },
	{ value: 'goodsTransaction', name: 'Goods Transaction', operations: [getAllGoodsTransactions] },
	{ value: 'schedule', name: 'Schedule', operations: [getAllSchedules] },
	{ value: 'visit', name: 'Visit', operations: [getVisit, getVisitDetails, setAttendance] },
	{ value: 'webhook', name: 'Webhook', operations: [getWebhooks, addWebhook, removeWebhook] },
]);
