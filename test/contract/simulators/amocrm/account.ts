import { formatOffset, offsetOf, type Route, route } from '../kit';
import { hal, list, missing, selfLink } from './envelope';
import type { User } from './model';
import type { Parts } from './parts';
import { listOf } from './php';
import { taskTypes } from './tasks';

const SYMBOLS: Readonly<Record<string, string>> = { RUB: '₽', USD: '$', EUR: '€' };
const EVERYTHING = { view: 'A', edit: 'A', add: 'A', delete: 'D', export: 'A' };

/** `/account`, `/users`, pipelines and loss reasons: what set-up reads. */
export function accountRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	const reasons = (): readonly unknown[] => [...world.lossReasons].map(([id, name]) => ({ id, name, sort: 10 }));
	return [
		route('GET', '/api/v4/account', (request) => hal(200, { ...showAccount(parts, listOf(request.query.get('with') ?? undefined)), _links: selfLink(request, 'account') })),
		route('GET', '/api/v4/users', (request) => list(world, request, 'users', [...world.users.values()].map((user) => showUser(parts, user)), { totals: true })),
		route('GET', '/api/v4/users/{id}', (request) => {
			const user = world.users.get(Number(request.params.id));
			return user === undefined ? missing(world) : hal(200, showUser(parts, user));
		}),
		route('GET', '/api/v4/leads/pipelines', (request) => {
			const pipelines = [...world.pipelines.keys()].map((id) => showPipeline(parts, id));
			return hal(200, { _total_items: pipelines.length, _links: selfLink(request, 'leads/pipelines'), _embedded: { pipelines } });
		}),
		route('GET', '/api/v4/leads/pipelines/{id}', (request) => {
			const shown = showPipeline(parts, Number(request.params.id));
			return shown === null ? missing(world) : hal(200, shown);
		}),
		route('GET', '/api/v4/leads/loss_reasons', (request) => list(world, request, 'loss_reasons', reasons())),
	];
}

function showAccount(parts: Parts, extra: readonly string[]): Readonly<Record<string, unknown>> {
	const { world, ids } = parts;
	const { account } = world;
	const offset = formatOffset(offsetOf(world.clock.now(), account.zone));
	const patterns = world.brand.language === 'ru' ? { date_pattern: 'd.m.Y H:i', date_format: 'd.m.Y', time_format: 'H:i:s' } : { date_pattern: 'm/d/Y H:i', date_format: 'm/d/Y', time_format: 'H:i:s' };
	return {
		id: account.id,
		name: account.name,
		subdomain: account.movedTo ?? account.subdomain,
		created_at: 1_700_000_000,
		created_by: 0,
		updated_at: 1_786_000_000,
		updated_by: 0,
		current_user_id: ids.user,
		country: account.country,
		currency: account.currency,
		currency_symbol: SYMBOLS[account.currency] ?? account.currency,
		customers_mode: 'disabled',
		is_unsorted_on: true,
		is_loss_reason_enabled: true,
		...(extra.includes('is_api_filter_enabled') ? { is_api_filter_enabled: world.switches.filters === 'on' } : {}),
		...(extra.includes('version') ? { version: 12 } : {}),
		_embedded: {
			...(extra.includes('datetime_settings') ? { datetime_settings: { ...patterns, timezone: account.zone, timezone_offset: offset } } : {}),
			...(extra.includes('task_types') ? { task_types: taskTypes(parts) } : {}),
			...(world.brand.name === 'kommo' && extra.includes('entity_names') ? { entity_names: { leads: { en: { plural_form: { dative: 'leads', default: 'leads' }, singular_form: { default: 'lead' } } } } } : {}),
		},
	};
}

function showUser(parts: Parts, user: User): unknown {
	const rights = { is_admin: user.is_admin, is_active: user.is_active, is_free: false, group_id: 0, role_id: null, leads: EVERYTHING, contacts: EVERYTHING, mail_access: false, catalog_access: true };
	return { id: user.id, name: user.name, email: user.email, lang: parts.world.brand.language, rights };
}

function showPipeline({ world }: Parts, id: number): unknown {
	const pipeline = world.pipelines.get(id);
	if (pipeline === undefined) return null;
	const { stages, ...rest } = pipeline;
	const account = { account_id: world.account.id };
	return { ...rest, is_unsorted_on: world.brand.incomingStage, ...account, _embedded: { statuses: stages.map((stage) => ({ ...stage, pipeline_id: id, ...account })) } };
}
