import { html, json, slidingWindows, wallOf, type Answer, type RateLimit, type Route, route, type SimRequest } from '../kit';
import type { Master, Service, World } from './world';

const DAY = 86_400_000;
const MAX_DAYS = 92;
const SYMBOLS: Readonly<Record<string, string>> = { RUB: '₽', EUR: '€', USD: '$' };

/** `nested`: error is an object; `bare`: there is no error key. */
type Envelope = 'nested' | 'bare';
type Body = Readonly<Record<string, unknown>>;

/** The six readings of the booking widget. Nothing of it is documented, and errors come with 200. */
export function widgetRoutes(world: World): readonly Route[] {
	const pace = slidingWindows(world.clock, [{ requests: 1, milliseconds: 1000 }]);
	const reading = (path: string, key: string, kind: Envelope, read: (request: SimRequest) => Body | null): Route =>
		route('GET', path, (request) => guarded(world, pace) ?? wrap(world, kind, request.query.get(key) === world.company.id ? read(request) : null));
	return [
		reading('/mobile/ajax/newrecord/project_options', 'company', 'nested', () => ({ company: company(world) })),
		reading('/mobile/ajax/newrecord/company_services', 'company', 'nested', (request) => ({ list: services(world, request.query.get('array') === '1', request.query.get('master') ?? '') })),
		reading('/ajax/newrecord/to_master_get_masters', 'company_id', 'bare', () => ({
			masters_order: [...world.masters.keys()],
			masters: phpMap(world, [...world.masters.values()].map((one) => [one.id, master(one)])),
		})),
		reading('/mobile/ajax/newrecord/master_info', 'company_id', 'nested', (request) => {
			const found = world.masters.get(request.query.get('master_id') ?? '');
			return found === undefined ? null : { master: master(found) };
		}),
		reading('/ajax/newrecord/get_dates_true', 'company_id', 'bare', (request) => dates(world, request)),
		reading('/mobile/ajax/newrecord/get_datetimes', 'company_id', 'nested', (request) => times(world, request)),
	];
}

function guarded(world: World, pace: RateLimit): Answer | null {
	const blocks: Readonly<Record<string, () => Answer | null>> = {
		off: () => null,
		pace: () => (pace('visitor').allowed ? null : html(403, 'Access denied')),
		html_403: () => html(403, 'Access denied'),
		html_503: () => html(503, 'Checking your browser'),
		captcha_200: () => html(200, 'Are you a robot?'),
		too_many_429: () => json(429, { error: 1, message: 'Too many requests' }),
	};
	return blocks[world.switches.protection]?.() ?? null;
}

function wrap(world: World, seen: Envelope, data: Body | null): Answer {
	const { envelope } = world.switches;
	if (data === null) return json(200, envelope === 'as_seen' && seen === 'nested' ? { error: { code: 'COMPANY_ERROR', message: 'Компания не найдена' } } : { error: 'COMPANY_ERROR', message: 'Компания не найдена' });
	if (envelope === 'flat') return json(200, { error: 0, data });
	return json(200, envelope === 'bare' || seen === 'bare' ? data : { error: { code: 0, message: '' }, data });
}

/** A map as PHP writes it: an empty one is a list. */
function phpMap(world: World, entries: readonly (readonly [string, unknown])[]): unknown {
	return entries.length === 0 && world.switches.emptyMap === 'array' ? [] : Object.fromEntries(entries);
}

function figure(world: World, value: number): unknown {
	return world.switches.widgetNumbers === 'strings' ? String(value) : value;
}

function company(world: World): unknown {
	const { id, name, currency, hours } = world.company;
	const schedule = Array.from({ length: 7 }, (_, index) => ({ day: String(index + 1), work_from: hours.from, work_to: hours.to }));
	return { id, name, description: '', image: '', phones: ['+79990000000'], address: 'Lesnaya 1', currency_abbr: SYMBOLS[currency] ?? currency, status_id: '1', schedule };
}

function services(world: World, asArray: boolean, masterId: string): unknown {
	const only = world.switches.masterServices === 'of_master' ? world.masters.get(masterId)?.services : undefined;
	const shown = [...world.services.values()].filter(({ id }) => only === undefined || only.has(id)).map((one) => [one.id, service(world, one)] as const);
	const group = { id: '11', name: 'Hair', services: asArray ? shown.map(([, one]) => one) : phpMap(world, shown) };
	return asArray ? [group] : phpMap(world, [['11', group]]);
}

function service(world: World, { id, companyServiceId, name, price, minutes }: Service): unknown {
	const cost = figure(world, price / 100);
	return { id, company_service_id: companyServiceId, name, image: '', cost, price: cost, time: figure(world, minutes), floating: '0', discount: null };
}

function master({ id, name }: Master): Body {
	return { id, username: name, post: 'Stylist', image: '' };
}

function serviceIds(world: World, request: SimRequest, name: string): readonly string[] {
	const asked = [...request.query].filter(([key]) => key === `${name}[]` || key === name).map(([, value]) => value);
	const own = (given: string): string | undefined =>
		world.switches.slotServiceId === 'id' ? given : [...world.services.values()].find(({ companyServiceId }) => companyServiceId === given)?.id;
	return asked.map((given) => own(given) ?? 'unknown');
}

function mastersFor(world: World, asked: string | null): readonly Master[] {
	return [...world.masters.values()].filter(({ id }) => asked === null || asked === '' || asked === id);
}

function dates(world: World, request: SimRequest): Body | null {
	const ids = serviceIds(world, request, 'services_id');
	const wanted = [...request.query].find(([key]) => key.startsWith('master_id['))?.[1] ?? null;
	const [from, to] = [request.query.get('date_from'), request.query.get('date_to')].map((day) => Date.parse(`${day ?? ''}T00:00:00Z`));
	if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return null;
	const days: string[] = [];
	for (let day = from; day <= to && day <= from + MAX_DAYS * DAY; day += DAY) days.push(new Date(day).toISOString().slice(0, 10));
	return { dates_true: days.filter((date) => mastersFor(world, wanted).some((one) => ids.length > 0 && world.starts(one, ids, date).length > 0)) };
}

function times(world: World, request: SimRequest): Body | null {
	const ids = serviceIds(world, request, 'service_id');
	const date = request.query.get('date') ?? '';
	if (ids.length === 0 || Number.isNaN(Date.parse(`${date}T00:00:00Z`))) return null;
	const [first] = ids.map((id) => world.services.get(id));
	const free = mastersFor(world, request.query.get('master_id')).flatMap((one) => {
		const starts = world.starts(one, ids, date);
		return starts.length === 0 ? [] : [{ one, starts: starts.map((start) => wallOf(start, world.company.zone).replace('T', ' ')) }];
	});
	const minutes = world.endOf(0, ids) / 60_000;
	const cost = figure(world, (first?.price ?? 0) / 100);
	const day = free.length === 0 ? null : date;
	return {
		masters: phpMap(world, free.map(({ one }) => [one.id, { ...master(one), service_name: first?.name, cost, time: figure(world, minutes), price: cost }])),
		times: phpMap(world, free.map(({ one, starts }) => [one.id, starts])),
		dates_true: day === null ? [] : [day], date_near: day, first_date_true: day,
		currency: { abbr: SYMBOLS[world.company.currency] ?? world.company.currency, iso: world.company.currency }, warning: '',
	};
}
