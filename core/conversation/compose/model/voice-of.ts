import type { TurnAids } from '../../context';
import type { Voice } from '../../voice';

/** The assistant's voice, or null when the context cannot be read: then templates speak alone. */
export async function voiceOf(aids: TurnAids): Promise<Voice | null> {
	try {
		return (await aids.context()).voice;
	} catch {
		return null;
	}
}
