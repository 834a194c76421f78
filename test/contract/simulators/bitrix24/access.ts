import type { Random, VirtualClock } from '../kit';
import { BitrixError } from './errors';

const ACCESS_SECONDS = 3600;
const REFRESH_SECONDS = 180 * 86_400;
const CODE_SECONDS = 30;

/** Who calls, from where, and with what rights. */
export interface Caller {
	/** What operating time and offline events are counted by. */
	readonly account: string;
	readonly userId: number;
	readonly scopes: readonly string[];
	/** Id of the application; null for a webhook, which has no application context. */
	readonly application: string | null;
}

/** An incoming webhook made by one user. */
export interface IncomingWebhook {
	readonly userId: number;
	code: string;
	scopes: readonly string[];
	/** Moment after which the code is over, milliseconds; null for never. */
	expiresAt: number | null;
}

/** A local application with its OAuth keys. */
export interface Application {
	readonly clientId: string;
	readonly clientSecret: string;
	scopes: readonly string[];
	readonly redirectUri: string;
	readonly applicationToken: string;
	/** Until installation is finished no event is sent. */
	installed: boolean;
	/** The portal stopped paying for it. */
	paid: boolean;
}

/** A pair of tokens as the authorization server gives them. */
export interface TokenPair {
	readonly accessToken: string;
	readonly refreshToken: string;
	readonly expires: number;
	readonly userId: number;
	readonly scopes: readonly string[];
}

interface Grant {
	readonly application: Application;
	readonly userId: number;
	readonly expiresAt: number;
}

/** Webhooks, applications and tokens of one portal. */
export class Access {
	readonly webhooks: IncomingWebhook[] = [];
	readonly applications: Application[] = [];
	private readonly codes = new Map<string, Grant>();
	private readonly accessTokens = new Map<string, Grant>();
	private readonly refreshTokens = new Map<string, Grant>();

	constructor(
		private readonly clock: VirtualClock,
		private readonly random: Random,
	) {}

	addWebhook(userId: number, scopes: readonly string[]): IncomingWebhook {
		const made = { userId, code: this.random.hex(16), scopes, expiresAt: null };
		this.webhooks.push(made);
		return made;
	}

	addApplication(scopes: readonly string[], redirectUri = 'http://127.0.0.1/callback'): Application {
		const made = {
			clientId: `local.${this.random.hex(14)}`, clientSecret: this.random.hex(32), scopes, redirectUri, applicationToken: this.random.hex(32), installed: true, paid: true,
		};
		this.applications.push(made);
		return made;
	}

	/** A code as after the user's consent; it lives 30 seconds and works once. */
	issueCode(application: Application, userId: number): string {
		const code = this.random.hex(32);
		this.codes.set(code, { application, userId, expiresAt: this.clock.now() + CODE_SECONDS * 1000 });
		return code;
	}

	/** Tokens of an application without the round trip through a browser. */
	issueTokens(application: Application, userId: number): TokenPair {
		const now = this.clock.now();
		const [accessToken, refreshToken] = [this.random.hex(70), this.random.hex(70)];
		this.accessTokens.set(accessToken, { application, userId, expiresAt: now + ACCESS_SECONDS * 1000 });
		this.refreshTokens.set(refreshToken, { application, userId, expiresAt: now + REFRESH_SECONDS * 1000 });
		return { accessToken, refreshToken, expires: Math.floor(now / 1000) + ACCESS_SECONDS, userId, scopes: application.scopes };
	}

	/** Trades a code or a refresh token for a new pair; what was traded is void from then on. */
	exchange(kind: 'code' | 'refresh', application: Application, secret: string): TokenPair {
		const store = kind === 'code' ? this.codes : this.refreshTokens;
		const grant = store.get(secret);
		if (grant === undefined || grant.application !== application || grant.expiresAt <= this.clock.now()) throw new BitrixError(400, 'invalid_grant', 'Invalid grant');
		if (!application.paid) throw new BitrixError(402, 'PAYMENT_REQUIRED', 'Payment required');
		store.delete(secret);
		return this.issueTokens(application, grant.userId);
	}

	/** Makes every access token of the portal old, as an hour does. */
	expireAccessTokens(): void {
		for (const [token, grant] of this.accessTokens) this.accessTokens.set(token, { ...grant, expiresAt: this.clock.now() });
	}

	/** The caller behind a webhook's URL. */
	byWebhook(userId: string, code: string): Caller {
		const found = this.webhooks.find((webhook) => String(webhook.userId) === userId && webhook.code === code);
		if (found === undefined || (found.expiresAt !== null && found.expiresAt <= this.clock.now())) throw noAuth();
		return { account: `webhook ${userId} ${code.slice(0, 4)}`, userId: found.userId, scopes: found.scopes, application: null };
	}

	/** The caller behind an access token. */
	byToken(token: string): Caller {
		const grant = this.accessTokens.get(token);
		if (grant === undefined) throw noAuth();
		if (grant.expiresAt <= this.clock.now()) throw new BitrixError(401, 'expired_token', 'The access token provided has expired.');
		const { clientId, scopes } = grant.application;
		return { account: clientId, userId: grant.userId, scopes, application: clientId };
	}
}

function noAuth(): BitrixError {
	return new BitrixError(401, 'NO_AUTH_FOUND', 'Wrong authorization data');
}
