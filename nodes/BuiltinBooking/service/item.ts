import { refused, type Outcome, type Service } from '../../../core/booking';

/** A service as every CRM of this package shows one. */
export function serviceItem(card: Service): Service {
	const { id, title, aliases, category, price, durationMinutes, active, bookableOnline } = card;
	return { id, title, aliases, category, price, durationMinutes, active, bookableOnline };
}

/** The record with this id of a list the CRM gave. */
export function byId<T extends { readonly id: string }>(list: Outcome<readonly T[]>, id: string, what: string): Outcome<T> {
	if (list.kind !== 'ok') return list;
	const found = list.value.find((one) => one.id === id);
	return found === undefined ? refused('not_found', `There is no ${what} with this ID. Choose one from the list.`) : { kind: 'ok', value: found };
}
