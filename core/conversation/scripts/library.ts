import * as v from 'valibot';
import type { Instant } from '../../booking';
import type { ScriptRecord, ScriptStore } from '../../store/assistant';
import { ScriptSchema, type SalesScript } from './script';

/** One wrong field of a script: its path, and what it must be. */
export interface ScriptProblem {
	readonly field: string;
	readonly problem: string;
}

/** The scripts of one salon. Errors of the database are StoreErrors. */
export interface ScriptLibrary {
	/** Scripts that read well; `unreadable` names the others, which never speak. */
	list(): Promise<{ readonly scripts: readonly SalesScript[]; readonly unreadable: readonly string[] }>;
	/** Checks and writes a script; one with the same id is replaced. An empty list means that it was written. */
	save(input: unknown, now: Instant): Promise<readonly ScriptProblem[]>;
	remove(id: string): Promise<boolean>;
}

const Json = v.pipe(v.string(), v.parseJson());

function read(record: ScriptRecord): SalesScript | null {
	const trigger = v.safeParse(Json, record.trigger);
	const serviceIds = v.safeParse(Json, record.serviceIds);
	const parsed = v.safeParse(ScriptSchema, {
		id: record.id,
		kind: record.kind,
		stage: record.stage,
		trigger: trigger.output,
		text: { ru: record.bodyRu, en: record.bodyEn },
		maxUses: record.maxUses,
		serviceIds: serviceIds.output,
		active: record.active,
	});
	return trigger.success && serviceIds.success && parsed.success ? parsed.output : null;
}

/** The scripts of a tenant in the store. */
export function createScriptLibrary(store: ScriptStore, tenant: string): ScriptLibrary {
	return {
		async list() {
			const rows = (await store.list(tenant)).map((record) => ({ id: record.id, script: read(record) }));
			return {
				scripts: rows.flatMap(({ script }) => (script === null ? [] : [script])),
				unreadable: rows.flatMap(({ id, script }) => (script === null ? [id] : [])),
			};
		},

		async save(input, now) {
			const parsed = v.safeParse(ScriptSchema, input);
			if (!parsed.success) return parsed.issues.map((issue) => ({ field: v.getDotPath(issue) ?? 'script', problem: issue.message }));
			const { trigger, text, serviceIds, ...rest } = parsed.output;
			await store.put(
				tenant,
				{ ...rest, trigger: JSON.stringify(trigger), bodyRu: text.ru, bodyEn: text.en, serviceIds: JSON.stringify(serviceIds) },
				now,
			);
			return [];
		},

		remove: (id) => store.remove(tenant, id),
	};
}
