import { wantsStart, wantsStop } from '../../language/lexicon/requests';
import type { InboundMessage } from '../message';
import type { TurnWork } from '../work';

/**
 * Notes what the client says of messages that the salon begins. It counts whoever answers the chat, and whatever else goes
 * wrong in the turn; it is answered where the words are met again.
 */
export async function hearSilence(work: TurnWork, messages: readonly InboundMessage[]): Promise<void> {
	for (const line of messages.flatMap(({ text }) => text.split('\n'))) {
		if (wantsStop(line)) await noteSilence(work, true);
		else if (wantsStart(line) && (await work.isSilenced())) await noteSilence(work, false);
	}
}

async function noteSilence(work: TurnWork, asked: boolean): Promise<void> {
	const isNews = (await work.isSilenced()) !== asked;
	work.silence = { asked, phone: work.own.verifiedPhone };
	if (!isNews) return;
	const type = asked ? 'stopped' : 'resumed';
	work.outcome.push({ type, at: work.now });
	work.log(type);
}

/** Answers what was noted, once a turn. */
export function answerSilence(work: TurnWork, asked: boolean): void {
	work.progress = true;
	const intent = asked ? 'stopped' : 'resumed';
	if (!work.utterances.some((one) => one.intent === intent)) work.say(intent, {});
}

/** The client wants no more messages: what was begun is dropped, and the salon begins nothing more. What they write is answered as before. */
export async function stop(work: TurnWork): Promise<void> {
	await noteSilence(work, true);
	answerSilence(work, true);
	work.dropPending('stopped');
	work.set({ visit: null, queue: [], manage: null, offers: [], question: null, phase: 'idle' });
	work.settled = true;
}
