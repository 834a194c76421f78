import type { WAVersion } from '@whiskeysockets/baileys';
import * as v from 'valibot';
import type { Store } from '../../store';
import type { ClientLibrary } from '../client-library';
import { WhatsappError } from '../errors';
import type { Clock } from '../ports';

/** Reads the present version from WhatsApp; null when it cannot. */
export type FetchVersion = (client: ClientLibrary, timeoutMs: number) => Promise<WAVersion | null>;

export const fetchFromWhatsapp: FetchVersion = async (client, timeoutMs) => {
	const { version, isLatest } = await client.fetchLatestWaWebVersion({ signal: AbortSignal.timeout(timeoutMs) });
	return isLatest ? version : null;
};

export interface VersionParts {
	readonly store: Store;
	readonly clock: Clock;
	readonly fetch: FetchVersion;
	readonly tempo: { readonly versionGood: number; readonly versionAgain: number; readonly versionFetch: number };
}

interface Fetched {
	readonly at: number;
	readonly version: Promise<WAVersion | null>;
}

/** The version is the same for everyone on a store. */
const EVERYONE = '*';
const VERSION = v.pipe(
	v.string(),
	v.regex(/^\d{1,4}\.\d{1,6}\.\d{1,12}$/),
	v.transform((text): WAVersion => text.split('.').map(Number) as WAVersion),
);

const textOf = (version: WAVersion): string => version.join('.');

/** The client's version as data: an operator's, else the last that logged in, else WhatsApp's own word, else the one in the package. */
export class ClientVersions {
	readonly #refused = new Set<string>();
	#fetched: Fetched | null = null;

	constructor(private readonly parts: VersionParts) {}

	/** The version to connect with; null when every known one was refused. */
	async choose(client: ClientLibrary): Promise<WAVersion | null> {
		const stored = await this.#stored();
		const [override, working] = ['override', 'working'].map((source) => stored.get(source));
		for (const known of [override, working]) if (this.#isGood(known)) return known;
		const fetched = await this.#fetch(client, this.parts.tempo.versionGood);
		if (this.#isGood(fetched)) return fetched;
		const bundled = client.DEFAULT_CONNECTION_CONFIG.version;
		return this.#isGood(bundled) ? bundled : null;
	}

	/** WhatsApp refused this one: another to try at once, or null. */
	async after(client: ClientLibrary, refused: WAVersion): Promise<WAVersion | null> {
		this.#refused.add(textOf(refused));
		await this.#fetch(client, this.parts.tempo.versionAgain);
		return await this.choose(client);
	}

	/** Tries those that were refused again: a refusal may have been a mistake. */
	forgive(): void {
		this.#refused.clear();
	}

	/** A login with this version was accepted. */
	async worked(version: WAVersion): Promise<void> {
		this.#refused.delete(textOf(version));
		if (textOf((await this.#stored()).get('working') ?? [0, 0, 0]) !== textOf(version)) await this.#write('working', textOf(version));
	}

	/** An operator's version; null takes it back. Throws {@link WhatsappError} `settings_invalid`. */
	async setOverride(version: string | null): Promise<void> {
		if (version === null) {
			await this.parts.store.write(async (trx) => await trx.deleteFrom('wa_version').where('tenant', '=', EVERYONE).where('source', '=', 'override').execute());
			return;
		}
		if (!v.is(VERSION, version)) throw new WhatsappError('settings_invalid', 'A version is three numbers with dots, as 2.3000.1043857760.');
		await this.#write('override', version);
	}

	#isGood(version: WAVersion | null | undefined): version is WAVersion {
		return version !== null && version !== undefined && !this.#refused.has(textOf(version));
	}

	async #stored(): Promise<ReadonlyMap<string, WAVersion>> {
		const rows = await this.parts.store.db.selectFrom('wa_version').select(['source', 'value']).where('tenant', '=', EVERYONE).execute();
		return new Map(
			rows.flatMap(({ source, value }) => {
				const parsed = v.safeParse(VERSION, value);
				// what somebody wrote wrong by hand is as good as nothing
				return parsed.success ? [[source, parsed.output] as const] : [];
			}),
		);
	}

	async #fetch(client: ClientLibrary, goodMs: number): Promise<WAVersion | null> {
		const now = this.parts.clock();
		if (this.#fetched === null || now - this.#fetched.at >= goodMs) {
			this.#fetched = { at: now, version: this.parts.fetch(client, this.parts.tempo.versionFetch).catch(() => null) };
		}
		return await this.#fetched.version;
	}

	async #write(source: 'override' | 'working', value: string): Promise<void> {
		const updated_at = this.parts.clock();
		await this.parts.store.write(
			async (trx) =>
				await trx
					.insertInto('wa_version')
					.values({ tenant: EVERYONE, source, value, updated_at })
					.onConflict((conflict) => conflict.columns(['tenant', 'source']).doUpdateSet({ value, updated_at }))
					.execute(),
		);
	}
}
