import * as v from 'valibot';
import type { Phone } from '../../booking';
import { parsePhone } from '../../language/phone';

const MAX_ID = 256;
const MAX_TEXT = 16_384;

/** An id a provider gives as text or number; longer ones are refused, because a cut id would be another chat. */
export const Id = v.union([
	v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_ID)),
	v.pipe(
		v.number(),
		v.check((value) => Number.isSafeInteger(value)),
		v.transform(String),
	),
]);

/** Text of any length; what is over the limit is cut, the message is not lost. */
export const Text = v.pipe(
	v.string(),
	v.transform((value) => value.slice(0, MAX_TEXT)),
);

/** A field that may be absent, null or of another kind: then it is as if it were not there. */
export function loose<T extends v.GenericSchema>(schema: T): v.OptionalSchema<v.SchemaWithFallback<v.NullableSchema<T, undefined>, null>, null> {
	return v.optional(v.fallback(v.nullable(schema), null), null);
}

/** A phone in E.164, or null when the text is not one. */
export function phoneOrNull(text: string | null, country: string): Phone | null {
	return text === null ? null : (parsePhone(text, country)?.phone ?? null);
}

/** Unix seconds as an instant, or `now` when they are missing or absurd. */
export function unixInstant(seconds: number | null, now: string): string {
	if (seconds === null || seconds <= 0 || seconds > 8_000_000_000) return now;
	return new Date(seconds * 1000).toISOString();
}
