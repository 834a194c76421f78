import type { SlotQuery } from '../../../../core/booking';
import type { BookingContext } from '../context';
import { readLocator, readOptionalLocator } from '../locators';
import { dayOf, wordsOf } from '../values';

/** The days, services and staff an item asks about. */
export function readSlotQuery({ parameters }: BookingContext, i: number): SlotQuery {
	const staffId = readOptionalLocator(parameters, 'staffId', i);
	return {
		serviceIds: [readLocator(parameters, 'serviceId', i), ...wordsOf(parameters.getNodeParameter('moreServiceIds', i, ''))],
		from: dayOf(parameters.getNodeParameter('from', i), 'From'),
		to: dayOf(parameters.getNodeParameter('to', i), 'To'),
		...(staffId === undefined ? {} : { staffId }),
	};
}
