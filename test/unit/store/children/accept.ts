import { writeSync } from 'node:fs';
import { createConversationStore, openStore, type ChatKey, type StoreConfig } from '../../../../core/store';
import { TEST_KEYS } from '../../../support/engines';

interface Argument {
	readonly config: StoreConfig;
	readonly chat: ChatKey;
	readonly round: number;
}

/** Puts messages into the inbox until it is killed; prints an id only after the store has acknowledged it. */
async function main({ config, chat, round }: Argument): Promise<void> {
	const store = await openStore(config, { keys: TEST_KEYS });
	const conversations = createConversationStore(store);
	for (let number = 1; ; number++) {
		const messageId = `${round}-${number}`;
		await conversations.accept(chat, { messageId, payload: 'x'.repeat(2000), receivedAt: '2026-11-21T09:00:00Z' });
		writeSync(1, `${messageId}\n`);
	}
}

void main(JSON.parse(process.argv[2] ?? '') as Argument);
