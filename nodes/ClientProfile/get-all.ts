import type { ClientProfile, Segment } from '../../core/profile';
import { SEGMENTS } from '../../core/profile';
import { ParameterError } from '../shared/errors';
import { listFields, readLimit, textOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import type { ProfileContext } from './context';
import { profileItem } from './items';

const ANY = 'any';

export const getAllProfiles = defineOperation<ProfileContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many client profiles',
	description: 'List the clients of a segment, such as those who have not come for long or have a birthday soon',
	fields: [
		{
			displayName: 'Segment',
			name: 'segment',
			type: 'options',
			options: [
				{ name: 'Any', value: ANY },
				{ name: 'Birthday', value: 'birthday', description: 'Today or within seven days' },
				{ name: 'Lost', value: 'lost', description: 'Away for over four usual intervals, or 180 days, with nothing booked' },
				{ name: 'New', value: 'new', description: 'At most one visit, within 60 days or still ahead' },
				{ name: 'Regular', value: 'regular', description: 'Three visits or more, the last within twice the usual interval' },
				{ name: 'Sleeping', value: 'sleeping', description: 'Away for over two usual intervals, or 60 days, with nothing booked' },
				{ name: 'VIP', value: 'vip', description: 'The tenth that has spent most' },
			],
			default: 'sleeping',
			description: 'Which clients to put out; a client may be in several segments',
		},
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'Favourite Service ID', name: 'serviceId', type: 'string', default: '', placeholder: 'e.g. 1234567', description: 'Only clients with this service among their favourites' },
				{ displayName: 'Favourite Staff ID', name: 'staffId', type: 'string', default: '', placeholder: 'e.g. 1234567', description: 'Only clients with this person among their favourites' },
				{ displayName: 'With Opted Out', name: 'withOptedOut', type: 'boolean', default: false, description: 'Whether to put out clients who asked for no more messages too' },
				{ displayName: 'With Phone Only', name: 'phoneOnly', type: 'boolean', default: true, description: 'Whether to leave out clients without a phone' },
			],
		},
	],
	async run(context, i) {
		const { parameters, profiles } = context;
		const segment = segmentOf(parameters.getNodeParameter('segment', i, 'sleeping'));
		const limit = readLimit(parameters, i);
		const fits = filterOf(parameters.getNodeParameter('filters', i, {}) as Filters);
		const found: object[] = [];
		for await (const profile of profiles.all(segment)) {
			if (!fits(profile)) continue;
			found.push(profileItem(profile, context));
			if (found.length >= limit) break;
		}
		return found;
	},
});

function segmentOf(value: unknown): Segment | null {
	if (value === ANY) return null;
	const found = SEGMENTS.find((segment) => segment === value);
	if (found === undefined) throw new ParameterError('The segment is not known', `Choose one from the list: ${ANY}, ${SEGMENTS.join(', ')}.`);
	return found;
}

interface Filters {
	readonly serviceId?: unknown;
	readonly staffId?: unknown;
	readonly withOptedOut?: unknown;
	readonly phoneOnly?: unknown;
}

/** Who asked for no more messages is left out until told otherwise: such lists are made to write to people. */
function filterOf({ serviceId, staffId, withOptedOut, phoneOnly }: Filters): (profile: ClientProfile) => boolean {
	const [service, staff] = [textOf(serviceId), textOf(staffId)];
	return ({ client, history, notes }) =>
		(withOptedOut === true || notes.optedOutAt === null) &&
		(phoneOnly !== true || client.phone !== null) &&
		(service === '' || history?.favouriteServices.some(({ id }) => id === service) === true) &&
		(staff === '' || history?.favouriteStaff.some(({ id }) => id === staff) === true);
}
