import * as v from 'valibot';

/** WhatsApp's own bound of a text; captions are cut at less. */
const MOST_TEXT = 65_536;
const MOST_CAPTION = 1024;
const MOST_NAME = 255;

export const TEXT = v.pipe(v.string(), v.nonEmpty('a text is empty'), v.maxLength(MOST_TEXT, 'a text is too long'));
export const CAPTION = v.optional(v.pipe(v.string(), v.maxLength(MOST_CAPTION, 'a caption is too long')));
export const NAME = v.pipe(v.string(), v.trim(), v.nonEmpty('a name is empty'), v.maxLength(MOST_NAME, 'a name is too long'));
/** Id of a message in WhatsApp. */
export const MESSAGE_ID = v.pipe(v.string(), v.regex(/^[\w.-]{1,128}$/, 'the id of a message is none'));
/** Message that is answered. */
export const QUOTED = v.optional(MESSAGE_ID);
