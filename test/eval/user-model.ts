import type { ChatModel } from '../../core/conversation/model/port';
import type { Heard } from './hearing';
import type { Line } from './scenarios/lines';
import type { Scenario } from './scenarios/scenario';
import { ScriptedClient, type SimulatedClient } from './scenarios/simulator';

const LONGEST_ANSWER = 120;
const CALL_MS = 30_000;
/** Agreement as this suite reads it, for the score of justified writes. */
const AGREES = /^(да|ага|верно|хорошо|подтверждаю|всё верно|ок|yes|yep|ok|okay|sure|confirm|correct)[\s,.!)а-яёa-z]{0,30}$/i;

const BRIEF = {
	ru: 'Ты клиент салона и пишешь в мессенджер. Пиши коротко, по-русски, одно сообщение за раз. Не помогай администратору и не выдумывай лишнего. Тебе сказано, чего ты хочешь и что ты сказал бы. Когда получил своё или стало ясно, что не получишь, ответь одним словом: КОНЕЦ.',
	en: 'You are a client of a salon, writing in a messenger. Write short English messages, one at a time. Do not help the receptionist and invent nothing. You are told what you want and what you would say. When you have got it, or it is clear that you will not, answer with the one word: END.',
} as const;

/**
 * A client played by a model: knows the scripted client's lines as its wish and words them anew. The scripted client
 * walks along and says what it would answer, so that the model has a next step to word.
 */
export class ModelClient implements SimulatedClient {
	private readonly script: ScriptedClient;
	private readonly said: { role: 'user' | 'assistant'; content: string }[] = [];

	constructor(
		private readonly scenario: Scenario,
		nowMs: () => number,
		private readonly model: ChatModel,
	) {
		this.script = new ScriptedClient(scenario, nowMs);
	}

	async next(heard: Heard | null): Promise<Line | null> {
		const scripted = this.script.next(heard);
		if (scripted === null) return null;
		// Buttons, media and texts whose very letters are the point of a scenario stay as they are.
		if (scripted.presses !== undefined || scripted.kind !== undefined || this.scenario.group === 'injections') return scripted;
		if (heard?.reply) this.said.push({ role: 'user', content: heard.reply.text });
		const wish = `${BRIEF[this.scenario.lang]}\nYour next thought, to be said in other words with every fact kept: ${JSON.stringify(scripted.parts.join(' '))}`;
		const answer = await this.model.complete({ messages: [{ role: 'system', content: wish }, ...this.said], maxOutputTokens: LONGEST_ANSWER, signal: AbortSignal.timeout(CALL_MS) });
		if (answer.kind !== 'ok' || answer.text.trim() === '') return scripted;
		const text = answer.text.trim();
		this.said.push({ role: 'assistant', content: text });
		if (/^(КОНЕЦ|END)[.!]?$/i.test(text)) return null;
		const { consents: _consents, ...line } = scripted;
		return { ...line, parts: [text], ...(AGREES.test(text) ? { consents: true } : {}) };
	}
}
