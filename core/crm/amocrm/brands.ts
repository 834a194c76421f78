/** What differs between the two houses of one API. */
export interface Brand {
	/** As an operator knows it. */
	readonly vendor: 'amoCRM' | 'Kommo';
	/** Accounts live at `{subdomain}.{suffix}`; nothing else serves the API. */
	readonly suffix: string;
	/** Page of consent; the tokens come from the account's own host. */
	readonly consentUrl: string;
	/** ISO 3166 country by which phones are read where the account names none. */
	readonly country: string;
	/** ISO 4217 code of an account that names none. */
	readonly currency: string;
	/** Starts bots by its API. */
	readonly bots: boolean;
	/** Marks the line of a comment that names the person a visit is for. */
	readonly guestMark: string;
}

export const AMOCRM: Brand = {
	vendor: 'amoCRM',
	suffix: 'amocrm.ru',
	consentUrl: 'https://www.amocrm.ru/oauth',
	country: 'RU',
	currency: 'RUB',
	bots: false,
	guestMark: 'Гость: ',
};

export const KOMMO: Brand = {
	vendor: 'Kommo',
	suffix: 'kommo.com',
	consentUrl: 'https://www.kommo.com/oauth',
	country: 'US',
	currency: 'USD',
	bots: true,
	guestMark: 'Guest: ',
};

/**
 * Host of an account: a subdomain, or the whole host as the address bar shows it. Throws `TypeError` for another house, the
 * host of the consent page or of the tokens, or what is no name.
 */
export function hostOf({ vendor, suffix }: Brand, subdomain: string): string {
	const name = subdomain.trim().toLowerCase().replace(/^https:\/\//, '').replace(/\/.*$/, '').replace(new RegExp(`\\.${suffix.replace('.', '\\.')}$`), '');
	if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) || /^(www|api-[a-z])$/.test(name)) {
		throw new TypeError(`The ${vendor} account is named by its subdomain: the part before .${suffix} in the address bar.`);
	}
	return `${name}.${suffix}`;
}

/** Base address of an account's API. Throws as {@link hostOf}. */
export function apiUrlOf(brand: Brand, subdomain: string): string {
	return `https://${hostOf(brand, subdomain)}/api/v4`;
}
