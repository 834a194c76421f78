/** Control characters and those that turn the direction of a text: in a name they hide or forge what a person sees. */
export const INVISIBLE = /[\p{Cc}\p{Bidi_C}]/gu;
