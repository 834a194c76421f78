import { type Route, route, type SimRequest } from '../kit';
import { runBatch } from './batch';
import { readCard } from './cards';
import { hal, list, missing, type FieldError } from './envelope';
import { showValues } from './fields';
import { applyListQuery, readListQuery } from './filters';
import type { Catalog, CatalogElement } from './model';
import type { Parts } from './parts';
import type { PhpBranch } from './php';

/** `/catalogs` and their elements: prices and numbers come as strings; no filter by change. */
export function catalogRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	return [
		route('GET', '/api/v4/catalogs', (request) => list(world, request, 'catalogs', [...world.catalogs.values()].map((one) => showCatalog(parts, one)))),
		route('GET', '/api/v4/catalogs/{catalog}', (request) => {
			const catalog = world.catalogs.get(Number(request.params.catalog));
			return catalog === undefined ? missing(world) : hal(200, showCatalog(parts, catalog));
		}),
		route('GET', '/api/v4/catalogs/{catalog}/elements', (request) => {
			const catalog = Number(request.params.catalog);
			if (!world.catalogs.has(catalog)) return missing(world);
			const query = readListQuery(world, request, ['id']);
			if ('status' in query) return query;
			const filter: PhpBranch = query.filter.id === undefined ? {} : { id: query.filter.id };
			const rows = [...world.elements.values()].filter((one) => one.catalog_id === catalog && !one.is_deleted);
			return list(world, request, 'elements', applyListQuery(world, rows, { ...query, filter }).map((one) => showElement(parts, one)));
		}),
		route('GET', '/api/v4/catalogs/{catalog}/elements/{id}', (request) => {
			const element = world.elements.get(Number(request.params.id));
			return element === undefined || element.catalog_id !== Number(request.params.catalog) ? missing(world) : hal(200, showElement(parts, element));
		}),
		route('POST', '/api/v4/catalogs/{catalog}/elements', (request) => write(parts, request, false)),
		route('PATCH', '/api/v4/catalogs/{catalog}/elements', (request) => write(parts, request, true)),
	];
}

function write(parts: Parts, request: SimRequest, change: boolean): ReturnType<typeof hal> {
	const { world, journal } = parts;
	const catalog = Number(request.params.catalog);
	if (!world.catalogs.has(catalog)) return missing(world);
	return runBatch({ world, request, key: 'elements', path: `catalogs/${catalog}/elements` }, (row) => {
		const errors: FieldError[] = [];
		const known = change ? world.elements.get(Number(row.id)) : undefined;
		if (change && (known === undefined || known.catalog_id !== catalog)) return { errors: [{ code: 'NotFound', path: 'id', detail: 'Element not found' }] };
		const card = readCard(world, `catalog:${catalog}`, row, known ?? { values: new Map(), tags: [] }, errors);
		if (!change && card.name === undefined) errors.push({ code: 'FieldMissing', path: 'name', detail: 'This field is missing.' });
		if (errors.length > 0) return { errors };
		return {
			commit: () => {
				const element: CatalogElement = known ?? { ...world.blank(card.name ?? ''), catalog_id: catalog };
				Object.assign(element, card, { updated_at: world.now() });
				world.elements.set(element.id, element);
				journal.element(change ? 'update' : 'add', element);
				return { id: element.id };
			},
		};
	});
}

function showCatalog({ world }: Parts, catalog: Catalog): unknown {
	return { ...catalog, can_add_elements: true, can_link_multiple: true, can_be_deleted: false, sdk_widget_code: null, created_by: 1, updated_by: 1, account_id: world.account.id };
}

function showElement({ world }: Parts, element: CatalogElement): unknown {
	const { id, catalog_id, name, is_deleted, created_at, updated_at } = element;
	return { id, catalog_id, name, is_deleted, created_by: 1, updated_by: 1, created_at, updated_at, account_id: world.account.id, custom_fields_values: showValues(world, element.values) };
}
