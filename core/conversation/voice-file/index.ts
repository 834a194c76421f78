import { containerOf, type Container } from './container';
import { oggSeconds } from './ogg';

/** How much is worth transcribing: a longer message is no booking request, a larger file no service takes. */
export interface VoiceLimits {
	readonly maxSeconds: number;
	readonly maxBytes: number;
}

export const VOICE_LIMITS: VoiceLimits = { maxSeconds: 60, maxBytes: 20 * 1024 * 1024 };

export type VoiceRefusal = 'empty' | 'too_large' | 'too_long' | 'unknown_format';

/** A voice message ready for a transcription service, or why it is not. */
export type VoiceFile =
	| {
			readonly kind: 'ok';
			readonly container: Container['name'];
			/** Ends in the extension of what the bytes are: services refuse `.oga` and `.opus` by name. */
			readonly fileName: string;
			readonly mimeType: string;
			/** Length in seconds, or null where the container does not tell it. */
			readonly seconds: number | null;
	  }
	| { readonly kind: 'refused'; readonly reason: VoiceRefusal };

/**
 * Names a voice message by its bytes, which stay as they are. Channels deliver Ogg under names that services refuse.
 * @param bytes the whole file
 * @param limits longest message in seconds and largest file in bytes; both inclusive
 */
export function readVoiceFile(bytes: Buffer, limits: VoiceLimits = VOICE_LIMITS): VoiceFile {
	if (bytes.length === 0) return { kind: 'refused', reason: 'empty' };
	if (bytes.length > limits.maxBytes) return { kind: 'refused', reason: 'too_large' };
	const container = containerOf(bytes);
	if (container === null) return { kind: 'refused', reason: 'unknown_format' };
	const seconds = container.name === 'ogg' ? oggSeconds(bytes) : null;
	if (seconds !== null && seconds > limits.maxSeconds) return { kind: 'refused', reason: 'too_long' };
	const { name, mimeType } = container;
	return { kind: 'ok', container: name, fileName: `voice.${name}`, mimeType, seconds };
}
