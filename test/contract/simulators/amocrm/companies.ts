import { type Route, route } from '../kit';
import { runBatch, runOne, type Prepare } from './batch';
import { readCard, showCard } from './cards';
import { hal, list, missing, type FieldError } from './envelope';
import { applyListQuery, readListQuery } from './filters';
import type { Company } from './model';
import type { Parts } from './parts';

/** `/companies`. */
export function companyRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	const show = (request: Parameters<typeof showCard>[1], company: Company): unknown => ({ ...showCard(world, request, 'companies', company), _embedded: { tags: company.tags } });
	return [
		route('GET', '/api/v4/companies', (request) => {
			const query = readListQuery(world, request, ['updated_at', 'id']);
			if ('status' in query) return query;
			return list(world, request, 'companies', applyListQuery(world, [...world.companies.values()], query).map((one) => show(request, one)));
		}),
		route('GET', '/api/v4/companies/{id}', (request) => {
			const company = world.companies.get(Number(request.params.id));
			return company === undefined ? missing(world) : hal(200, show(request, company));
		}),
		route('POST', '/api/v4/companies', (request) => runBatch({ world, request, key: 'companies', path: 'companies' }, (row) => prepareCompany(parts, row))),
		route('PATCH', '/api/v4/companies/{id}', (request) => {
			const company = world.companies.get(Number(request.params.id));
			return runOne(world, request, `companies/${request.params.id}`, company !== undefined, (row) => {
				if (company === undefined) return { errors: [] };
				const errors: FieldError[] = [];
				const card = readCard(world, 'companies', row, company, errors);
				if (errors.length > 0) return { errors };
				return {
					commit: () => {
						const before = { ...company };
						Object.assign(company, card, { updated_at: world.now() });
						parts.journal.updated('company', before, company);
						return { id: company.id, updated_at: company.updated_at };
					},
				};
			});
		}),
	];
}

/** Reads a new company; `commit` opens the card. */
export const prepareCompany = ({ world, journal }: Parts, row: Readonly<Record<string, unknown>>): ReturnType<Prepare> => {
	const errors: FieldError[] = [];
	const card = readCard(world, 'companies', row, { values: new Map(), tags: [] }, errors);
	if (errors.length > 0) return { errors };
	return {
		commit: () => {
			const company: Company = { ...world.blank(card.name ?? ''), ...card };
			world.companies.set(company.id, company);
			journal.added('company', [company]);
			return { id: company.id };
		},
	};
};
