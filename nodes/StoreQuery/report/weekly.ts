import { todayIn } from '../../../core/conversation/local-time';
import { reportPage, reportSummary, weeklyFigures } from '../../../core/report';
import { dayOf } from '../../shared/booking/values';
import { ParameterError } from '../../shared/errors';
import { languages } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { now } from '../../shared/salon';
import type { QueryContext } from '../context';

export const weeklyReport = defineOperation<QueryContext>({
	value: 'weekly',
	name: 'Weekly',
	action: 'Make weekly report',
	description: 'Figures of a week, and a page with charts as HTML: no client is named, nothing is loaded from outside',
	fields: [
		{ displayName: 'Week Of', name: 'weekOf', type: 'dateTime', default: '', placeholder: 'e.g. 2026-11-18', description: 'Any day of the week, which is Monday to Sunday in the zone of the branch; empty for this week' },
		{
			displayName: 'Language',
			name: 'language',
			type: 'options',
			options: languages,
			default: 'en',
			description: 'Language of the page',
		},
	],
	async run({ parameters, store, tenant, zone }, i) {
		const given = parameters.getNodeParameter('weekOf', i, '') as unknown;
		const day = given === '' || given === null || given === undefined ? todayIn(now(), await zone()) : dayOf(given, 'Week Of');
		const language = parameters.getNodeParameter('language', i, 'en') === 'ru' ? 'ru' : 'en';
		const figures = await weeklyFigures({ store, tenant, day });
		if (figures === null) throw new ParameterError('The visits of this salon are not copied yet', 'Let CRM Sync finish a full run that includes visits.');
		return { salonId: tenant, ...figures, summary: reportSummary(figures, language), html: await reportPage(figures, language) };
	},
});
