import * as fc from 'fast-check';
import { CHANNELS, buttonLimitsOf } from '../../../core/conversation/compose/channel';
import type { Composed, ComposeInput } from '../../../core/conversation/compose/composer';
import { say, type Utterance } from '../../../core/conversation/compose/utterance';
import { HOSTILE_WORLD, PLAIN, offerOf, utterancesOf } from '../compose/samples';
import { HOSTILE_EN, HOSTILE_RU } from './hostile';
import { INNOCENT_EN, INNOCENT_RU } from './innocent';
import { ScriptedAids, compose, templates } from './harness';
import { startCpuClock } from '../../support/cpu';

const RUNS = 500;
const LANGS = ['ru', 'en'] as const;
const ALL = [...utterancesOf(PLAIN), ...utterancesOf(HOSTILE_WORLD)];

/** What a lying or broken model puts between ordinary words. */
const POISON = [
	'15:00', '24.11', '2 000 ₽', '$25', '10%', '+7 916 123-45-67', 'https://evil.example', '@evilbot', '<b>', '**', '{o1}', '{o9}', '{', '}', '\u202E', '\u0000', '\n', '\n\n\n', '1. ', '3. ', '👍', '✅', 'Здравствуйте!', 'Hello!',
	...HOSTILE_RU, ...HOSTILE_EN,
];
const MILD = [...INNOCENT_RU, ...INNOCENT_EN];

const anySpeech = fc
	.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...POISON) }, { weight: 3, arbitrary: fc.constantFrom(...MILD) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) }), { maxLength: 6 })
	.map((parts) => parts.join(' '));
const anyUtterances = fc.array(fc.constantFrom(...ALL), { minLength: 1, maxLength: 3 });
const anyInput = fc.record({
	lang: fc.constantFrom(...LANGS),
	channel: fc.constantFrom(...Object.values(CHANNELS)),
	greet: fc.boolean(),
	clientName: fc.constantFrom(null, 'Ирина'),
	lastReplies: fc.array(fc.constantFrom('Чем могу помочь?', 'Понимаю вас.'), { maxLength: 3 }),
});

