/** What stands in the embedded CRM's tables, read beside the running n8n. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface VisitRow {
	readonly id: string;
	readonly status: string;
	readonly starts_at: string;
	readonly staff_id: string;
	readonly client_phone: string | null;
	readonly client_name: string | null;
}

/** Opens the database of an n8n user folder for reading. */
export function salonRows(userFolder: string, tenant = 'demo'): { visitsOf(phone: string): VisitRow[]; staffName(id: string): string; count(sql: string): number; statuses(): string[]; outgoing(): { wa_id: string; state: string }[]; openTurns(): number; close(): void } {
	const db = new DatabaseSync(join(userFolder, '.n8n', 'ai-admin.sqlite'), { readOnly: true });
	db.exec('PRAGMA busy_timeout = 5000');
	return {
		visitsOf: (phone) =>
			db
				.prepare(
					`select a.id, a.status, a.starts_at, a.staff_id, c.phone as client_phone, c.name as client_name
					 from crm_appointment a join crm_client c on c.tenant = a.tenant and c.id = a.client_id
					 where a.tenant = ? and c.phone = ? order by a.starts_at`,
				)
				.all(tenant, phone) as unknown as VisitRow[],
		staffName: (id) => String((db.prepare('select name from crm_staff where tenant = ? and id = ?').get(tenant, id) as { name: string } | undefined)?.name ?? ''),
		/** How the runs of the sync ended, the newest first. */
		statuses: () => (db.prepare('select status from sync_run where tenant = ? order by started_at desc').all(tenant) as { status: string }[]).map(({ status }) => status),
		/** Messages of WhatsApp sessions in the order in which they were queued. */
		outgoing: () => db.prepare('select wa_id, state from wa_outbox where tenant = ? order by seq').all(tenant) as unknown as { wa_id: string; state: string }[],
		/** Turns of WhatsApp sessions that no workflow is through with. */
		openTurns: () => Number((db.prepare("select count(*) as n from collected_turn where tenant = ? and channel like 'whatsapp:%' and done_at is null").get(tenant) as { n: number }).n),
		count: (sql) => Number((db.prepare(sql).get() as { n: number }).n),
		close: () => db.close(),
	};
}
