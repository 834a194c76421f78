import * as v from 'valibot';
import { type Company, linesOfTotal, minorOf, type Reading, type StreamName, type StreamReader, type StreamRecord } from '../../booking';
import { zoneClock } from '../../calendar';
import { readersIn, row, skipped } from '../reading';
import { AMOCRM, type Brand } from './brands';
import { clientIdOf, numberIn, phonesOf, readComment, servicesOf, spanOf, staffOf, statusOf, textIn, valuesOf } from './mapping';
import { type AmocrmSettings, type Settings, settingsOf } from './settings';
import { ACCOUNT, CONTACT, ELEMENT, LEAD, USER, WIRE_ID } from './wire';

/** The vendor's stream records to rows of the copy. Nothing here asks, waits or remembers. */

interface Place {
	readonly company: Company;
	readonly settings: Settings;
	readonly country: string;
	readonly count: (field: string) => void;
}

const CHANGED = { updated_at: v.nullish(v.number()), created_at: v.nullish(v.number()) };
const CHOICE = v.looseObject({ id: WIRE_ID, value: v.nullish(v.string(), '') });
const SERVICE = v.looseObject({ ...ELEMENT.entries, ...CHANGED });


const by = readersIn<Place>();

const readChoice = by(CHOICE, ({ id, value, ...extra }) => row({ entity: 'staff', id, name: value.trim(), active: true, extra }));
const readUser = by(USER, ({ id, name, rights, ...extra }) => row({ entity: 'staff', id, name: name.trim(), active: rights?.is_active ?? true, extra }));

const READERS: Readonly<Record<StreamName, (record: StreamRecord, place: Place) => Reading>> = {
	company: by(ACCOUNT, ({ id, name, ...extra }, { company }) => row({ entity: 'company', id, name, zone: company.zone, currency: company.currency, extra })),
	services: by(SERVICE, ({ id, name, is_deleted: deleted, updated_at: changed, custom_fields_values: fields, ...extra }, { settings: { catalogFields }, company }) => {
		const values = valuesOf(fields);
		const price = numberIn(catalogFields.price === undefined ? values.byCode('PRICE') : values.first(catalogFields.price));
		const minutes = catalogFields.duration === undefined ? null : numberIn(values.first(catalogFields.duration));
		const minor = price === null || price < 0 || price > 1e9 ? undefined : minorOf(price, company.currency);
		const isLength = minutes !== null && Number.isInteger(minutes) && minutes > 0 && minutes <= 1440;
		return row({ entity: 'service', id, title: name, priceMin: minor, priceMax: minor, durationMinutes: isLength ? minutes : undefined, active: !deleted, deleted, changedAt: instantOf(changed), extra: { ...extra, custom_fields_values: fields } });
	}),
	staff: (record, place) => (place.settings.fields.specialist === undefined ? readUser : readChoice)(record, place),
	clients: by(CONTACT, (card, { country }) => {
		const { id, name, updated_at: changed, is_deleted: deleted, _embedded: _parts, ...extra } = card;
		const email = textIn(valuesOf(card.custom_fields_values).byCode('EMAIL')?.value);
		return row({ entity: 'client', id, name: name.trim(), phone: phonesOf(card, country)[0], email, deleted, changedAt: instantOf(changed), extra });
	}),
	visits: by(LEAD, (lead, { settings, company, count }) => {
		const span = lead.pipeline_id === settings.pipelineId ? spanOf(lead, { salon: { company, services: [] }, settings, count }) : null;
		// the stream hands on leads with a time alone: this one's cannot be read
		if (span === null) return skipped;
		const { id, price, created_at: created, updated_at: changed, is_deleted: deleted, _embedded: _parts, ...extra } = lead;
		const clock = zoneClock(company.zone);
		const { comment } = readComment(settings.fields.comment === undefined ? '' : textIn(valuesOf(lead.custom_fields_values).first(settings.fields.comment)?.value));
		// a sum of zero is one that nobody set
		const total = price == null || price === 0 ? null : minorOf(price, company.currency);
		return row({
			entity: 'visit', id, visitId: id, clientId: clientIdOf(lead), staffId: staffOf(lead, settings), start: clock.format(span.start), end: clock.format(span.end), status: statusOf(lead, settings, count), deleted,
			comment, lines: linesOfTotal(servicesOf(lead, settings), total), changedAt: instantOf(changed), createdAt: instantOf(created), extra,
		});
	}),
	goods: () => skipped,
	schedules: () => skipped,
};

function instantOf(seconds: number | null | undefined): string | undefined {
	return seconds == null || seconds <= 0 || seconds > 1e11 ? undefined : new Date(seconds * 1000).toISOString();
}

export interface AmocrmReaderOptions {
	readonly settings: AmocrmSettings;
	readonly brand?: Brand;
	/** ISO 3166 country by which phones without a country code are read; the brand's own when absent. */
	readonly country?: string;
	/** Told the name of a field whose value is not in the vendor's list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
}

/** Reads the streams of an account of either brand for the copy. Throws `TypeError` for settings that cannot be. */
export function createAmocrmReader({ settings: input, brand = AMOCRM, country = brand.country, onUnknownValue: count = () => undefined }: AmocrmReaderOptions): StreamReader {
	const settings = settingsOf(input);
	return {
		windows: { company: 'whole', services: 'whole', staff: 'whole', clients: 'changes', visits: 'changes', goods: 'whole', schedules: 'whole' },
		clientsById: false,
		checks: ['clients', 'visits'],
		read: (name, record, company) => READERS[name](record, { company, settings, country, count }),
	};
}