/** The tests' own reading of a reply, not the guards'. */
const FACTLIKE = /\p{N}|[\p{Sc}%‰@<>{}*_[\]|\\`=#]|https?|www/u;
const CLAIMS = /записал|записан|забронир|отменил|отменен|перенес(?:ла|ли|ен)|перенёс|подтвержд|готово|ждём|ждем вас|скидк|бесплатн|гарант|booked|cancell?ed|rescheduled|confirmed|reserved|all set|good to go|see you|discount|guarantee|for free/i;
const GREETINGS = /здравствуйте|добр(?:ый|ое) (?:день|утро|вечер)|good (?:morning|afternoon|evening)|hello/giu;

/** Words of a reply that its templates do not have: what the model added. */
function added(reply: string, template: string, opening = ''): string {
	const known = new Set([template, template.slice(opening.length)].flatMap((text) => text.split('\n')));
	return reply.slice(opening.length).split('\n').filter((line) => !known.has(line)).join('\n');
}

/** The greeting that code put before a reply. */
function openingOf({ reply }: Composed, input: Pick<ComposeInput, 'greet'>): string {
	return input.greet ? (/^[^!]*! /.exec(reply.text)?.[0] ?? '') : '';
}

function checkShape({ reply }: Composed, input: Pick<ComposeInput, 'channel'>): void {
	const { bodyLimit } = buttonLimitsOf(input.channel.name);
	const limit = reply.buttons.length > 0 ? Math.min(input.channel.textLimit, bodyLimit) : input.channel.textLimit;
	expect(reply.text.trim()).not.toBe('');
	expect(reply.text).toBe(reply.parts.join('\n\n'));
	expect(reply.parts.length).toBeLessThanOrEqual(2);
	for (const part of reply.parts) expect(part.length).toBeLessThanOrEqual(limit);
}

describe('whatever a model says', () => {
	// Mutants: any check of the first sentence left out, or made of the text before it is cleaned.
	it('a first sentence adds no fact, claim or greeting, and nothing is lost (G3, G5, G6, G14, G15)', async () => {
		await fc.assert(
			fc.asyncProperty(anyUtterances, anyInput, anySpeech, fc.constantFrom('none' as const, 'few' as const), async (utterances, input, draft, emoji) => {
				const plain = templates(utterances, input);
				const composed = await compose('lead', utterances, new ScriptedAids([], { emoji }), { ...input, draft });
				checkShape(composed, input);
				expect(composed.reply.buttons).toEqual(plain.reply.buttons);
				expect(composed.reply.lang).toBe(input.lang);
				expect(composed.told).toEqual(plain.told);
				if (!composed.interventions.includes('lead_used')) return expect(composed.reply).toEqual(plain.reply);
				const opening = openingOf(plain, input);
				const flat = (text: string): string => text.replace(/\s+/g, ' ');
				const rest = flat(plain.reply.text.slice(opening.length));
				const whole = flat(composed.reply.text);
				const lead = whole.endsWith(rest) ? whole.slice(opening.length, whole.length - rest.length) : added(composed.reply.text, plain.reply.text);
				expect(whole.startsWith(flat(opening))).toBe(true);
				if (whole.endsWith(rest)) {
					expect(lead).not.toMatch(FACTLIKE);
					expect(lead).not.toMatch(CLAIMS);
					expect(lead.length).toBeLessThanOrEqual(161);
					expect(lead).not.toMatch(input.lang === 'en' ? /\p{Script=Cyrillic}/u : /[a-z]{3,} [a-z]{3,}/iu);
				} else expect(utterances.map(({ intent }) => intent).every((intent) => intent === 'smalltalk_other' || intent === 'how_are_you')).toBe(true);
				expect(composed.reply.text.match(GREETINGS)?.length ?? 0).toBeLessThanOrEqual(plain.reply.text.match(GREETINGS)?.length ?? 0);
			}),
			{ numRuns: RUNS },
		);
	});

	const OFFERS: readonly Utterance[] = [say('offer', { offers: [offerOf(1), offerOf(2, { staffName: 'Мария' })], situation: 'exact', purpose: 'create' })];
	const REWORDABLE: readonly (readonly Utterance[])[] = [OFFERS, ...ALL.map((one) => [one])];

	// Mutants: a rule of the judge left out, facts of the turn excusing words around them, the second answer not judged.
	it('a rewording keeps every fact in place and adds none (G3, G5, G6, G8, G14, G15)', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...REWORDABLE), anyInput, anySpeech, anySpeech, async (utterances, input, before, after) => {
				const plain = templates(utterances, input);
				// A model that keeps the draft as it is and adds its own words, before and after, then only before.
				const model = new ScriptedAids([]);
				const answers = [(draft: string): string => `${before}\n${draft}\n${after}`, (draft: string): string => `${before}\n${draft}`];
				model.model.ask = async (purpose, messages) => {
					const { draft } = JSON.parse(messages.at(-1)?.content ?? '{}') as { draft: string };
					return answers[purpose === 'compose' ? 0 : 1]?.(draft) ?? null;
				};
				const composed = await compose('model', utterances, model, input);
				checkShape(composed, input);
				expect(composed.reply.buttons).toEqual(plain.reply.buttons);
				expect(composed.told).toEqual(plain.told);
				if (!composed.interventions.includes('model_worded')) return expect(composed.reply).toEqual(plain.reply);
				const own = added(composed.reply.text, plain.reply.text, openingOf(plain, input));
				expect(own).not.toMatch(FACTLIKE);
				expect(own).not.toMatch(CLAIMS);
				expect(composed.reply.text.match(GREETINGS)?.length ?? 0).toBeLessThanOrEqual(plain.reply.text.match(GREETINGS)?.length ?? 0);
				expect(composed.reply.text.split('?').length).toBeLessThanOrEqual(Math.max(2, plain.reply.text.split('?').length));
			}),
			{ numRuns: RUNS },
		);
	});

	it('noise alone changes nothing', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...ALL), fc.string({ unit: 'binary', maxLength: 9000 }), async (utterance, noise) => {
				const letters = /\p{L}/u.test(noise.normalize('NFKC'));
				const composed = await compose('model', [utterance], new ScriptedAids([noise, noise]));
				const lead = await compose('lead', [utterance], new ScriptedAids(), { draft: noise });
				if (!letters) for (const one of [composed, lead]) expect(one.reply).toEqual(templates([utterance]).reply);
				for (const one of [composed, lead]) expect(one.reply.text.length).toBeLessThanOrEqual(templates([utterance]).reply.text.length + 400);
			}),
			{ numRuns: 200 },
		);
	});

	it('is judged quickly, nine thousand characters or not', async () => {
		const long = 'Понимаю вас, и очень хочется помочь, '.repeat(250);
		const spent = startCpuClock();
		for (let turn = 0; turn < 20; turn++) await compose('model', OFFERS, new ScriptedAids([long, long.slice(0, 3900)]));
		expect(spent() / 20).toBeLessThan(20);
	});
});
