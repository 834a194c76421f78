import type { INodeListSearchItems } from 'n8n-workflow';
import type { Outcome } from '../../../core/booking';
import { office } from '../../../core/crm/amocrm';
import { has } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import type { Opening, VendorSearch } from '../../shared/vendor/vendor';

type Find = (office: office.Office, opening: Opening, filter: string) => Promise<Outcome<readonly office.Row[]>>;

const MOST = 100;
const named = (row: Readonly<Record<string, unknown>>): string => textOf(row.name) || textOf(row.id);

/** Fields of leads of these types. */
const fieldsOf =
	(types: readonly string[]): Find =>
	async (account) => {
		const fields = await office.customFields(account, 'lead');
		return fields.kind === 'ok' ? { kind: 'ok', value: fields.value.filter(({ type }) => types.includes(textOf(type))) } : fields;
	};

/** Stages of the pipeline that another parameter names; of all of them when none is chosen. */
const stagesOf =
	(parameter: string): Find =>
	async (account, opening) => {
		const pipelines = await office.pipelines(account);
		if (pipelines.kind !== 'ok') return pipelines;
		const chosen = textOf(opening.setting(parameter));
		return { kind: 'ok', value: pipelines.value.filter(({ id }) => chosen === '' || id === chosen).flatMap(stagesIn) };
	};

function stagesIn(pipeline: office.Row): readonly office.Row[] {
	const embedded: unknown = pipeline._embedded;
	const stages: unknown = typeof embedded === 'object' && embedded !== null && 'statuses' in embedded ? embedded.statuses : [];
	return Array.isArray(stages) ? stages.map((stage: Record<string, unknown>) => ({ ...stage, id: textOf(stage.id) })) : [];
}

const cards =
	(kind: office.CardKind): Find =>
	(account, _, filter) =>
		office.listCards(account, kind, filter === '' ? {} : { search: filter }, MOST);

const FINDS: Readonly<Record<string, Find>> = {
	Pipelines: office.pipelines,
	Stages: stagesOf('pipelineId'),
	LeadStages: stagesOf('leadPipelineId'),
	DateTimeFields: fieldsOf(['date_time']),
	NumberFields: fieldsOf(['numeric']),
	TextFields: fieldsOf(['text']),
	ChoiceFields: fieldsOf(['select', 'radiobutton']),
	LeadFields: (account) => office.customFields(account, 'lead'),
	ContactFields: (account) => office.customFields(account, 'contact'),
	CompanyCardFields: (account) => office.customFields(account, 'company'),
	Lists: (account) => office.catalogs(account),
	Users: office.users,
	LossReasons: office.lossReasons,
	Leads: cards('lead'),
	Contacts: cards('contact'),
	CompanyCards: cards('company'),
};

/** Lists behind the selectors of a brand's nodes, by names that are unique over all vendors. */
export function familySearches(prefix: string, officeOf: (opening: Opening) => office.Office): Readonly<Record<string, VendorSearch>> {
	return Object.fromEntries(
		Object.entries(FINDS).map(([name, find]): [string, VendorSearch] => [
			`search${prefix}${name}`,
			async (opening, filter) => {
				const rows = valueOf(await find(officeOf(opening), opening, filter));
				// the search of the vendor finds any text of a card, which its name need not show
				const isSearched = ['Leads', 'Contacts', 'CompanyCards'].includes(name);
				const results = rows.map((row): INodeListSearchItems => ({ name: named(row), value: row.id })).filter((item) => isSearched || has(item.name, filter));
				return { results: results.slice(0, MOST) };
			},
		]),
	);
}

/** The same lists by their names without the brand, for the operations that both nodes share. */
export function sharedSearches<T>(prefix: string, searches: Readonly<Record<string, T>>): Record<string, T> {
	const start = `search${prefix}`;
	return Object.fromEntries(Object.entries(searches).filter(([name]) => name.startsWith(start)).map(([name, search]) => [`search${name.slice(start.length)}`, search]));
}
