import { type Route } from '../../kit';
import { companyRoute, partnerRoute, signedInRoute, userRoute } from '../access';
import { Refusal, success } from '../envelope';
import { flagOf, isPhone, pageOf, numberOf } from '../inputs';
import type { Company } from '../model';
import type { Sim } from '../sim';
import { iso } from '../time';
import { offsetOf } from '../../kit';
import { phoneFor } from '../views/people';

const SYMBOLS: Readonly<Record<string, string>> = { RUB: '₽', EUR: '€', USD: '$', GBP: '£', KZT: '₸', UAH: '₴' };

/** Branches, their settings, and clients across a network. */
export function companyRoutes(sim: Sim): readonly Route[] {
	const { state, profile } = sim;
	return [
		companyRoute(sim, 'GET', '/company/{c}', ({ company, user }) => success(companyView(sim, company, user?.companies.has(company.id) === true), {})),
		partnerRoute(sim, 'GET', '/companies', ({ request: { query }, user }) => {
			const mine = flagOf(query.get('my'));
			if (mine && user === null) throw new Refusal(401, profile.texts.unauthorized);
			// Without `my=1` it is the whole marketplace.
			const companies = [...state.companies.values()].filter(({ id }) => !mine || user?.companies.has(id) === true);
			const page = pageOf(companies, query.get('page'), numberOf(query.get('count')) ?? 50);
			return success(page.map((company) => companyView(sim, company, user?.companies.has(company.id) === true)), { total_count: companies.length });
		}),
		userRoute(sim, 'company', 'GET', '/company/{c}/settings/online', ({ company }) =>
			success({ confirm_number: company.phoneConfirmation, any_master: true, seance_delay_step: company.stepMinutes * 60, activity_online_record_clients_count_max: 1 })),
		signedInRoute(sim, 'GET', '/group/{group}/clients', ({ request: { params, query }, user }) => {
			const digits = (query.get('phone') ?? '').replace(/\D/g, '');
			const branches = [...state.companies.values()].filter(({ id, groupId }) => groupId === Number(params.group) && user.companies.has(id));
			const cards = [...state.clients.values()].filter(({ companyId, phone }) => phone === digits && branches.some(({ id }) => id === companyId));
			if (cards.length === 0) throw new Refusal(404, profile.texts.notFound);
			return success(cards.map((client) => ({ id: client.id, company_id: client.companyId, name: client.name, phone: phoneFor(sim, user, client) })));
		}),
		partnerRoute(sim, 'GET', '/validation/validate_phone/{phone}', ({ request: { params } }) => success({ is_valid: isPhone(params.phone) })),
	];
}

function companyView(sim: Sim, company: Company, full: boolean): unknown {
	const winter = offsetOf(Date.parse('2026-01-15T00:00:00Z'), company.zone) / 60;
	const visible = {
		id: company.id, title: company.title, public_title: company.title, country_id: 1, country: company.country, city_id: 2, city: '', active: 1, timezone: winter, timezone_name: company.zone,
		address: company.address, zip: 125_000, coordinate_lat: 55.78, coordinate_lon: 37.59, short_descr: '', site: 'example.org', social: { vk: '', telegram: '', whatsapp: '' }, phone: company.phone,
		phones: [company.phone], schedule: `${company.workingHours.from}-${company.workingHours.to}`, business_type_id: 1, description: '', currency_short_title: SYMBOLS[company.currency] ?? company.currency,
		phone_confirmation: company.phoneConfirmation, booking_email_required: company.emailRequired, booking_comment_required: company.commentRequired,
		allow_delete_record: company.allowChange, allow_delete_record_delay_step: company.changeDelaySeconds, allow_change_record: company.allowChange,
		allow_change_record_delay_step: company.changeDelaySeconds, active_staff_count: [...sim.state.staff.values()].filter(({ companyId, fired }) => companyId === company.id && !fired).length,
		next_slot: iso(sim, company, sim.clock.now(), false), bookforms: [{ id: company.formId, title: 'Основная', is_default: 1, url: sim.profile.widget(company.formId) }],
	};
	return full ? { ...visible, main_group_id: company.groupId, access: {} } : visible;
}
