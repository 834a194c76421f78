import * as v from 'valibot';
import { ok, unavailable } from '../../booking';
import type { Lock } from '../computed';
import { type HttpPort, readAnswer } from '../http';

/** Tokens of one consent. Each refresh gives both anew and ends the old ones. */
export interface TokenPair {
	readonly accessToken: string;
	readonly refreshToken: string;
	/** Milliseconds since the epoch. */
	readonly expiresAt: number;
}

/** Where the pair of an account is kept: one place for everybody who uses it. */
export interface TokenKeeper {
	load(): Promise<TokenPair>;
	/** Replaces both together, for good, before it returns. */
	save(pair: TokenPair): Promise<void>;
}

export interface TokenParts {
	readonly port: HttpPort;
	/** The account's own host, such as `https://salon.amocrm.ru`. */
	readonly accountUrl: string;
	readonly client: { readonly id: string; readonly secret: string; readonly redirectUri: string };
	readonly keeper: TokenKeeper;
	/** One for all processes that use the keeper: a refresh made twice ends the consent. */
	readonly lock: Lock;
	/** Milliseconds since the epoch. */
	readonly clock?: () => number;
}

/** Gives the token to sign with. Rejects with an error without secrets when a person has to consent again, or nobody answers. */
export interface TokenSource {
	current(): Promise<string>;
	/** A token other than one that was not accepted; the same when there is a newer one already. */
	renewed(refused: string): Promise<string>;
}

const EARLY_MS = 300_000;
const TIMEOUT_MS = 20_000;
const MOST_BYTES = 65_536;
const MOST_TRIES = 3;

const TOKEN = v.pipe(v.string(), v.nonEmpty(), v.maxLength(8000));
const PAIR = v.object({ access_token: TOKEN, refresh_token: TOKEN, expires_in: v.pipe(v.number(), v.minValue(60)), server_time: v.optional(v.number()) });

class ConsentEnded extends Error {}

/** Rotating tokens of a script: one refresh at a time, saved before anybody uses it. */
export function createTokenSource(parts: TokenParts): TokenSource {
	const { keeper, lock, accountUrl, clock = Date.now } = parts;
	let underway: Promise<string> | null = null;

	/** One refresh for all who ask in this process; among processes the first one, and the rest find its pair. */
	function refresh(isOld: (pair: TokenPair) => boolean): Promise<string> {
		underway ??= lock
			.run([`${accountUrl} tokens`], async (lease) => {
				const held = await keeper.load();
				if (!isOld(held)) return ok(held.accessToken);
				if (!(await lease.keep())) return unavailable('The right to renew the credential was lost; ask again.');
				const pair = await rotate(parts, held.refreshToken, clock);
				await keeper.save(pair);
				return ok(pair.accessToken);
			})
			.then((outcome) => {
				if (outcome.kind !== 'ok') throw new Error('The credential is being renewed by somebody else for too long; ask again.');
				return outcome.value;
			})
			.finally(() => (underway = null));
		return underway;
	}

	return {
		async current() {
			const isOld = (pair: TokenPair): boolean => pair.expiresAt - EARLY_MS <= clock();
			const held = await keeper.load();
			if (!isOld(held)) return held.accessToken;
			return refresh(isOld).catch((error: unknown) => {
				// the vendor's own refusal of the old token tells an operator more than ours of a new one
				if (error instanceof ConsentEnded) return held.accessToken;
				throw error;
			});
		},
		renewed: (refused) => refresh((pair) => pair.accessToken === refused),
	};
}

async function rotate({ port, accountUrl, client }: TokenParts, refreshToken: string, clock: () => number): Promise<TokenPair> {
	const body = JSON.stringify({ client_id: client.id, client_secret: client.secret, grant_type: 'refresh_token', refresh_token: refreshToken, redirect_uri: client.redirectUri });
	for (let attempt = 1; ; attempt += 1) {
		const exchange = await port.exchange({
			method: 'POST',
			url: new URL('/oauth2/access_token', accountUrl).href,
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body,
			timeoutMs: TIMEOUT_MS,
			maxBytes: MOST_BYTES,
		});
		if (exchange.kind === 'failed') {
			// only a request that never left may go again: the old token is gone once it was heard
			if (!exchange.sent && attempt < MOST_TRIES) continue;
			throw new Error('The token address did not answer; if the credential stops working, consent to the integration again.');
		}
		const answer = readAnswer(exchange);
		const parsed = answer.status === 200 && answer.body.kind === 'json' ? v.safeParse(PAIR, answer.body.value) : null;
		if (parsed?.success !== true) throw new ConsentEnded(`The token address refused to renew the credential (status ${answer.status}); consent to the integration again.`);
		const { access_token: accessToken, refresh_token: next, expires_in: seconds } = parsed.output;
		return { accessToken, refreshToken: next, expiresAt: clock() + seconds * 1000 };
	}
}
