import { type Answer, type RateLimit, type SimRequest, slidingWindows, withHeaders } from '../kit';
import { failed } from './envelope';
import type { World } from './world';

const PER_MINUTE = { requests: 60, milliseconds: 60_000 };

/** Keys, workspace header and the limit of 60 a minute a key. */
export class Guard {
	private readonly limit: RateLimit;
	private readonly keys = new Set<string>();

	constructor(
		private readonly world: World,
		private readonly limited: boolean,
	) {
		this.limit = slidingWindows(world.clock, [PER_MINUTE]);
	}

	/** A key as Settings → Developers → API keys gives it. */
	issue(): string {
		const key = `secret_${this.world.uuid().replaceAll('-', '')}`;
		this.keys.add(key);
		return key;
	}

	/** The owner deletes a key. */
	revoke(key: string): void {
		this.keys.delete(key);
	}

	/** The refusal of a request, or null when it may go on. */
	refuse(request: SimRequest): Answer | null {
		const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const limit = this.limited ? this.limit(key) : { allowed: true, retryAfterMs: 0 };
		if (!limit.allowed) return this.throttled(Math.ceil(limit.retryAfterMs / 1000));
		const { workspace } = request.headers;
		if (workspace === undefined || workspace === '') return failed(400, 'The Workspace header is required.');
		if (!this.keys.has(key)) return failed(401, 'Unauthenticated.');
		if (workspace !== this.world.workspace.slug) return failed(403, 'This action is unauthorized.');
		return this.world.workspace.apiAllowed ? null : failed(403, 'The API is not available on your plan.');
	}

	/** 429 with the seconds to wait, where the switch gives them. */
	throttled(seconds = 1): Answer {
		const bare = failed(429, 'Too Many Attempts.');
		return this.world.switches.retryAfter === 'present' ? withHeaders(bare, { 'retry-after': String(Math.max(1, seconds)) }) : bare;
	}
}
