import { parsePhone } from '../../../core/language/phone';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { QueryContext } from '../context';
import { birthdaysOf, countsOf, daysOf, deletedField, filterFields, flagsOf, moment, moneyOf, number, readFilters, text, whether } from '../filters';

const COUNTRY = 'RU';

export const getAllClients = defineOperation<QueryContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many clients',
	description: 'List clients of the copy by name, phone or segment, in the order of their IDs',
	fields: filterFields([
		text('search', 'Name', 'A part of the name, in any case', 'e.g. anna'),
		text('phone', 'Phone', 'The whole phone', 'e.g. +79161234567'),
		text('phoneCountry', 'Phone Country', 'Two-letter country by which a phone without a country code is read', `e.g. ${COUNTRY}`),
		number('totalSpentFrom', 'Total Spent From', 'In units of the currency'),
		number('totalSpentTo', 'Total Spent To', 'In units of the currency'),
		number('visitsCountFrom', 'Visits From', 'How many visits the CRM counts, or more'),
		number('visitsCountTo', 'Visits To', 'How many visits the CRM counts, or fewer'),
		moment('firstVisitFrom', 'First Visit From', 'Day of the first visit, or later'),
		moment('firstVisitTo', 'First Visit To', 'Day of the first visit, or earlier'),
		moment('lastVisitFrom', 'Last Visit From', 'Day of the last visit, or later'),
		moment('lastVisitTo', 'Last Visit To', 'Day of the last visit, or earlier: who has not come since'),
		text('birthdayFrom', 'Birthday From', 'Month and day; from December to January goes over the new year', 'e.g. 11-24'),
		text('birthdayTo', 'Birthday To', 'Month and day', 'e.g. 11-30'),
		whether('blocked', 'Blocked', 'Whether the client is on the black list of the CRM'),
		whether('moneyMismatch', 'Money Mismatch', 'Whether visits and sales do not add up to what the CRM says the client has spent'),
		whether('hasPhone', 'Has Phone', 'Whether there is a phone in the card'),
		deletedField,
	]),
	async run(context, i) {
		const { filters, page } = readFilters(context, i);
		const search = textOf(filters.search);
		const ranges = { totalSpent: await moneyOf(context, filters, 'totalSpent'), visitsCount: countsOf(filters, 'visitsCount'), firstVisit: daysOf(filters, 'firstVisit'), lastVisit: daysOf(filters, 'lastVisit'), birthday: birthdaysOf(filters) };
		const asked = Object.fromEntries(Object.entries(ranges).filter(([, range]) => range !== undefined));
		return context.query.clients({ ...flagsOf(filters, ['blocked', 'moneyMismatch', 'hasPhone', 'deleted']), ...asked, ...(search === '' ? {} : { search }), ...phoneOf(filters) }, page);
	},
});

function phoneOf({ phone, phoneCountry }: Readonly<Record<string, unknown>>): { phone?: string } {
	const typed = textOf(phone);
	if (typed === '') return {};
	const parsed = parsePhone(typed, textOf(phoneCountry) || COUNTRY);
	if (parsed === null) throw new ParameterError('"Phone" is not a phone', 'Enter the whole number with its country code, for example +79161234567.');
	return { phone: parsed.phone };
}
