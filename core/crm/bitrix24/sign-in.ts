import * as v from 'valibot';
import { type Outcome, ok, refused, unavailable } from '../../booking';
import type { Lock } from '../computed';
import { type HttpExchange, type HttpPort, type HttpRequest, readAnswer } from '../http';

/** Tokens of an application on one portal. Each renewal gives both anew and ends the old ones. */
export interface PortalTokens {
	readonly accessToken: string;
	readonly refreshToken: string;
}

/** Where the tokens of a portal are kept: one place for everybody who uses them. */
export interface TokenKeeper {
	load(): Promise<PortalTokens>;
	/** Replaces both together, for good, before it returns. */
	save(tokens: PortalTokens): Promise<void>;
}

/** Gives the token to sign with. */
export interface TokenSource {
	current(): Promise<Outcome<string>>;
	/** A token other than one that has ended; the one that is there already when somebody else was first. */
	renewed(ended: string): Promise<Outcome<string>>;
}

export interface TokenParts {
	readonly port: HttpPort;
	/** The authorization server of the portal's region, such as `https://oauth.bitrix24.tech`: never the portal itself. */
	readonly serverUrl: string;
	readonly client: { readonly id: string; readonly secret: string };
	readonly keeper: TokenKeeper;
	/** One for all who use the keeper: a token renewed twice ends the consent. */
	readonly lock: Lock;
	/** Names the portal in locks. */
	readonly account: string;
}

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 65_536;
const TOKEN = v.pipe(v.string(), v.nonEmpty(), v.maxLength(8000));
const RENEWED = v.object({ access_token: TOKEN, refresh_token: TOKEN });
const NOT_RENEWED = refused('credential_invalid', 'The credential cannot be renewed; connect the application to the portal again.');
const NO_ANSWER = unavailable('The authorization server of Bitrix24 gave no answer; the credential could not be renewed.');
const NOT_KEPT = unavailable('The credential of Bitrix24 cannot be read or kept.');

/** Tokens of a script. They are renewed when the portal says that one has ended, never before: the vendor asks for that. */
export function createTokenSource(parts: TokenParts): TokenSource {
	const { keeper, lock, account } = parts;
	const load = (): Promise<Outcome<PortalTokens>> => keeper.load().then(ok, () => NOT_KEPT);
	return {
		async current() {
			const held = await load();
			return held.kind === 'ok' ? ok(held.value.accessToken) : held;
		},
		renewed: (ended) =>
			lock.run([`${account} tokens`], async () => {
				const held = await load();
				if (held.kind !== 'ok') return held;
				if (held.value.accessToken !== ended) return ok(held.value.accessToken);
				const fresh = await renew(parts, held.value.refreshToken);
				if (fresh.kind !== 'ok') return fresh;
				return keeper.save(fresh.value).then(() => ok(fresh.value.accessToken), () => NOT_KEPT);
			}),
	};
}

async function renew({ port, serverUrl, client }: TokenParts, refreshToken: string): Promise<Outcome<PortalTokens>> {
	const url = new URL('/oauth/token/', serverUrl);
	url.search = new URLSearchParams({ grant_type: 'refresh_token', client_id: client.id, client_secret: client.secret, refresh_token: refreshToken }).toString();
	const exchange = await port.exchange({ method: 'GET', url: url.href, headers: { accept: 'application/json' }, timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES });
	if (exchange.kind === 'failed') return NO_ANSWER;
	const { status, body } = readAnswer(exchange);
	if (status >= 500) return NO_ANSWER;
	const parsed = status === 200 && body.kind === 'json' ? v.safeParse(RENEWED, body.value) : null;
	if (parsed?.success !== true) return NOT_RENEWED;
	return ok({ accessToken: parsed.output.access_token, refreshToken: parsed.output.refresh_token });
}

const NEVER_LEFT: HttpExchange = { kind: 'failed', cause: 'refused', sent: false };
/** What a portal would say to a call without a token. */
const UNSIGNED: HttpExchange = { kind: 'answered', status: 401, headers: {}, body: new Uint8Array() };

/**
 * A port that signs the calls of an application: the token goes into the body, where no log of addresses shows it. A call
 * turned away because its token has ended is sent once more with a new one; nothing was done by the first.
 */
export function signedPort(port: HttpPort, tokens: TokenSource): HttpPort {
	return {
		async exchange(request) {
			const token = await tokens.current();
			if (token.kind !== 'ok') return token.kind === 'refused' ? UNSIGNED : NEVER_LEFT;
			const first = await port.exchange(signed(request, token.value));
			if (!hasEnded(first)) return first;
			const fresh = await tokens.renewed(token.value);
			if (fresh.kind === 'ok') return port.exchange(signed(request, fresh.value));
			// the portal's own word tells a person what to do; a renewal that only failed may work in a moment
			return fresh.kind === 'refused' ? first : NEVER_LEFT;
		},
	};
}

function signed(request: HttpRequest, auth: string): HttpRequest {
	const body: unknown = JSON.parse(request.body ?? '{}');
	return { ...request, body: JSON.stringify({ ...(body as object), auth }) };
}

function hasEnded(exchange: HttpExchange): boolean {
	if (exchange.kind !== 'answered' || exchange.status !== 401) return false;
	const { body } = readAnswer(exchange);
	// a host that renewed the token itself hands over the second refusal without its words
	if (body.kind === 'empty') return true;
	return body.kind === 'json' && typeof body.value === 'object' && body.value !== null && 'error' in body.value && /^expired_token$/i.test(String(body.value.error));
}
