import type { Selectable } from 'kysely';
import type { Instant } from '../../booking';
import type { ChatKey } from '../conversation-store';
import { utcInstant } from '../instant';
import type { KnowledgeQuestionTable, QuestionStatus } from '../schema/assistant';
import type { Store, Vault } from '../store';
import { chatHash, queueFor } from './subjects';

/** A question nobody could answer from the knowledge. */
export interface QuestionRecord {
	readonly id: string;
	/** The words of the client who asked first. */
	readonly question: string;
	readonly asked: number;
	readonly status: QuestionStatus;
	readonly firstAt: Instant;
	readonly lastAt: Instant;
}

export interface AskedQuestion {
	readonly chat: ChatKey;
	readonly question: string;
	/** Equal for questions that are the same; only its keyed hash is stored. */
	readonly normalised: string;
	readonly now: Instant;
}

/** A salon's to-do list: what clients asked and nobody could answer. */
export interface QuestionStore {
	/** Notes a question; the same one counts up, and one marked answered is open again. A dismissed one stays dismissed. */
	log(asked: AskedQuestion): Promise<{ readonly id: string; readonly asked: number }>;
	/** Most recently asked first. */
	list(filter: { tenant: string; status?: QuestionStatus; limit: number }): Promise<readonly QuestionRecord[]>;
	get(tenant: string, id: string): Promise<QuestionRecord | null>;
	/** False when there is no such question. */
	setStatus(tenant: string, id: string, status: QuestionStatus): Promise<boolean>;
}

/** Most questions of a tenant; above it the one asked least and longest ago makes room. */
export const MOST_QUESTIONS = 500;

function record(vault: Vault, row: Selectable<KnowledgeQuestionTable>): QuestionRecord {
	return {
		id: row.id,
		question: vault.open(row.question),
		asked: row.asked,
		status: row.status,
		firstAt: row.first_at,
		lastAt: row.last_at,
	};
}

/** See {@link QuestionStore}. */
export function questionsOf(store: Store): QuestionStore {
	const { db, vault } = store;
	return {
		log({ chat, question, normalised, now: at }) {
			const { tenant } = chat;
			const now = utcInstant(at);
			const hash = vault.hash(JSON.stringify([tenant, 'question', normalised]));
			return store.write(async (trx) => {
				await queueFor(store, trx, ['questions', tenant]);
				const row = await trx
					.insertInto('knowledge_question')
					.values({
						tenant,
						id: `q${hash}`,
						question_hash: hash,
						chat_hash: chatHash(vault, chat),
						question: vault.seal(question),
						asked: 1,
						status: 'open',
						first_at: now,
						last_at: now,
					})
					.onConflict((conflict) =>
						conflict.columns(['tenant', 'question_hash']).doUpdateSet((eb) => ({
							asked: eb('knowledge_question.asked', '+', 1),
							last_at: now,
							status: eb.case('knowledge_question.status').when('answered').then('open' as const).else(eb.ref('knowledge_question.status')).end(),
						})),
					)
					.returning(['id', 'asked'])
					.executeTakeFirstOrThrow();
				if (row.asked === 1) {
					const { total } = await trx
						.selectFrom('knowledge_question')
						.select((eb) => eb.fn.countAll<number>().as('total'))
						.where('tenant', '=', tenant)
						.executeTakeFirstOrThrow();
					if (total > MOST_QUESTIONS) {
						await trx
							.deleteFrom('knowledge_question')
							.where('tenant', '=', tenant)
							.where('id', 'in', (eb) =>
								eb
									.selectFrom('knowledge_question')
									.select('id')
									.where('tenant', '=', tenant)
									.where('id', '!=', row.id)
									.orderBy('asked')
									.orderBy('last_at')
									.limit(total - MOST_QUESTIONS),
							)
							.execute();
					}
				}
				return row;
			});
		},

		async list({ tenant, status, limit }) {
			let query = db.selectFrom('knowledge_question').selectAll().where('tenant', '=', tenant);
			if (status !== undefined) query = query.where('status', '=', status);
			const rows = await query.orderBy('last_at', 'desc').orderBy('id').limit(limit).execute();
			return rows.map((row) => record(vault, row));
		},

		async get(tenant, id) {
			const row = await db.selectFrom('knowledge_question').selectAll().where((eb) => eb.and({ tenant, id })).executeTakeFirst();
			return row === undefined ? null : record(vault, row);
		},

		async setStatus(tenant, id, status) {
			const { numUpdatedRows } = await store.write((trx) =>
				trx.updateTable('knowledge_question').set({ status }).where((eb) => eb.and({ tenant, id })).executeTakeFirst(),
			);
			return numUpdatedRows > 0n;
		},
	};
}
