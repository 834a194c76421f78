import * as v from 'valibot';
import type { Instant } from '../../booking';
import type { ProfileRecord, ProfileStore } from '../../store/assistant';
import { readProfile, type AssistantProfile, type FieldProblem } from './schema';

/** A stored profile with the version to save over. */
export interface StoredProfile {
	readonly profile: AssistantProfile;
	readonly version: number;
	readonly updatedAt: Instant;
}

export type ProfileFound =
	| ({ readonly kind: 'found' } & StoredProfile)
	| { readonly kind: 'none' }
	/** The row does not read as a profile: never replaced by defaults, the fields say what is wrong. */
	| { readonly kind: 'unreadable'; readonly version: number; readonly problems: readonly FieldProblem[] };

export type ProfileSaved =
	| { readonly kind: 'saved'; readonly version: number }
	| { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
	/** Changed by somebody else since it was read: read it again and repeat the change. */
	| { readonly kind: 'conflict'; readonly current: ProfileFound };

/** The assistants of one salon. Errors of the database are StoreErrors. */
export interface Profiles {
	/** Readable ones, by id; `unreadable` names the others. */
	list(): Promise<{ readonly profiles: readonly StoredProfile[]; readonly unreadable: readonly string[] }>;
	get(id: string): Promise<ProfileFound>;
	/** `expected` is the version that was read, null for a new profile. `input` is checked like any input from outside. */
	save(input: unknown, expected: number | null, now: Instant): Promise<ProfileSaved>;
	remove(id: string): Promise<boolean>;
}

const Body = v.pipe(v.string(), v.parseJson());

function found(record: ProfileRecord | null): ProfileFound {
	if (record === null) return { kind: 'none' };
	const body = v.safeParse(Body, record.body);
	const reading = readProfile(body.success ? body.output : null);
	if (reading.kind === 'invalid') return { kind: 'unreadable', version: record.version, problems: reading.problems };
	return { kind: 'found', profile: reading.profile, version: record.version, updatedAt: record.updatedAt };
}

/** The profiles of a tenant in the store. */
export function createProfiles(store: ProfileStore, tenant: string): Profiles {
	return {
		async list() {
			const rows = await store.list(tenant);
			const read = rows.map((row) => ({ id: row.id, found: found(row) }));
			return {
				profiles: read.flatMap((one) => (one.found.kind === 'found' ? [one.found] : [])),
				unreadable: read.flatMap((one) => (one.found.kind === 'found' ? [] : [one.id])),
			};
		},

		get: async (id) => found(await store.get(tenant, id)),

		async save(input, expected, now) {
			const reading = readProfile(input);
			if (reading.kind === 'invalid') return reading;
			const { id, name } = reading.profile;
			const saved = await store.save(tenant, { id, name, body: JSON.stringify(reading.profile) }, expected, now);
			return saved.kind === 'saved' ? saved : { kind: 'conflict', current: found(saved.current) };
		},

		remove: (id) => store.remove(tenant, id),
	};
}
