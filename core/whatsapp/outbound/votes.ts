import { createHash } from 'node:crypto';
import type { proto } from '@whiskeysockets/baileys';
import type { Store } from '../../store';
import type { ClientLibrary } from '../client-library';
import type { SessionKey } from '../lease';
import { decodeMessage } from './stored-message';

/** What decrypting a vote needs to know of the two sides: each JID in the forms it is known in, without a device. */
export interface VoteParties {
	readonly ownJids: readonly string[];
	readonly voterJids: readonly string[];
}

/** Both JIDs have to be in the form the voter used. */
const FORMS = ['@lid', '@s.whatsapp.net'] as const;

/**
 * The options that a `pollUpdateMessage` of somebody chooses, in the order of the poll; empty when the choice was taken back. Null when the poll
 * is none of this session's, or the vote cannot be decrypted.
 */
export async function readVote(store: Store, client: ClientLibrary, key: SessionKey, update: proto.Message.IPollUpdateMessage, { ownJids, voterJids }: VoteParties): Promise<readonly string[] | null> {
	const pollMsgId = update.pollCreationMessageKey?.id;
	const { vote } = update;
	if (typeof pollMsgId !== 'string' || vote === null || vote === undefined) return null;
	const poll = await decodeMessage(store, client, key, pollMsgId);
	const pollEncKey = poll?.messageContextInfo?.messageSecret;
	if (pollEncKey === null || pollEncKey === undefined) return null;
	for (const form of FORMS) {
		const pollCreatorJid = ownJids.find((jid) => jid.endsWith(form));
		const voterJid = voterJids.find((jid) => jid.endsWith(form));
		if (pollCreatorJid === undefined || voterJid === undefined) continue;
		const hashes = decrypt(client, vote, { pollMsgId, pollEncKey, pollCreatorJid, voterJid });
		if (hashes !== null) return optionsOf(poll).filter((option) => hashes.has(hashOf(option)));
	}
	return null;
}

type VoteContext = Parameters<ClientLibrary['decryptPollVote']>[1];

function decrypt({ decryptPollVote }: ClientLibrary, vote: proto.Message.IPollEncValue, context: VoteContext): ReadonlySet<string> | null {
	try {
		return new Set((decryptPollVote(vote, context).selectedOptions ?? []).map((hash) => Buffer.from(hash).toString('hex')));
	} catch {
		// the wrong pair of JIDs fails like a forged vote
		return null;
	}
}

function optionsOf(poll: proto.IMessage | undefined): readonly string[] {
	const creation = poll?.pollCreationMessage ?? poll?.pollCreationMessageV3;
	return (creation?.options ?? []).flatMap(({ optionName }) => optionName ?? []);
}

const hashOf = (option: string): string => createHash('sha256').update(option).digest('hex');
