import { defineOperation } from '../../shared/operation';
import { textOf } from '../../shared/fields';
import type { SessionContext } from '../context';
import { sendOptions, toField } from './fields';
import { send } from './send';

export const sendLocation = defineOperation<SessionContext>({
	value: 'sendLocation',
	name: 'Send Location',
	action: 'Send location message',
	description: 'Send a place on the map',
	fields: [
		toField,
		{ displayName: 'Latitude', name: 'latitude', type: 'number', typeOptions: { minValue: -90, maxValue: 90, numberPrecision: 6 }, required: true, default: 0, description: 'Degrees north of the equator' },
		{ displayName: 'Longitude', name: 'longitude', type: 'number', typeOptions: { minValue: -180, maxValue: 180, numberPrecision: 6 }, required: true, default: 0, description: 'Degrees east of Greenwich' },
		{ displayName: 'Place Name', name: 'placeName', type: 'string', default: '', description: 'What stands above the map' },
		{ displayName: 'Address', name: 'address', type: 'string', default: '', description: 'What stands under the name' },
		sendOptions,
	],
	run(context, i) {
		const read = (name: string): unknown => context.functions.getNodeParameter(name, i, '');
		const [name, address] = [textOf(read('placeName')), textOf(read('address'))];
		const content = { kind: 'location', latitude: Number(read('latitude')), longitude: Number(read('longitude')), ...(name === '' ? {} : { name }), ...(address === '' ? {} : { address }) } as const;
		return send(context, i, { content });
	},
});
