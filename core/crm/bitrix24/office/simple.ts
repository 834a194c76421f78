import type { Row } from './office';

/** A deal, a lead or a contact in few words; what the portal did not give is null. */
export type SimpleItem = Readonly<Record<string, string | number | null>>;

const TRADE = ['title', 'stageId', 'stageSemanticId', 'contactId', 'opportunity', 'currencyId', 'assignedById', 'createdTime', 'updatedTime'] as const;
const PERSON = ['name', 'lastName', 'assignedById', 'createdTime', 'updatedTime'] as const;

/** The few fields people look at first, user fields left out. */
export function simpleItem(kind: 'deal' | 'lead' | 'contact', row: Row): SimpleItem {
	const names: readonly string[] = kind === 'contact' ? PERSON : kind === 'deal' ? [...TRADE, 'categoryId'] : TRADE;
	const picked = Object.fromEntries(names.map((name) => [name, plain(row[name])]));
	return { id: String(row.id), ...picked, ...(kind === 'contact' ? { phone: pointIn(row, 'PHONE'), email: pointIn(row, 'EMAIL') } : {}) };
}

function plain(value: unknown): string | number | null {
	return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function pointIn({ fm }: Row, typeId: string): string | null {
	const rows: readonly unknown[] = Array.isArray(fm) ? fm : [];
	for (const row of rows) if (typeof row === 'object' && row !== null && 'typeId' in row && row.typeId === typeId && 'value' in row && typeof row.value === 'string') return row.value;
	return null;
}
