import * as v from 'valibot';
import { WhatsappError } from '../errors';
import { MEDIA_KINDS } from '../inbound/item';

const HOUR = 3_600_000;
const MEGABYTE = 2 ** 20;
/** Address of a server for tests; a session connects nowhere else while it is set, and may do so without TLS on this machine. */
export const TEST_URL_VARIABLE = 'AI_ADMIN_WHATSAPP_TEST_URL';

const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Token bucket: one more every `everyMs`, at most `burst` at once. */
const bucket = (everyMs: number, burst: number) => v.optional(v.object({ everyMs: count(0, HOUR), burst: count(1, 1000) }), { everyMs, burst });

const isOnThisMachine = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

/** This process talks to a server for tests. */
const isTestHost = (): boolean => process.env[TEST_URL_VARIABLE] !== undefined;

/** With TLS, or on this machine in tests. */
export function isAddress(value: string): boolean {
	if (!URL.canParse(value)) return false;
	const url = new URL(value);
	if (url.protocol === 'wss:') return true;
	return url.protocol === 'ws:' && isOnThisMachine(url) && isTestHost();
}

/** What an operator decides for a session. Everything has a default; the names are stored and stay as they are. */
export const SESSION_SETTINGS = v.object({
	/** A turn ends when its chat was quiet for so long, and at the latest so long after its first message. */
	quietMs: v.optional(count(0, HOUR), 6_000),
	mostMs: v.optional(count(0, HOUR), 25_000),
	/** Two letters: numbers without a country belong to it. */
	countryCode: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'a country is two capital letters')), 'RU'),
	/** Messages older than this start no turn. */
	maxAgeMs: v.optional(count(60_000, 30 * 24 * HOUR), 24 * HOUR),
	/** Larger files are not downloaded. */
	mediaLimitBytes: v.optional(count(0, 100 * MEGABYTE), 16 * MEGABYTE),
	/** Kinds of media that are downloaded. */
	mediaKinds: v.optional(v.array(v.picklist(MEDIA_KINDS)), [...MEDIA_KINDS]),
	/** How long a chat is left to a person of the salon who wrote in it on the phone; 0 never. */
	humanPauseMs: v.optional(count(0, 30 * 24 * HOUR), HOUR),
	/** Adds every message as the protocol has it. */
	raw: v.optional(v.boolean(), false),
	perChat: bucket(1_500, 3),
	perSession: bucket(3_000, 5),
	perCompany: bucket(1_000, 20),
	/** Chats begun by us in a day. */
	newChatsPerDay: v.optional(count(0, 10_000), 20),
	/** Shows that somebody types before an answer, and that a message was read when its turn begins. */
	typing: v.optional(v.boolean(), true),
	markRead: v.optional(v.boolean(), true),
	/** `http:` or `https:` address of a proxy that everything of the session goes through; none when absent. */
	proxyUrl: v.optional(v.pipe(v.string(), v.check((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'not the address of a proxy'))),
	/** Another server than WhatsApp's: wss only, see {@link TEST_URL_VARIABLE}. */
	webSocketUrl: v.optional(v.pipe(v.string(), v.check(isAddress, 'the address must begin with wss://'))),
	/** Operating system and browser as the phone lists the device; WhatsApp refuses names it does not know. */
	browser: v.optional(v.picklist(['Mac OS', 'Windows', 'Ubuntu']), 'Mac OS'),
	/** The language of sentences for the owner. */
	language: v.optional(v.picklist(['en', 'ru']), 'en'),
});

export type SessionSettings = Readonly<v.InferOutput<typeof SESSION_SETTINGS>>;
export type SessionSettingsInput = v.InferInput<typeof SESSION_SETTINGS>;

/** Fills in defaults. Throws {@link WhatsappError} `settings_invalid` naming the setting. */
export function parseSettings(input: unknown): SessionSettings {
	const parsed = v.safeParse(SESSION_SETTINGS, input);
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	throw new WhatsappError('settings_invalid', `${v.getDotPath(issue) ?? 'settings'}: ${issue.message}.`);
}
