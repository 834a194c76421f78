import type { Instant } from '../../booking';
import { MODEL_FAILURES, type ModelAnswer, type ModelFailure, type TokenUsage } from './port';

/** Longest answer that is read, bytes of UTF-8; what is longer was not asked for. */
const MOST_ANSWER_BYTES = 32 * 1024;

const HTML = /^\s*(?:<!doctype|<html|<head|<body|<\?xml)/i;
/** The replacement character and controls other than white space: bytes that were no text. */
const BROKEN = /[\uFFFD\p{Cc}]/gu;
const WHITE = /\s/;
const FEW_BROKEN = 3;
const BROKEN_SHARE = 0.02;

/** No real call comes near: a larger count is a mistake of the provider and must not eat a day's budget. */
const MOST_TOKENS = 1_000_000;

/** What a model gave, read as if it were not typed: a text that can be used, or why there is none. */
export function judgeAnswer(answer: unknown): ModelAnswer {
	if (typeof answer !== 'object' || answer === null) return failed('unreadable');
	const { kind, text, usage, cause, retryAt } = answer as Readonly<Record<string, unknown>>;
	if (kind === 'failed') return failed(isFailure(cause) ? cause : 'unavailable', typeof retryAt === 'string' ? retryAt : undefined);
	if (kind !== 'ok' || typeof text !== 'string') return failed('unreadable');
	if (text.length > MOST_ANSWER_BYTES || Buffer.byteLength(text) > MOST_ANSWER_BYTES) return failed('too_long');
	if (text.trim() === '' || HTML.test(text) || isBroken(text)) return failed('unreadable');
	return { kind: 'ok', text, usage: usageOf(usage) };
}

function failed(cause: ModelFailure, retryAt?: Instant): ModelAnswer {
	return { kind: 'failed', cause, ...(retryAt === undefined ? {} : { retryAt }) };
}

function isFailure(cause: unknown): cause is ModelFailure {
	return (MODEL_FAILURES as readonly unknown[]).includes(cause);
}

function isBroken(text: string): boolean {
	const broken = (text.match(BROKEN) ?? []).filter((sign) => !WHITE.test(sign)).length;
	return broken > Math.max(FEW_BROKEN, text.length * BROKEN_SHARE);
}

/** Null when a provider counted nothing, or nonsense. */
function usageOf(usage: unknown): TokenUsage | null {
	if (typeof usage !== 'object' || usage === null) return null;
	const { inputTokens, outputTokens } = usage as Readonly<Record<string, unknown>>;
	if (!isCount(inputTokens) || !isCount(outputTokens) || inputTokens === 0) return null;
	return { inputTokens, outputTokens };
}

function isCount(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_TOKENS;
}
