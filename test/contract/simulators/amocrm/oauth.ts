import { empty, fieldsOf, type Answer, type Route, route, type SimRequest } from '../kit';
import { hal, problem } from './envelope';
import type { World } from './world';

const CODE_LIFE_S = 20 * 60;
const ACCESS_LIFE_S = 86_400;
const REFRESH_IDLE_S = 90 * 86_400;
const PROBLEM_TYPE = 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson';

/** The integration's card in the account. */
export interface Integration {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly redirectUri: string;
}

/** What the token URL answers. */
export interface TokenPair {
	readonly token_type: 'Bearer';
	readonly expires_in: number;
	readonly server_time: number;
	readonly access_token: string;
	readonly refresh_token: string;
}

/** Whose call it is. */
export interface Grant {
	readonly clientId: string;
	readonly admin: boolean;
	readonly family: number;
	readonly expiresAt: number;
	revoked: boolean;
}

interface Refresh {
	readonly family: number;
	readonly admin: boolean;
	readonly issuedAt: number;
	used: boolean;
}

/** Codes, access and refresh tokens of one integration in one account. */
export class TokenDesk {
	private readonly access = new Map<string, Grant>();
	private readonly refresh = new Map<string, Refresh>();
	private readonly codes = new Map<string, { readonly expiresAt: number; used: boolean }>();
	private families = 0;
	/** Token requests that were answered with a pair. */
	exchanges = 0;

	constructor(
		private readonly world: World,
		readonly integration: Integration,
	) {}

	/** A pair as after a finished consent. */
	issue(admin = true): TokenPair {
		this.families += 1;
		return this.pair(this.families, admin);
	}

	/** A token of a private integration, made in its card: 1 to 1,826 days, no refresh. */
	issueLongLived(days = 365, admin = true): string {
		this.families += 1;
		return this.grant(this.families, admin, days * 86_400);
	}

	/** A code as the consent page sends it. */
	issueCode(): string {
		const code = `def502${this.world.random.hex(40)}`;
		this.codes.set(code, { expiresAt: this.world.now() + CODE_LIFE_S, used: false });
		return code;
	}

	/** An administrator takes the integration out of the account. */
	revokeAll(): void {
		for (const grant of this.access.values()) grant.revoked = true;
		for (const token of this.refresh.values()) token.used = true;
	}

	/** The grant of a bearer header, or null when it opens nothing. */
	grantOf(header: string | undefined): Grant | null {
		const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
		const grant = token === undefined ? undefined : this.access.get(token);
		return grant === undefined || grant.revoked || grant.expiresAt <= this.world.now() ? null : grant;
	}

	/** `POST /oauth2/access_token`. */
	exchange(request: SimRequest): Answer {
		const form = this.world.switches.tokenBody === 'json_or_form' ? Object.fromEntries(new URLSearchParams(request.text)) : {};
		const body = request.json === undefined ? form : fieldsOf(request.json);
		const { clientId, clientSecret, redirectUri } = this.integration;
		if (body.client_id !== clientId || body.client_secret !== clientSecret) return this.refuse(401, 'Client authentication failed');
		if (body.redirect_uri !== redirectUri) return this.refuse(400, 'Invalid redirect uri');
		if (body.grant_type === 'authorization_code') return this.byCode(String(body.code));
		if (body.grant_type === 'refresh_token') return this.byRefresh(String(body.refresh_token));
		return this.refuse(400, 'The authorization grant type is not supported');
	}

	/** `GET /oauth2/account/current/subdomain`: where the account lives now. */
	subdomain(request: SimRequest): Answer {
		const header = request.headers['x-refresh-token'];
		const known = typeof header === 'string' ? this.refresh.get(header) : undefined;
		if (known === undefined || known.used) return this.refuse(401, 'Token has been revoked');
		const { account, brand } = this.world;
		const subdomain = account.movedTo ?? account.subdomain;
		return hal(200, { id: account.id, subdomain, domain: `${subdomain}.${brand.suffix}`, top_level_domain: brand.suffix.split('.')[1] });
	}

	private byCode(given: string): Answer {
		const code = this.codes.get(given);
		if (code === undefined || code.used || code.expiresAt <= this.world.now()) return this.refuse(400, 'Authorization code has expired');
		code.used = true;
		this.exchanges += 1;
		return hal(200, this.issue());
	}

	private byRefresh(given: string): Answer {
		const token = this.refresh.get(given);
		if (token === undefined) return this.refuse(401, 'Cannot decrypt the refresh token');
		if (token.used) {
			if (this.world.switches.staleRefresh === 'kills') this.killFamily(token.family);
			return this.refuse(401, 'Token has been revoked');
		}
		if (token.issuedAt + REFRESH_IDLE_S <= this.world.now()) return this.refuse(401, 'Token has expired');
		token.used = true;
		if (this.world.switches.oldAccessToken === 'revoked') this.revokeAccess(token.family);
		this.exchanges += 1;
		return hal(200, this.pair(token.family, token.admin));
	}

	private pair(family: number, admin: boolean): TokenPair {
		const refresh = `def50200${this.world.random.hex(64)}`;
		this.refresh.set(refresh, { family, admin, issuedAt: this.world.now(), used: false });
		return { token_type: 'Bearer', expires_in: ACCESS_LIFE_S, server_time: this.world.now(), access_token: this.grant(family, admin, ACCESS_LIFE_S), refresh_token: refresh };
	}

	private grant(family: number, admin: boolean, life: number): string {
		const expiresAt = this.world.now() + life;
		const token = jwt({ aud: this.integration.clientId, exp: expiresAt, account_id: this.world.account.id, api_domain: `api-b.${this.world.brand.suffix}` }, this.world.random.hex(43));
		this.access.set(token, { clientId: this.integration.clientId, admin, family, expiresAt, revoked: false });
		return token;
	}

	private killFamily(family: number): void {
		this.revokeAccess(family);
		for (const token of this.refresh.values()) if (token.family === family) token.used = true;
	}

	private revokeAccess(family: number): void {
		for (const grant of this.access.values()) if (grant.family === family) grant.revoked = true;
	}

	private refuse(status: number, hint: string): Answer {
		const { words } = this.world.brand;
		return problem(status, status === 401 ? words.revoked : words.badRequest, hint, { hint, type: PROBLEM_TYPE });
	}
}

/** The consent page and the token URL. */
export function oauthRoutes(world: World, desk: TokenDesk): readonly Route[] {
	return [
		route('GET', '/oauth', (request) => {
			if (request.query.get('client_id') !== desk.integration.clientId) return problem(404, 'Not Found', 'Integration not found');
			const back = new URL(desk.integration.redirectUri);
			back.searchParams.set('code', desk.issueCode());
			back.searchParams.set('state', request.query.get('state') ?? '');
			back.searchParams.set('referer', `${world.account.subdomain}.${world.brand.suffix}`);
			return { ...empty(302), headers: { location: back.toString() } };
		}),
		route('POST', '/oauth2/access_token', (request) => desk.exchange(request)),
		route('GET', '/oauth2/account/current/subdomain', (request) => desk.subdomain(request)),
	];
}

function jwt(claims: Readonly<Record<string, unknown>>, signature: string): string {
	const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}.${signature}`;
}
