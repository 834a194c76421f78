import { Agent } from 'node:https';
import type { AuthenticationState, UserFacingSocketConfig, WAVersion } from '@whiskeysockets/baileys';
import { keepSteps } from '../auth';
import type { ClientLibrary } from '../client-library';
import { WhatsappError } from '../errors';
import type { Inbound, Outbound } from '../ports';
import { createCache } from './cache';
import { clientLogger, type Log } from './log';
import { isAddress, type SessionSettings, TEST_URL_VARIABLE } from './settings';
import type { Tempo } from './tempo';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Chats that are none with one person. */
const IGNORED = ['@g.us', '@broadcast', '@newsletter', '@bot'];
/** The client writes a transaction of keys this often, so far apart in milliseconds; the store itself tries a passing failure again. */
const KEY_WRITES = { maxCommitRetries: 3, delayBetweenTriesMs: 500 };
/** The watchdog asks for a sign of life instead of the client; the longest that a timer takes. */
const NEVER_MS = 2 ** 31 - 1;
/** First version whose agents take a proxy's address. */
const PROXY_NODE = [24, 5] as const;

/** What a session keeps for the client between sockets. */
export type SessionCaches = Pick<UserFacingSocketConfig, 'msgRetryCounterCache' | 'userDevicesCache' | 'placeholderResendCache' | 'callOfferCache'>;

export const createCaches = (): SessionCaches => ({
	msgRetryCounterCache: createCache(HOUR, 5_000),
	userDevicesCache: createCache(5 * MINUTE, 5_000),
	placeholderResendCache: createCache(HOUR, 1_000),
	callOfferCache: createCache(5 * MINUTE, 100),
});

export interface SocketParts {
	readonly client: ClientLibrary;
	readonly auth: AuthenticationState;
	readonly version: WAVersion;
	readonly settings: SessionSettings;
	readonly caches: SessionCaches;
	readonly inbound: Pick<Inbound, 'signalRepository'>;
	readonly outbound: Pick<Outbound, 'message'>;
	readonly log: Log;
	readonly session: string;
	readonly tempo: Tempo;
}

/** What a bot needs where the client's defaults suit a person at a desk. */
export function socketOptions(parts: SocketParts): UserFacingSocketConfig {
	const { client, auth, version, settings, caches, inbound, outbound, log, session, tempo } = parts;
	const { HistorySyncType } = client.proto.HistorySync;
	// these carry the table of LIDs and phones; months of messages are of no use here
	const history = new Set<number>([HistorySyncType.INITIAL_BOOTSTRAP, HistorySyncType.PUSH_NAME, HistorySyncType.NON_BLOCKING_DATA, HistorySyncType.INITIAL_STATUS_V3]);
	const address = addressOf(settings);
	return {
		auth,
		version,
		logger: clientLogger(log, session),
		browser: browserOf(client, settings.browser),
		countryCode: settings.countryCode,
		syncFullHistory: false,
		shouldSyncHistoryMessage: ({ syncType }) => history.has(Number(syncType)),
		// the owner's phone goes on ringing
		markOnlineOnConnect: false,
		emitOwnEvents: false,
		getMessage: async (key) => await outbound.message(key),
		shouldIgnoreJid: (jid) => IGNORED.some((server) => jid.endsWith(server)),
		keepAliveIntervalMs: NEVER_MS,
		connectTimeoutMs: tempo.connect,
		defaultQueryTimeoutMs: tempo.query,
		transactionOpts: KEY_WRITES,
		makeSignalRepository: keepSteps(inbound.signalRepository(client.DEFAULT_CONNECTION_CONFIG.makeSignalRepository), auth.keys),
		...caches,
		...(address === undefined ? {} : { waWebSocketUrl: address }),
		...(settings.proxyUrl === undefined ? {} : proxied(settings.proxyUrl)),
	};
}

/** Another server than WhatsApp's, if one is set. */
export function addressOf({ webSocketUrl }: SessionSettings): string | undefined {
	const test = process.env[TEST_URL_VARIABLE];
	return webSocketUrl ?? (test !== undefined && isAddress(test) ? test : undefined);
}

function browserOf({ Browsers }: ClientLibrary, system: SessionSettings['browser']): UserFacingSocketConfig['browser'] {
	// WhatsApp gives no pairing code to names it does not know
	const named = { 'Mac OS': Browsers.macOS, Windows: Browsers.windows, Ubuntu: Browsers.ubuntu }[system];
	return named('Chrome');
}

/** Throws {@link WhatsappError} `settings_invalid` where Node is too old for it. */
function proxied(proxyUrl: string): Pick<UserFacingSocketConfig, 'agent' | 'fetchAgent'> {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major < PROXY_NODE[0] || (major === PROXY_NODE[0] && minor < PROXY_NODE[1])) throw new WhatsappError('settings_invalid', 'A proxy needs Node 24.5 or newer.');
	const agent = new Agent({ keepAlive: true, proxyEnv: { HTTPS_PROXY: proxyUrl } });
	return { agent, fetchAgent: agent };
}
