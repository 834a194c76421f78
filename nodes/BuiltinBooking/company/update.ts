import { companyOf, type CompanySettings, type Settings } from '../../../core/crm/builtin';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { weekField } from '../../shared/booking/form-fields';
import { collectionOf, filled, rowsOf, weekOf } from '../../shared/booking/values';

const PLAIN = ['name', 'zone', 'currency', 'country', 'address', 'phone', 'bookingNoticeMinutes', 'bookingHorizonDays', 'changeNoticeMinutes', 'stepMinutes'];

export const updateCompany = defineOperation<BuiltinContext>({
	value: 'update',
	name: 'Update',
	action: 'Update company',
	description: 'Change the settings of the salon; sets up a new salon when name, zone and currency are given',
	fields: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Address', name: 'address', type: 'string', default: '', placeholder: 'e.g. 5 Green Street' },
				{ displayName: 'Booking Horizon (Days)', name: 'bookingHorizonDays', type: 'number', typeOptions: { minValue: 0 }, default: 60, description: 'Last bookable day counted from today' },
				{ displayName: 'Booking Notice (Minutes)', name: 'bookingNoticeMinutes', type: 'number', typeOptions: { minValue: 0 }, default: 60, description: 'Earliest bookable start counted from now' },
				{ displayName: 'Change Notice (Minutes)', name: 'changeNoticeMinutes', type: 'number', typeOptions: { minValue: 0 }, default: 120, description: 'Latest moment before a visit at which the client may move or cancel it' },
				{ displayName: 'Country', name: 'country', type: 'string', default: 'RU', placeholder: 'e.g. RU', description: 'ISO 3166 code by which a phone without a country code is read' },
				{ displayName: 'Currency', name: 'currency', type: 'string', default: 'RUB', placeholder: 'e.g. RUB', description: 'ISO 4217 code' },
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Lavender' },
				{ displayName: 'Phone', name: 'phone', type: 'string', default: '', placeholder: 'e.g. +74951234567' },
				{ displayName: 'Step (Minutes)', name: 'stepMinutes', type: 'number', typeOptions: { minValue: 5 }, default: 30, description: 'Distance between offered starts' },
				weekField('Working Hours', 'workingHours', false),
				{ displayName: 'Zone', name: 'zone', type: 'string', default: '', placeholder: 'e.g. Europe/Moscow', description: 'IANA name of the time zone' },
			],
		},
	],
	async run({ parameters, salon, catalogueChanged }, i) {
		const fields = collectionOf(parameters, 'updateFields', i);
		const changes: Record<string, unknown> = filled(fields, PLAIN);
		if (fields.workingHours !== undefined) changes.workingHours = hoursOf(fields.workingHours);
		if (Object.keys(changes).length === 0) throw new ParameterError('There is nothing to change', 'Add at least one field under Update Fields.');
		const known = await salon.settings();
		const isNew = known.kind === 'refused' && known.reason === 'not_found';
		const base = isNew ? newSalon(changes) : settingsInput(valueOf(known));
		const saved = valueOf(await salon.saveSettings({ ...base, ...changes }));
		catalogueChanged();
		return companyOf(saved);
	},
});

function hoursOf(value: unknown): CompanySettings['workingHours'] {
	return Object.fromEntries(Object.entries(weekOf(rowsOf(value, 'hours'))).map(([weekday, { hours }]) => [weekday, hours]));
}

function newSalon(changes: Record<string, unknown>): CompanySettings {
	const [name, zone, currency] = [textOf(changes.name), textOf(changes.zone), textOf(changes.currency)];
	if (name !== '' && zone !== '' && currency !== '') return { name, zone, currency };
	throw new ParameterError('This salon is not set up yet', 'Fill in Name, Zone and Currency to set it up, or use Demo > Create Demo Salon.');
}

function settingsInput(settings: Settings): CompanySettings {
	const { country, stepMinutes } = settings;
	const { name, zone, currency, address, phone, changeNoticeMinutes, bookingNoticeMinutes, bookingHorizonDays } = settings;
	const workingHours = Object.fromEntries(Object.entries(settings.workingHours).map(([weekday, hours]) => [weekday, hours?.map((range) => ({ ...range })) ?? []]));
	return { name, zone, currency, country, address, phone, workingHours, stepMinutes, changeNoticeMinutes, bookingNoticeMinutes, bookingHorizonDays };
}
