import type { AuthenticationCreds } from '@whiskeysockets/baileys';
import * as v from 'valibot';
import { WhatsappError } from '../errors';

const BYTES = v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length > 0, 'bytes are missing');
const PAIR = v.object({ private: BYTES, public: BYTES });

/** What a client cannot log in without. The rest is the client's own and is kept as it is. */
const CREDS = v.looseObject({
	noiseKey: PAIR,
	signedIdentityKey: PAIR,
	signedPreKey: v.object({ keyId: v.number(), keyPair: PAIR, signature: BYTES }),
	registrationId: v.number(),
	advSecretKey: v.pipe(v.string(), v.nonEmpty()),
	nextPreKeyId: v.number(),
	firstUnuploadedPreKeyId: v.number(),
});

/** Checks what was stored. Throws {@link WhatsappError} `state_unreadable` for anything that is no account. */
export function parseCreds(value: unknown): AuthenticationCreds {
	const parsed = v.safeParse(CREDS, value);
	if (!parsed.success) throw new WhatsappError('state_unreadable', `Not an account: ${v.getDotPath(parsed.issues[0]) ?? 'nothing known in it'}.`);
	// the schema holds what the client needs; what else it put in is typed by the client
	return value as AuthenticationCreds;
}

/**
 * How far linking came. `unfinished` has a number but no signature of a phone, as after a code that nobody typed: a login with
 * it is refused like a logout, so that it has to begin anew.
 */
export type Linking = 'new' | 'unfinished' | 'linked';

export function linkingOf({ account, me }: AuthenticationCreds): Linking {
	if (account !== undefined) return 'linked';
	return me === undefined ? 'new' : 'unfinished';
}
