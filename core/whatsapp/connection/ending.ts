import * as v from 'valibot';

/** Why a connection ended, as the client tells it. */
export interface Ending {
	/** The client's status code; 500 where it gave none. */
	readonly code: number;
	/** The client's own sentence; it holds no data of clients. */
	readonly message: string;
	/** Seconds a temporary ban lasts, when the server said so. */
	readonly banSeconds: number | null;
}

const UNCLEAR = 500;
const BOOM = v.object({
	message: v.optional(v.string(), ''),
	output: v.optional(v.object({ statusCode: v.optional(v.number()) })),
	// the attributes of a failure; anything else is of no use here
	data: v.optional(v.unknown()),
});
const BAN = v.object({ expire: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)) });

/** Reads `lastDisconnect.error`; whatever it is, there is an ending. */
export function endingOf(error: unknown): Ending {
	const parsed = v.safeParse(BOOM, error);
	if (!parsed.success) return { code: UNCLEAR, message: '', banSeconds: null };
	const { message, output, data } = parsed.output;
	const ban = v.safeParse(BAN, data);
	return { code: output?.statusCode ?? UNCLEAR, message, banSeconds: ban.success ? ban.output.expire : null };
}
