import type { Bitrix24Settings } from '../../core/crm/bitrix24';
import { wordsOf } from '../shared/booking/values';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import type { Opening } from '../shared/vendor/vendor';

type Options = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, string>>;

/** What the panel says about a portal, as the core reads it. Throws {@link ParameterError} for what is missing. */
export function readSettings(opening: Pick<Opening, 'setting' | 'settings'>): Bitrix24Settings {
	const options = opening.settings('crmOptions');
	const pipelineId = textOf(opening.setting('pipelineId'));
	const common = { plan: planOf(opening.setting('salonPlan')), ...named(options, ['catalogueId', 'priceGroupId', 'durationPropertyId']), ...deskOf(options) };
	if (opening.setting('visitsAre') !== 'crm') {
		const deals = pipelineId === '' ? {} : { deals: { categoryId: pipelineId, stages: stagesOf(options, pipelineId, 2), fields: fieldsOf(options) } };
		return { mode: 'booking', ...common, resourceTypeIds: wordsOf(options.resourceTypeIds), ...deals };
	}
	if (pipelineId === '') throw new ParameterError('No pipeline is chosen', 'Where visits are deals, choose the pipeline they stand in.');
	const { start, end, services, staff } = fieldsOf(options);
	if (start === undefined || end === undefined || services === undefined || staff === undefined) {
		throw new ParameterError('Not all fields of a visit are chosen', 'Where visits are deals, add Start Field, End Field, Services Field and Staff Field under CRM Options.');
	}
	const smart = textOf(options.smartProcess);
	const entityTypeId = smart === '' ? 2 : Number(smart);
	return {
		mode: 'crm',
		...common,
		visits: {
			categoryId: pipelineId,
			entityTypeId,
			stages: stagesOf(options, pipelineId, entityTypeId),
			fields: { start, end, services, staff },
			people: options.people === 'plan' ? 'plan' : 'employees',
			calendars: options.calendars === true,
		},
	};
}

/** A plan comes as text or, from an expression, as the value itself; which of the two it may be the core says. */
function planOf(value: unknown): string | object {
	return typeof value === 'object' && value !== null ? value : textOf(value);
}

/** Every pipeline has its first, its won and its lost stage under these names; the default one without a prefix. */
function stagesOf(options: Options, pipelineId: string, entityTypeId: number): { booked: string; arrived: string; cancelled: string; confirmed?: string; noShow?: string } {
	const prefix = entityTypeId === 2 ? (pipelineId === '0' ? '' : `C${pipelineId}:`) : `DT${entityTypeId}_${pipelineId}:`;
	const [won, lost] = entityTypeId === 2 ? ['WON', 'LOSE'] : ['SUCCESS', 'FAIL'];
	const chosen = named(options, ['bookedStage', 'arrivedStage', 'cancelledStage', 'confirmedStage', 'noShowStage']);
	return {
		booked: chosen.bookedStage ?? `${prefix}NEW`,
		arrived: chosen.arrivedStage ?? `${prefix}${won}`,
		cancelled: chosen.cancelledStage ?? `${prefix}${lost}`,
		...(chosen.confirmedStage === undefined ? {} : { confirmed: chosen.confirmedStage }),
		...(chosen.noShowStage === undefined ? {} : { noShow: chosen.noShowStage }),
	};
}

function fieldsOf(options: Options): { start?: string; end?: string; services?: string; staff?: string } {
	const { startField: start, endField: end, servicesField: services, staffField: staff } = named(options, ['startField', 'endField', 'servicesField', 'staffField']);
	return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }), ...(services === undefined ? {} : { services }), ...(staff === undefined ? {} : { staff }) };
}

const LEAD_OPTIONS = { leadNew: 'new', leadTalking: 'talking', leadBooked: 'booked', leadCame: 'came', leadNoShow: 'no_show', leadCancelled: 'cancelled' } as const;

function deskOf(options: Options): Pick<Bitrix24Settings, 'desk'> {
	const stages = named(options, Object.keys(LEAD_OPTIONS));
	if (Object.keys(stages).length === 0) return {};
	const mapped = Object.fromEntries(Object.entries(LEAD_OPTIONS).flatMap(([option, stage]) => (stages[option] === undefined ? [] : [[stage, stages[option]]])));
	const categoryId = textOf(options.leadPipelineId);
	return { desk: { entityTypeId: options.leadEntity === 'deal' ? 2 : 1, ...(categoryId === '' ? {} : { categoryId }), stages: mapped } };
}

/** Filled-in options as text; a selector inside a collection comes with its mode. */
function named(options: Options, names: readonly string[]): Named {
	const entries = names.map((name) => [name, textOf(valueIn(options[name]))] as const);
	return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

function valueIn(option: unknown): unknown {
	return typeof option === 'object' && option !== null && 'value' in option ? option.value : option;
}
