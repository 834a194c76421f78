import type { INodeProperties } from 'n8n-workflow';
import { minorOf } from '../../core/booking';
import type { ListPage, Range } from '../../core/store/sync';
import { collectionOf, dayOf, instantOf } from '../shared/booking/values';
import { ParameterError } from '../shared/errors';
import { listFields, readLimit, textOf, wholeNumberOf } from '../shared/fields';
import type { QueryContext } from './context';

type Filters = Readonly<Record<string, unknown>>;

const skip: INodeProperties = { displayName: 'Skip', name: 'skip', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'How many of the first results to leave out: the next page of the one before' };

/** Return All, Limit and Filters of a list. */
export function filterFields(options: readonly INodeProperties[]): readonly INodeProperties[] {
	const sorted = [...options, skip].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
	return [...listFields, { displayName: 'Filters', name: 'filters', type: 'collection', placeholder: 'Add Filter', default: {}, options: sorted }];
}

export const text = (name: string, displayName: string, description: string, placeholder = ''): INodeProperties => ({ displayName, name, type: 'string', default: '', description, ...(placeholder === '' ? {} : { placeholder }) });
export const moment = (name: string, displayName: string, description: string): INodeProperties => ({ displayName, name, type: 'dateTime', default: '', description });
export const number = (name: string, displayName: string, description: string): INodeProperties => ({ displayName, name, type: 'number', typeOptions: { minValue: 0 }, default: 0, description });
export const whether = (name: string, displayName: string, description: string): INodeProperties => ({ displayName, name, type: 'boolean', default: true, description });

export const deletedField = whether('deleted', 'Deleted', 'Whether to list records the CRM no longer has instead of those it has');
export const clientIdField = text('clientId', 'Client ID', "The CRM's own ID of the client", 'e.g. 77000111');
export const staffIdField = text('staffId', 'Staff Member ID', "The CRM's own ID of the staff member", 'e.g. 50001');

/** The filters of an item and the part of the list it wants. */
export function readFilters({ parameters }: QueryContext, i: number): { readonly filters: Filters; readonly page: ListPage } {
	const filters = collectionOf(parameters, 'filters', i);
	const left = isGiven(filters.skip) ? wholeNumberOf(filters.skip, 'Skip', { min: 0, max: 100_000_000 }) : 0;
	return { filters, page: { limit: readLimit(parameters, i), skip: left } };
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

/** Only what was filled in. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** Ids as the CRM has them. */
export function idsOf({ clientId, staffId }: Filters): { clientId?: string; staffId?: string } {
	return given({ clientId: textOf(clientId) || undefined, staffId: textOf(staffId) || undefined });
}

/** A box that was added to the filters; its absence asks for nothing. */
export function flagsOf<K extends string>(filters: Filters, names: readonly K[]): { [N in K]?: boolean } {
	return Object.fromEntries(names.filter((name) => typeof filters[name] === 'boolean').map((name) => [name, filters[name]])) as { [N in K]?: boolean };
}

/** Moments; text without an offset is the salon's own time. */
export async function momentsOf(context: QueryContext, filters: Filters): Promise<{ from?: string; to?: string }> {
	if (!isGiven(filters.from) && !isGiven(filters.to)) return {};
	const zone = await context.zone();
	return given({ from: isGiven(filters.from) ? instantOf(filters.from, zone, 'From') : undefined, to: isGiven(filters.to) ? instantOf(filters.to, zone, 'To') : undefined });
}

function rangeOf<T>(filters: Filters, name: string, read: (value: unknown, displayName: string) => T): Range<T> | undefined {
	const [from, to] = [filters[`${name}From`], filters[`${name}To`]];
	if (!isGiven(from) && !isGiven(to)) return undefined;
	return given({ from: isGiven(from) ? read(from, `${name} From`) : undefined, to: isGiven(to) ? read(to, `${name} To`) : undefined });
}

/** Days of a pair of fields `<name>From` and `<name>To`. */
export const daysOf = (filters: Filters, name: string): Range<string> | undefined => rangeOf(filters, name, dayOf);
export const countsOf = (filters: Filters, name: string): Range<number> | undefined => rangeOf(filters, name, (value, displayName) => wholeNumberOf(value, displayName, { min: 0, max: 1_000_000 }));

/** Money of a pair of fields, in units of the salon's currency, as the minor units that the copy keeps: not every currency has two decimals. */
export async function moneyOf(context: QueryContext, filters: Filters, name: string): Promise<Range<number> | undefined> {
	const amounts = rangeOf(filters, name, amountOf);
	if (amounts === undefined) return undefined;
	const currency = await context.currency();
	const { from, to } = amounts;
	return given({ from: from === undefined ? undefined : minorOf(from, currency), to: to === undefined ? undefined : minorOf(to, currency) });
}

function amountOf(value: unknown): number {
	const amount = typeof value === 'string' ? Number(value) : value;
	if (typeof amount === 'number' && Number.isFinite(amount) && amount >= 0) return amount;
	throw new ParameterError('An amount is not valid', 'Enter an amount of money of 0 or more, for example 1500 or 1500.50.');
}

/** Days of any year. */
export const birthdaysOf = (filters: Filters): Range<string> | undefined =>
	rangeOf(filters, 'birthday', (value) => {
		const day = textOf(value);
		if (/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day)) return day;
		throw new ParameterError('A birthday is not month and day', 'Use MM-DD, for example 11-24.');
	});
