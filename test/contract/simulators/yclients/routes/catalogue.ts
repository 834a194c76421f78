import type { Answer, Route } from '../../kit';
import { companyRoute, userRoute, type UserCall } from '../access';
import { bookableServices, bookableStaff, isFree, lengthFor } from '../availability';
import { Refusal, success } from '../envelope';
import { numberOf, numbersOf } from '../inputs';
import type { Category, Company, Service, Staff } from '../model';
import type { Sim } from '../sim';
import { dateOf, readDatetime } from '../time';

/** Services, categories and staff: as clients see them and as the back office does. */
export function catalogueRoutes(sim: Sim): readonly Route[] {
	const services = (call: UserCall): Answer => allServices(sim, call);
	const staff = (call: UserCall): Answer => allStaff(sim, call);
	const category = (call: UserCall): Answer => success(categoryView(found(sim, [...sim.state.categories.values()], call.company, call.request.params.category)));
	return [
		companyRoute(sim, 'GET', '/book_services/{c}', ({ company, request }) => bookServices(sim, company, request.query)),
		companyRoute(sim, 'GET', '/book_staff/{c}', ({ company, request }) => bookStaff(sim, company, request.query)),
		userRoute(sim, 'catalogue', 'GET', '/company/{c}/services', services),
		userRoute(sim, 'catalogue', 'GET', '/company/{c}/services/{service}', ({ company, request }) =>
			success(serviceView(found(sim, [...sim.state.services.values()], licensed(sim, company), request.params.service)))),
		userRoute(sim, 'catalogue', 'GET', '/services/{c}', services),
		userRoute(sim, 'catalogue', 'GET', '/company/{c}/service_categories', ({ company }) => {
			const own = [...sim.state.categories.values()].filter(({ companyId }) => companyId === company.id);
			return success(own.map(categoryView), { total_count: own.length });
		}),
		userRoute(sim, 'catalogue', 'GET', '/company/{c}/service_categories/{category}', category),
		userRoute(sim, 'catalogue', 'GET', '/service_categories/{c}/{category}', category),
		userRoute(sim, 'catalogue', 'GET', '/company/{c}/staff', staff),
		userRoute(sim, 'catalogue', 'GET', '/company/{c}/staff/{staff}', ({ company, request }) =>
			success(staffView(found(sim, [...sim.state.staff.values()], licensed(sim, company), request.params.staff)))),
		userRoute(sim, 'catalogue', 'GET', '/staff/{c}', staff),
	];
}

function bookServices(sim: Sim, company: Company, query: URLSearchParams): Answer {
	const staffId = numberOf(query.get('staff_id')) ?? 0;
	const wanted = numbersOf(query, 'service_ids');
	const start = readDatetime(sim, company, query.get('datetime'));
	const services = bookableServices(sim, company).filter(({ id, staff }) => {
		if ((wanted.length > 0 && !wanted.includes(id)) || (staffId !== 0 && !staff.has(staffId))) return false;
		return start === null || bookableStaff(sim, company).some((one) => staff.has(one.id) && isFree(sim, company, one, start, staff.get(one.id) ?? 0));
	});
	const categories = new Set(services.map(({ categoryId }) => categoryId));
	return success({
		events: [],
		services: services.map((service) => ({
			id: service.id, title: service.title, category_id: service.categoryId, price_min: service.priceMin, price_max: service.priceMax, discount: 0, comment: service.comment,
			weight: service.weight, active: 1, sex: 0, image: '', prepaid: service.prepaid, ...(staffId === 0 ? {} : { seance_length: service.staff.get(staffId) }),
		})),
		[sim.switches.categoryKey]: [...sim.state.categories.values()].filter(({ id }) => categories.has(id)).map(({ id, title, weight }) => ({ id, title, sex: 0, api_id: 0, weight })),
	});
}

function bookStaff(sim: Sim, company: Company, query: URLSearchParams): Answer {
	const wanted = numbersOf(query, 'service_ids').map((id) => sim.state.services.get(id));
	const services = wanted.filter((service): service is Service => service?.companyId === company.id);
	const start = readDatetime(sim, company, query.get('datetime'));
	const staff = bookableStaff(sim, company).filter((one) => {
		const length = wanted.length === services.length ? lengthFor(services, one.id) : null;
		return length !== null && (start === null || isFree(sim, company, one, start, length));
	});
	return success(staff.map((one) => ({
		id: one.id, name: one.name, bookable: one.bookable, specialization: one.specialization, position: one.position ?? [], show_rating: 1, rating: 4.9, votes_count: 12,
		avatar: 'https://example.org/o.png', comments_count: 3, weight: 5, information: '<p>…</p>', schedule_till: one.scheduleTill, seance_date: dateOf(company, sim.clock.now()), seances: [],
	})));
}

function allServices(sim: Sim, { company, request }: UserCall): Answer {
	const staffId = numberOf(request.query.get('staff_id'));
	const categoryId = numberOf(request.query.get('category_id'));
	const services = [...sim.state.services.values()].filter((service) =>
		service.companyId === licensed(sim, company).id && (staffId === undefined || service.staff.has(staffId)) && (categoryId === undefined || service.categoryId === categoryId));
	return success(services.map(serviceView), { total_count: services.length });
}

function allStaff(sim: Sim, { company }: UserCall): Answer {
	const staff = [...sim.state.staff.values()].filter(({ companyId }) => companyId === licensed(sim, company).id);
	return success(staff.map(staffView), { total_count: staff.length });
}

/** A service as the back office sees it: lengths differ by person. */
export function serviceView(service: Service): Readonly<Record<string, unknown>> {
	return {
		id: service.id, salon_service_id: service.salonServiceId, title: service.title, category_id: service.categoryId, price_min: service.priceMin, price_max: service.priceMax, discount: 0,
		comment: service.comment, weight: service.weight, active: service.active ? 1 : 0, api_id: '', prepaid: service.prepaid,
		staff: [...service.staff].map(([id, seconds]) => ({ id, seance_length: seconds })), image_group: [],
	};
}

/** A person as the back office sees it. */
export function staffView(staff: Staff): Readonly<Record<string, unknown>> {
	return {
		id: staff.id, name: staff.name, company_id: staff.companyId, specialization: staff.specialization, position: staff.position ?? [], avatar: 'https://example.org/o.png',
		avatar_big: 'https://example.org/o_big.png', fired: staff.fired ? 1 : 0, status: 0, hidden: staff.hidden ? 1 : 0, user_id: 410_030, schedule_till: staff.scheduleTill,
	};
}

/** A category of services. */
export function categoryView({ id, title, weight }: Category): Readonly<Record<string, unknown>> {
	return { id, title, weight, sex: 0, api_id: 0, staff: [] };
}

function licensed({ profile }: Sim, company: Company): Company {
	if (!company.licensed) throw new Refusal(403, profile.texts.licence);
	return company;
}

function found<T extends { readonly id: number; readonly companyId: number }>({ profile }: Sim, all: readonly T[], company: Company, id: string | undefined): T {
	const entity = all.find((one) => one.companyId === company.id && one.id === Number(id));
	if (entity === undefined) throw new Refusal(404, profile.texts.notFound);
	return entity;
}
