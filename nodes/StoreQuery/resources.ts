import type { Resource } from '../shared/operation';
import { getAllClients } from './client/get-all';
import type { QueryContext } from './context';
import { getRecord } from './get';
import { getAllGoodsSales } from './goods-sale/get-all';
import { getAllRejects } from './rejected-record/get-all';
import { weeklyReport } from './report/weekly';
import { getAllSchedules } from './schedule/get-all';
import { getAllServices } from './service/get-all';
import { getAllStaff } from './staff/get-all';
import { getAllRuns } from './sync-run/get-all';
import { getRun } from './sync-run/get';
import { getAllVisits } from './visit/get-all';

/** Everything Store Query can do: the panel, the dispatch and the tests are made from this list. */
export const RESOURCES: readonly Resource<QueryContext>[] = [
	{ value: 'client', name: 'Client', operations: [getAllClients, getRecord('client', 'client')] },
	{ value: 'goodsSale', name: 'Goods Sale', operations: [getAllGoodsSales, getRecord('goods', 'goods sale')] },
	{ value: 'rejectedRecord', name: 'Rejected Record', operations: [getAllRejects] },
	{ value: 'report', name: 'Report', operations: [weeklyReport] },
	{ value: 'schedule', name: 'Schedule', operations: [getAllSchedules, getRecord('schedule', 'schedule')] },
	{ value: 'service', name: 'Service', operations: [getAllServices, getRecord('service', 'service')] },
	{ value: 'staff', name: 'Staff', operations: [getAllStaff, getRecord('staff', 'staff member')] },
	{ value: 'syncRun', name: 'Sync Run', operations: [getAllRuns, getRun] },
	{ value: 'visit', name: 'Visit', operations: [getAllVisits, getRecord('visit', 'visit')] },
];
