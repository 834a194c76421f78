import { isAlarm } from '../../language/lexicon/alarm';
import { isAbusive } from '../../language/lexicon/profanity';
import { wantsHuman, wantsStart, wantsStop } from '../../language/lexicon/requests';
import { toWords } from '../../language/words';
import type { TurnWork } from '../work';
import { answerSilence, stop } from './silence';

const WARNINGS = 2;

/**
 * What must not depend on any understander: alarm words, a wish for a person, stop words and their taking back, abuse. True
 * when the text ends here.
 */
export async function passGate(work: TurnWork, text: string): Promise<boolean> {
	if (work.tools.settings.alarmWords && isAlarm(text)) {
		work.log('guard', { guard: 'G21' });
		work.say('handoff_alarm', {});
		work.handOver('alarm');
		return true;
	}
	if (work.silence?.asked === false) {
		answerSilence(work, false);
		if (wantsStart(text) || wantsStop(text)) return true;
	} else if (wantsStop(text)) {
		await stop(work);
		return true;
	}
	if (isAbusive(text)) return abuse(work);
	if (wantsHuman(text) || namesAny(text, work.tools.lore.handoff.words)) {
		work.say('handoff', { cause: 'asked' });
		work.handOver('asked');
		return true;
	}
	return false;
}

/** Whether a word or phrase of the salon's own list occurs, in whole words. */
function namesAny(text: string, phrases: readonly string[]): boolean {
	if (phrases.length === 0) return false;
	const { line } = toWords(text);
	return phrases.some((phrase) => {
		const wanted = toWords(phrase).line;
		return wanted.trim() !== '' && line.includes(wanted);
	});
}

/** Two warnings, then silence for a while; the words are never answered in kind. */
function abuse(work: TurnWork): boolean {
	const strikes = work.state.strikes + 1;
	work.set({ strikes });
	work.log('guard', { guard: 'G22', strikes });
	if (strikes <= WARNINGS) {
		work.say('abuse_warning', { attempt: strikes });
		work.progress = true;
		return true;
	}
	const minutes = work.tools.settings.abusePauseMinutes;
	work.say('abuse_pause', {});
	work.dropPending('abuse');
	work.mode = 'paused';
	work.modeUntil = new Date(Date.parse(work.now) + minutes * 60_000).toISOString();
	work.set({ strikes: 0, question: null });
	work.settled = true;
	return true;
}
