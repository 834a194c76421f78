import { totalsOf } from '../clients';
import type { Client, Company, User } from '../model';
import type { Sim } from '../sim';
import { naive, recordIso } from '../time';
import { customFields, numericPhone, phoneFor } from './people';

const SEXES = ['unknownSex', 'Мужской', 'Женский'];

/** The whole card: the phone is a number, an absent birthday is 0. */
export function clientView(sim: Sim, company: Company, user: User | null, client: Client): Readonly<Record<string, unknown>> {
	const { texts } = sim.profile;
	const totals = totalsOf(sim, client);
	return {
		id: client.id, name: client.name, surname: client.surname, patronymic: client.patronymic, phone: numericPhone(sim, user, client), email: client.email,
		categories: client.categories.map((id) => ({ id, title: `category ${id}`, color: '#fff' })), sex: client.sexId === 0 ? texts.unknownSex : (SEXES[client.sexId] ?? texts.unknownSex),
		sex_id: client.sexId, discount: client.discount, importance_id: client.importanceId, importance: client.importanceId === 0 ? texts.noImportance : `${client.importanceId}`,
		card: client.card, birth_date: client.birthDate === '' ? 0 : client.birthDate, comment: client.comment, sms_check: 0, sms_not: 0, spent: totals.paid, paid: totals.paid, balance: 0,
		visits: totals.visits, last_change_date: recordIso(sim, company, client.changedAt), custom_fields: customFields(client.customFields),
	};
}

/** Fields that clients/search knows. */
export const SEARCH_FIELDS = ['id', 'name', 'phone', 'email', 'discount', 'first_visit_date', 'last_visit_date', 'sold_amount', 'visits_count'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

/** A hit of clients/search with all its fields. */
export function searchView(sim: Sim, company: Company, user: User, client: Client): Readonly<Record<SearchField, string | number>> {
	const totals = totalsOf(sim, client);
	const visit = (moment: number | null): string => (moment === null ? '' : naive(company, moment).slice(0, sim.switches.searchDates === 'date' ? 10 : 19));
	return {
		id: client.id, name: client.name, phone: phoneFor(sim, user, client), email: client.email, discount: client.discount,
		first_visit_date: visit(totals.first), last_visit_date: visit(totals.last), sold_amount: totals.sold, visits_count: totals.visits,
	};
}
