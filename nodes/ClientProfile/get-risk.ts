import { addDays, todayIn } from '../../core/conversation/local-time';
import { dayOf, instantOf } from '../shared/booking/values';
import { ParameterError } from '../shared/errors';
import { listFields, readLimit, textOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import { now } from '../shared/salon';
import type { ProfileContext } from './context';
import { riskItem } from './items';

const MOST_DAYS = 92;
const LEVELS: Readonly<Record<string, readonly string[]>> = { all: ['low', 'medium', 'high'], medium: ['medium', 'high'], high: ['high'] };

export const getRisk = defineOperation<ProfileContext>({
	value: 'getRisk',
	name: 'Get Risk',
	action: 'Get no-show risk of visits',
	description: 'List visits ahead with the risk that nobody comes and the reasons, the riskiest first',
	fields: [
		{ displayName: 'From Date', name: 'from', type: 'dateTime', default: '', placeholder: 'e.g. 2026-11-24', description: 'First day, in the zone of the branch; empty for today. What has begun is left out.' },
		{ displayName: 'To Date', name: 'to', type: 'dateTime', default: '', placeholder: 'e.g. 2026-11-25', description: 'Last day; empty for the first day alone' },
		{
			displayName: 'Risk',
			name: 'level',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'High', value: 'high', description: '30 % and more' },
				{ name: 'Medium and High', value: 'medium', description: '15 % and more' },
			],
			default: 'all',
			description: 'Which visits to put out',
		},
		...listFields,
	],
	async run(context, i) {
		const { parameters, profiles } = context;
		const { zone, visitsKnown } = profiles;
		if (!visitsKnown) throw new ParameterError('The visits of this salon are not copied yet', 'Let CRM Sync finish a full run that includes visits.');
		const from = dayAt(parameters.getNodeParameter('from', i, ''), 'From Date', todayIn(now(), zone));
		const to = dayAt(parameters.getNodeParameter('to', i, ''), 'To Date', from);
		if (to < from || to > addDays(from, MOST_DAYS)) throw new ParameterError('To Date is not valid', `Choose a day from From Date on, at most ${MOST_DAYS} days later.`);
		const levels = LEVELS[textOf(parameters.getNodeParameter('level', i, 'all'))] ?? [];
		if (levels.length === 0) throw new ParameterError('Risk is not valid', `Choose one from the list: ${Object.keys(LEVELS).join(', ')}.`);
		const limit = readLimit(parameters, i);
		const visits = await profiles.risks(midnight(from, zone), midnight(addDays(to, 1), zone));
		return visits.filter(({ risk }) => levels.includes(risk.level)).slice(0, limit).map((visit) => riskItem(visit, context));
	},
});

function dayAt(value: unknown, name: string, otherwise: string): string {
	return value === '' || value === undefined || value === null ? otherwise : dayOf(value, name);
}

function midnight(day: string, zone: string): string {
	return new Date(instantOf(`${day}T00:00`, zone, 'From Date')).toISOString();
}
