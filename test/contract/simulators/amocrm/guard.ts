import { type Answer, html, type RateLimit, type SimRequest, slidingWindows, type Window } from '../kit';
import { problem, throttled } from './envelope';
import type { Grant, TokenDesk } from './oauth';
import type { World } from './world';

const PER_INTEGRATION: Window = { requests: 7, milliseconds: 1000 };
const PER_ACCOUNT: Window = { requests: 50, milliseconds: 1000 };
const PATIENCE_MS = 60_000;
const PATIENCE = 10;
const SELF_SERVICE = /^\/oauth2?(\/|$)/;
const ADMIN_ONLY = /^\/api\/v4\/(users|webhooks)(\/|$)/;

/** What stands in front of every route: block, limits, host, payment, token, rights. */
export class Guard {
	private readonly integrations: RateLimit;
	private readonly account: RateLimit;
	private refusals: readonly number[] = [];
	/** Set by ignoring 429; every URL then answers 403 until support lifts it. */
	blocked = false;

	constructor(
		private readonly world: World,
		private readonly desk: TokenDesk,
		private readonly limited: boolean,
	) {
		this.integrations = slidingWindows(world.clock, [PER_INTEGRATION]);
		this.account = slidingWindows(world.clock, [PER_ACCOUNT]);
	}

	/** Support lifts the block. */
	unblock(): void {
		this.blocked = false;
		this.refusals = [];
	}

	/** The refusal of a request, or null when it may go on to its route. */
	refuse(request: SimRequest): Answer | null {
		if (this.blocked) return html(403, '403 Forbidden');
		const grant = this.desk.grantOf(request.headers.authorization);
		return this.overLimit(grant) ?? this.wrongHost(request) ?? (SELF_SERVICE.test(request.path) ? this.movedAway(request) : this.unauthorized(request, grant));
	}

	private overLimit(grant: Grant | null): Answer | null {
		if (!this.limited) return null;
		const own = this.integrations(grant?.clientId ?? this.desk.integration.clientId);
		if (own.allowed && this.account('account').allowed) return null;
		const now = this.world.clock.now();
		this.refusals = [...this.refusals, now].filter((at) => at > now - PATIENCE_MS && at <= now);
		if (this.world.switches.blockAfterThrottle === 'on' && this.refusals.length > PATIENCE) this.blocked = true;
		return this.blocked ? html(403, '403 Forbidden') : throttled(this.world);
	}

	/** Only the account's own name serves the API; the consent host serves only the consent page. */
	private wrongHost(request: SimRequest): Answer | null {
		const { host = '' } = request.headers;
		const { suffix } = this.world.brand;
		if (host === `www.${suffix}` && request.path !== '/oauth') return problem(404, 'Not Found', 'Account not found');
		if (host.startsWith('api-') && host.endsWith(suffix) && !SELF_SERVICE.test(request.path)) return this.unauthorizedAnswer();
		return null;
	}

	private movedAway(request: SimRequest): Answer | null {
		const gone = this.world.account.movedTo !== null && request.path === '/oauth2/access_token';
		return gone ? problem(404, 'Not Found', 'Account not found') : null;
	}

	private unauthorized(request: SimRequest, grant: Grant | null): Answer | null {
		if (grant === null || this.world.account.movedTo !== null) return this.unauthorizedAnswer();
		if (!this.world.account.paid) return problem(402, 'Payment Required', 'Account is not paid');
		if (!grant.admin && ADMIN_ONLY.test(request.path)) return problem(403, 'Forbidden', 'Access denied');
		return null;
	}

	private unauthorizedAnswer(): Answer {
		const { words } = this.world.brand;
		return problem(401, words.unauthorized, words.unauthorizedDetail);
	}
}
