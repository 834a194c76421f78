import { writeSync } from 'node:fs';
import { openStore, type StoreConfig } from '../../../core/store';
import { createTurnFeed, loadClientLibrary, type SessionKey } from '../../../core/whatsapp';
import { storeSignals, TEMPO, TEST_URL_VARIABLE, type Tempo, whatsappService } from '../../../core/whatsapp/session';
import { TEST_KEYS } from '../../support/engines';

export interface OwnerArgument {
	readonly config: StoreConfig;
	readonly url: string;
	readonly key: SessionKey;
	/** Times of the session that are not the product's own: so that a campaign is short. */
	readonly tempo: Partial<Tempo>;
}

/** A turn as the workflow was given it. */
export interface GivenTurn {
	readonly turnId: string;
	readonly ids: readonly string[];
	readonly texts: readonly string[];
}

const LOOK_MS = 200;

/** Runs the session as the trigger does, from the word to begin until it is killed: a line for each turn given, before the turn is done. */
async function main({ config, url, key, tempo }: OwnerArgument): Promise<void> {
	process.env[TEST_URL_VARIABLE] = url;
	await loadClientLibrary();
	// a campaign that was broken off leaves nobody behind
	process.stdin.on('end', () => process.exit());
	await new Promise((begin) => process.stdin.once('data', begin));
	const store = await openStore(config, { keys: TEST_KEYS });
	// shorter waits before connecting anew, spread as ever
	const service = whatsappService(store, { environment: { tempo: { ...TEMPO, ...tempo }, random: () => Math.random() / 20 } });
	const feed = createTurnFeed(store, { ...key, signals: storeSignals(store), clock: Date.now });
	await feed.reopen();
	let isLooking = false;
	let isAsked = false;

	async function look(): Promise<void> {
		isAsked = true;
		if (isLooking) return;
		isLooking = true;
		while (isAsked) {
			isAsked = false;
			for (const turn of await feed.next(20)) {
				await feed.emitted(turn.turnId);
				const given: GivenTurn = { turnId: turn.turnId, ids: turn.messageIds, texts: turn.messages.map(({ text }) => text ?? '') };
				writeSync(1, `${JSON.stringify(given)}\n`);
				await feed.done(turn.turnId);
				isAsked = true;
			}
		}
		isLooking = false;
	}

	const wake = (): void => void look().catch((error: unknown) => {
		isLooking = false;
		writeSync(2, `${String(error)}\n`);
	});
	service.subscribe(key, { onTurn: wake });
	setInterval(wake, LOOK_MS);
}

void main(JSON.parse(process.argv[2] ?? '') as OwnerArgument);
