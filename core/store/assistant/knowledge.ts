import { createHash } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import * as v from 'valibot';
import type { Instant } from '../../booking';
import { utcInstant } from '../instant';
import type { Database } from '../schema';
import type { KnowledgeEntryTable } from '../schema/assistant';
import type { Store } from '../store';

/** A piece of knowledge before it is stored. Equal `contentHash` of one source is the same piece. */
export interface EntryDraft {
	readonly title: string;
	/** At most 600 characters. */
	readonly body: string;
	readonly aliases: readonly string[];
	readonly lang: string;
	readonly contentHash: string;
}

/** A stored piece of knowledge. `id` follows from source and content: an unchanged entry keeps it over imports. */
export interface EntryRecord extends EntryDraft {
	readonly id: string;
	/** File or page it came from. */
	readonly source: string;
	readonly updatedAt: Instant;
}

/** What an import did to the entries of its source. */
export interface ImportCounts {
	readonly added: number;
	readonly removed: number;
	readonly kept: number;
}

export interface SourceSummary {
	readonly source: string;
	readonly entries: number;
	readonly updatedAt: Instant;
}

/** A salon's knowledge: entries by source. */
export interface KnowledgeStore {
	/** Grows with every change of the tenant's entries; 0 when there was none. */
	version(tenant: string): Promise<number>;
	/** All entries, by source and their order in it. */
	entries(tenant: string): Promise<readonly EntryRecord[]>;
	sources(tenant: string): Promise<readonly SourceSummary[]>;
	/** Makes `drafts` the whole content of the source: what is gone goes, what is unchanged is not touched. */
	replaceSource(tenant: string, source: string, drafts: readonly EntryDraft[], now: Instant): Promise<ImportCounts>;
	/** Puts entries at the end of a source; an equal one is not stored twice. */
	add(tenant: string, source: string, drafts: readonly EntryDraft[], now: Instant): Promise<ImportCounts>;
}

const ROWS_A_STATEMENT = 200;
const Aliases = v.fallback(v.pipe(v.string(), v.parseJson(), v.array(v.string())), []);

function entryId(source: string, contentHash: string): string {
	return `k${createHash('sha256').update(JSON.stringify([source, contentHash])).digest('hex').slice(0, 20)}`;
}

function record(row: Selectable<KnowledgeEntryTable>): EntryRecord {
	return {
		id: row.id,
		source: row.source,
		title: row.title,
		body: row.body,
		aliases: v.parse(Aliases, row.aliases),
		lang: row.lang,
		contentHash: row.content_hash,
		updatedAt: row.updated_at,
	};
}

/** Also makes imports of one tenant queue: the first statement of their transactions takes this row. */
async function nextVersion(trx: Transaction<Database>, tenant: string): Promise<void> {
	await trx
		.insertInto('knowledge_version')
		.values({ tenant, version: 1 })
		.onConflict((conflict) => conflict.column('tenant').doUpdateSet((eb) => ({ version: eb('knowledge_version.version', '+', 1) })))
		.execute();
}

async function insert(trx: Transaction<Database>, rows: readonly Selectable<KnowledgeEntryTable>[]): Promise<void> {
	for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
		await trx.insertInto('knowledge_entry').values(rows.slice(from, from + ROWS_A_STATEMENT)).execute();
	}
}

async function remove(trx: Transaction<Database>, tenant: string, ids: readonly string[]): Promise<void> {
	for (let from = 0; from < ids.length; from += ROWS_A_STATEMENT) {
		await trx
			.deleteFrom('knowledge_entry')
			.where('tenant', '=', tenant)
			.where('id', 'in', ids.slice(from, from + ROWS_A_STATEMENT))
			.execute();
	}
}

/** See {@link KnowledgeStore}. Errors are StoreErrors. */
export function knowledgeOf(store: Store): KnowledgeStore {
	const { db } = store;

	function change(tenant: string, source: string, drafts: readonly EntryDraft[], at: Instant, whole: boolean): Promise<ImportCounts> {
		const now = utcInstant(at);
		return store.write(async (trx) => {
			await nextVersion(trx, tenant);
			const stored = await trx
				.selectFrom('knowledge_entry')
				.select(['id', 'position'])
				.where((eb) => eb.and({ tenant, source }))
				.execute();
			const positions = new Map(stored.map((row) => [row.id, row.position]));
			const first = whole ? 0 : 1 + Math.max(-1, ...positions.values());
			const wanted = new Map(drafts.map((draft) => [entryId(source, draft.contentHash), draft]));
			const added: Selectable<KnowledgeEntryTable>[] = [];
			let position = first;
			for (const [id, draft] of wanted) {
				const { title, body, aliases, lang, contentHash } = draft;
				const known = positions.get(id);
				if (known === undefined) {
					const row = { tenant, id, source, position, title, body, lang, aliases: JSON.stringify(aliases), content_hash: contentHash };
					added.push({ ...row, updated_at: now });
				} else if (whole && known !== position) {
					await trx.updateTable('knowledge_entry').set({ position }).where((eb) => eb.and({ tenant, id })).execute();
				}
				position++;
			}
			const gone = whole ? [...positions.keys()].filter((id) => !wanted.has(id)) : [];
			await remove(trx, tenant, gone);
			await insert(trx, added);
			return { added: added.length, removed: gone.length, kept: wanted.size - added.length };
		});
	}

	return {
		async version(tenant) {
			const row = await db.selectFrom('knowledge_version').select('version').where('tenant', '=', tenant).executeTakeFirst();
			return row?.version ?? 0;
		},

		async entries(tenant) {
			const rows = await db
				.selectFrom('knowledge_entry')
				.selectAll()
				.where('tenant', '=', tenant)
				.orderBy('source')
				.orderBy('position')
				.orderBy('id')
				.execute();
			return rows.map(record);
		},

		async sources(tenant) {
			const rows = await db
				.selectFrom('knowledge_entry')
				.select((eb) => ['source', eb.fn.countAll<number>().as('entries'), eb.fn.max('updated_at').as('updated_at')])
				.where('tenant', '=', tenant)
				.groupBy('source')
				.orderBy('source')
				.execute();
			return rows.map((row) => ({ source: row.source, entries: row.entries, updatedAt: row.updated_at }));
		},

		replaceSource: (tenant, source, drafts, now) => change(tenant, source, drafts, now, true),
		add: (tenant, source, drafts, now) => change(tenant, source, drafts, now, false),
	};
}
