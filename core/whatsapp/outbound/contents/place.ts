import * as v from 'valibot';
import type { ContentKind } from './content';
import { NAME, QUOTED } from './fields';

const LOCATION = v.object({
	kind: v.literal('location'),
	latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
	longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
	name: v.optional(NAME),
	address: v.optional(NAME),
	quotedId: QUOTED,
});

export const location: ContentKind<typeof LOCATION> = {
	schema: LOCATION,
	compose: ({ latitude, longitude, name, address }) => ({ location: { degreesLatitude: latitude, degreesLongitude: longitude, name, address } }),
};
