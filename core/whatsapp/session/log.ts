import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';
import { endingOf } from '../connection';

export type LogLevel = 'debug' | 'warn' | 'error';
/** Takes a line without data of people: phones, texts and keys are out of it before. */
export type Log = (level: LogLevel, line: string, fields?: Readonly<Record<string, string | number | boolean | null>>) => void;

export const silentLog: Log = () => undefined;

type ClientLogger = NonNullable<UserFacingSocketConfig['logger']>;

/** Digits of phones, LIDs and JIDs; long runs of letters as keys, hashes and encoded bytes are. */
const DIGITS = /\d{5,}/g;
const LONG_TOKEN = /[A-Za-z0-9+/_=-]{24,}/g;
/** The client's sentences are short; what is longer carries something. */
const LONGEST = 200;
const PLAIN_FIELDS = ['attempt', 'count', 'retryCount', 'code', 'reason', 'statusCode', 'jobs', 'total'] as const;

/** A text without anything that could be a phone, an id or a key. */
export function masked(text: string): string {
	return text.replace(LONG_TOKEN, '[…]').replace(DIGITS, (digits) => `…${digits.slice(-2)}`).slice(0, LONGEST);
}

/**
 * The client's logger: its sentences and a few plain fields. Of objects nothing else is taken, as they hold messages and keys; of errors
 * the sentence and the code.
 */
export function clientLogger(log: Log, session: string): ClientLogger {
	const write = (level: LogLevel) => (given: unknown, sentence?: string): void => {
		const line = masked(typeof given === 'string' ? given : (sentence ?? 'without a sentence'));
		log(level, `client: ${line}`, { session: masked(session), ...(typeof given === 'object' && given !== null ? fieldsOf(given) : {}) });
	};
	const quiet = (): void => undefined;
	const logger: ClientLogger = { level: 'warn', child: () => logger, trace: quiet, debug: quiet, info: quiet, warn: write('warn'), error: write('error') };
	return logger;
}

function fieldsOf(given: object): Record<string, string | number> {
	const fields: Record<string, string | number> = {};
	for (const name of PLAIN_FIELDS) {
		const value: unknown = Reflect.get(given, name);
		if (typeof value === 'number') fields[name] = value;
	}
	const error = [Reflect.get(given, 'err'), Reflect.get(given, 'error'), Reflect.get(given, 'e')].find((value) => value instanceof Error || hasMessage(value));
	if (error === undefined) return fields;
	const { code, message } = endingOf(error);
	return { ...fields, code, error: masked(message) };
}

const hasMessage = (value: unknown): boolean => typeof value === 'object' && value !== null && typeof Reflect.get(value, 'message') === 'string';
