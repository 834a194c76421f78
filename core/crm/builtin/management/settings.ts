import { isSupportedCountry } from 'libphonenumber-js/max';
import * as v from 'valibot';
import { ok, type Outcome } from '../../../booking';
import { zoneClock } from '../../../calendar';
import { parsePhone } from '../../../language/phone';
import { readSettings, type Settings } from '../catalogue';
import { answering, type Context, nowText } from '../context';
import { GRANULE_MINUTES, minutes, parseInput, RANGES, text, title } from '../inputs';

const wholeNumber = (max: number, what: string): v.GenericSchema<number, number> =>
	v.pipe(v.number(), v.integer(`${what} must be a whole number.`), v.minValue(0, `${what} must not be negative.`), v.maxValue(max, `${what} must be at most ${max}.`));

const COMPANY_SETTINGS = v.pipe(
	v.strictObject({
		name: title(200, 'The name'),
		zone: v.pipe(
			v.string(),
			v.check((zone) => {
				try {
					zoneClock(zone);
					return true;
				} catch {
					return false;
				}
			}, 'The zone is not an IANA time zone; use a name such as Europe/Moscow.'),
		),
		currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'The currency must be an ISO 4217 code, for example RUB.')),
		/** Country by which a phone without a country code is read. */
		country: v.optional(v.pipe(v.string(), v.check(isSupportedCountry, 'The country must be an ISO 3166 code, for example RU.')), 'RU'),
		address: v.optional(v.nullable(text(300, 'The address')), null),
		phone: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(60))), null),
		workingHours: v.optional(v.record(v.picklist(['1', '2', '3', '4', '5', '6', '7'], 'Days of working hours are 1 (Monday) to 7 (Sunday).'), RANGES), {}),
		/** Earliest bookable start from now. */
		bookingNoticeMinutes: v.optional(wholeNumber(525_600, 'The booking notice'), 60),
		/** Last bookable day from today. */
		bookingHorizonDays: v.optional(wholeNumber(730, 'The booking horizon'), 60),
		/** Latest change before a visit. */
		changeNoticeMinutes: v.optional(wholeNumber(525_600, 'The change notice'), 120),
		stepMinutes: v.optional(minutes(GRANULE_MINUTES, 240, 'The step'), 30),
	}),
	v.check(({ phone, country }) => phone === null || parsePhone(phone, country) !== null, 'The phone of the company is not a phone number.'),
);
/** Input of {@link saveSettings}. */
export type CompanySettings = v.InferInput<typeof COMPANY_SETTINGS>;

/** Writes the company's settings, creating the tenant when it is new. */
export function saveSettings(context: Context, input: CompanySettings): Promise<Outcome<Settings>> {
	return answering(async () => {
		const parsed = parseInput(COMPANY_SETTINGS, input);
		if (parsed.kind === 'refused') return parsed;
		const settings = parsed.value;
		const { tenant } = context;
		const columns = {
			name: settings.name,
			zone: settings.zone,
			currency: settings.currency,
			country: settings.country,
			address: settings.address,
			phone: settings.phone === null ? null : (parsePhone(settings.phone, settings.country)?.phone ?? null),
			working_hours: JSON.stringify(settings.workingHours),
			booking_notice_minutes: settings.bookingNoticeMinutes,
			booking_horizon_days: settings.bookingHorizonDays,
			change_notice_minutes: settings.changeNoticeMinutes,
			step_minutes: settings.stepMinutes,
			updated_at: nowText(context),
		};
		return context.store.write(async (trx) => {
			await trx
				.insertInto('crm_company')
				.values({ tenant, ...columns })
				.onConflict((conflict) => conflict.column('tenant').doUpdateSet(columns))
				.execute();
			const saved = await readSettings(trx, tenant);
			if (saved === null) throw new TypeError('The company row was written and cannot be read');
			return ok(saved);
		});
	}, 'company:save');
}
