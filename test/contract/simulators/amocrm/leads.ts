import { type Route, route, type SimRequest } from '../kit';
import { runBatch, runOne } from './batch';
import { hal, list, missing } from './envelope';
import { applyListQuery, readListQuery } from './filters';
import { changeLead, prepareLead, showLead } from './lead-rows';
import type { Lead } from './model';
import { listOf } from './php';
import type { Parts } from './parts';
import { notChanged } from './unchanged';

const SORTABLE = ['created_at', 'updated_at', 'id'];

/** `/leads`: nothing here knows that two of them may be the same hour of the same person. */
export function leadRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	return [
		route('GET', '/api/v4/leads', (request) => {
			const query = readListQuery(world, request, SORTABLE);
			if ('status' in query) return query;
			const bin = query.with.includes('only_deleted');
			const rows = applyListQuery(world, [...world.leads.values()].filter((lead) => lead.is_deleted === bin), query);
			return notChanged(world, request, rows) ?? list(world, request, 'leads', rows.map((lead) => showLead(parts, request, lead, query.with)));
		}),
		route('GET', '/api/v4/leads/{id}', (request) => {
			const lead = leadOf(parts, request);
			return lead === undefined ? missing(world) : hal(200, showLead(parts, request, lead, listOf(request.query.get('with') ?? undefined)));
		}),
		route('POST', '/api/v4/leads', (request) => runBatch({ world, request, key: 'leads', path: 'leads' }, (row) => prepareLead(parts, row))),
		route('PATCH', '/api/v4/leads', (request) =>
			runBatch({ world, request, key: 'leads', path: 'leads' }, (row) => {
				const lead = world.leads.get(Number(row.id));
				return lead === undefined || lead.is_deleted ? { errors: [{ code: 'NotFound', path: 'id', detail: 'Element not found' }] } : changeLead(parts, lead)(row);
			}),
		),
		route('PATCH', '/api/v4/leads/{id}', (request) => {
			const lead = leadOf(parts, request);
			return runOne(world, request, `leads/${request.params.id}`, lead !== undefined, lead === undefined ? () => ({ errors: [] }) : changeLead(parts, lead));
		}),
	];
}

function leadOf({ world }: Parts, request: SimRequest): Lead | undefined {
	const lead = world.leads.get(Number(request.params.id));
	return lead?.is_deleted === true ? undefined : lead;
}
