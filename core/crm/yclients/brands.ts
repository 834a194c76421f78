import { NO_CURRENCY } from '../../booking';

/** What differs between the two brands of the product. */
export interface Brand {
	/** As an operator knows it. */
	readonly vendor: string;
	readonly baseUrl: string;
	/** Selects the second version of the envelope; without it lists come bare. */
	readonly accept: string;
	/** ISO 3166 country by which a phone without a country code is read; `ZZ`: such a phone is none. */
	readonly country: string;
	/** ISO 4217 code of an account that names none; {@link NO_CURRENCY}: its prices are not told. */
	readonly currency: string;
	/** Begins the line of a comment that names the guest a visit is for. */
	readonly guestMark: string;
	/** Whether the vendor wants a booking of the widget checked by a call of its own before it is made. */
	readonly checksBookings: boolean;
	/** Whether the API sets webhooks; else they are set in the back office. */
	readonly setsWebhooks: boolean;
}

export const YCLIENTS: Brand = {
	vendor: 'YCLIENTS',
	baseUrl: 'https://api.yclients.com/api/v1',
	accept: 'application/vnd.yclients.v2+json',
	country: 'RU',
	currency: 'RUB',
	guestMark: 'Гость: ',
	checksBookings: false,
	setsWebhooks: true,
};

/** The international brand: the same product for locations of any country. */
export const ALTEGIO: Brand = {
	vendor: 'Altegio',
	baseUrl: 'https://api.alteg.io/api/v1',
	accept: 'application/vnd.api.v2+json',
	country: 'ZZ',
	currency: NO_CURRENCY,
	guestMark: 'Guest: ',
	checksBookings: true,
	setsWebhooks: false,
};
