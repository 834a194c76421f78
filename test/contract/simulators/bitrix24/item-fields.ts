import type { FieldKind } from './listing';
import { COMPANY, CONTACT, DEAL, LEAD, type Portal, SMART_PROCESS } from './portal';
import type { Bitrix24Switches } from './switches';

/** A field of an element. Moments are kept as milliseconds, dates as `YYYY-MM-DD`, yes and no as `Y` and `N`. */
export interface ItemField {
	/** Name in `crm.item.*`, and the key it is kept under; user fields are kept under their original names. */
	readonly name: string;
	readonly kind: FieldKind;
	/** Name in `crm.contact.*`, `crm.deal.*` and `crm.lead.*`. */
	readonly legacy: string;
	readonly readOnly: boolean;
}

const field = (kind: FieldKind, name: string, legacy = upperSnake(name), readOnly = false): ItemField => ({ name, kind, legacy, readOnly });
const fixed = (kind: FieldKind, name: string, legacy = upperSnake(name)): ItemField => field(kind, name, legacy, true);

const COMMON: readonly ItemField[] = [
	fixed('integer', 'id', 'ID'),
	fixed('datetime', 'createdTime', 'DATE_CREATE'),
	fixed('datetime', 'updatedTime', 'DATE_MODIFY'),
	field('integer', 'assignedById'),
	field('boolean', 'opened'),
	field('string', 'comments'),
	field('string', 'sourceId'),
	field('string', 'sourceDescription'),
	field('string', 'originatorId'),
	field('string', 'originId'),
];
const PERSON: readonly ItemField[] = [
	field('string', 'name'),
	field('string', 'lastName'),
	field('string', 'secondName'),
	field('string', 'honorific'),
	field('string', 'post'),
	field('date', 'birthdate'),
	fixed('boolean', 'hasPhone'),
	fixed('boolean', 'hasEmail'),
];
const TRADE: readonly ItemField[] = [
	field('string', 'title'),
	field('double', 'opportunity'),
	field('boolean', 'isManualOpportunity'),
	field('string', 'currencyId'),
	field('integer', 'companyId'),
	field('integer', 'contactId'),
	field('integers', 'contactIds'),
	fixed('string', 'stageSemanticId', 'STAGE_SEMANTIC_ID'),
	fixed('datetime', 'movedTime', 'MOVED_TIME'),
];

/** Standard fields by kind of element. */
const STANDARD: ReadonlyMap<number, readonly ItemField[]> = new Map([
	[LEAD, [...COMMON, ...PERSON, ...TRADE, field('string', 'stageId', 'STATUS_ID')]],
	[
		DEAL,
		[
			...COMMON, ...TRADE, field('string', 'stageId'), field('integer', 'categoryId'), field('string', 'typeId'), fixed('boolean', 'closed'),
			field('date', 'begindate', 'BEGINDATE'), field('date', 'closedate', 'CLOSEDATE'), field('integer', 'leadId'),
		],
	],
	[CONTACT, [...COMMON, ...PERSON, field('string', 'typeId'), field('integer', 'companyId'), field('boolean', 'export')]],
	// no comments, no originator and no word on what a stage means
	[
		SMART_PROCESS,
		[
			...COMMON.filter(({ name }) => !['comments', 'originatorId', 'originId'].includes(name)), ...TRADE.filter(({ name }) => name !== 'stageSemanticId'),
			field('string', 'xmlId'), field('string', 'stageId'), field('integer', 'categoryId'),
		],
	],
	[COMPANY, [...COMMON, field('string', 'title'), field('string', 'typeId', 'COMPANY_TYPE'), field('boolean', 'isMyCompany'), fixed('boolean', 'hasPhone'), fixed('boolean', 'hasEmail')]],
]);

/** Kinds of elements that carry phones and addresses. */
export const WITH_MULTIFIELDS: ReadonlySet<number> = new Set([LEAD, CONTACT, COMPANY]);

/** All fields of a kind of element, user fields under their original names; empty for an unknown kind. */
export function fieldsOfKind(portal: Portal, entityTypeId: number): readonly ItemField[] {
	const standard = STANDARD.get(entityTypeId);
	if (standard === undefined) return [];
	const added = (portal.userFields.get(entityTypeId) ?? []).map(({ name, type }) => field(type === 'employee' ? 'integer' : type, name, name));
	return [...standard, ...added];
}

/** The name a caller of `crm.item.*` uses for a field. */
export function outerName(name: string, useOriginal: boolean, switches: Bitrix24Switches): string {
	if (useOriginal || !name.startsWith('UF_CRM_')) return name;
	const rest = name.slice('UF_CRM_'.length);
	if (/^\d/.test(rest) || switches.userFieldNames === 'kept after prefix') return `ufCrm_${rest}`;
	return `ufCrm${rest.toLowerCase().replace(/(^|_)([a-z0-9])/g, (_whole, _dash, letter: string) => letter.toUpperCase())}`;
}

function upperSnake(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
