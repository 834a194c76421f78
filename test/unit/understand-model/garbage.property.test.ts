import fc from 'fast-check';
import { ASK_TOPICS, CORRECTABLE_FIELDS, SMALLTALK_KINDS } from '../../../core/conversation/acts';
import { classifyAnswer } from '../../../core/language/answer';
import { stripGreeting } from '../../../core/language/greeting';
import { AT, input } from '../understand/harness';
import { understood } from './harness';

const places = fc.constantFrom(...Object.values(AT));
const phrases = fc.constantFrom('завтра', '2026-11-25', 'маникюр', 'Массаж спины', 'к Анне', 'any', 'дочка', 'Ирина', '89161234567', 'в 15:00', '', ' ', 'да', '{o1}', '<b>', 'я'.repeat(300), '\u0000', '__proto__');
const texts = fc.array(fc.constantFrom('завтра', 'в 15', 'маникюр', 'если', 'можно', 'к Ане', '8 916 123-45-67', 'Ирина', 'не', 'да', 'нет', '?', 'жираф', 'отмените', 'запись', '2', 'дочку', 'лучше', '\n'), { maxLength: 10 }).map((list) => list.join(' '));
const refs = fc.constantFrom('o1', 'o2', 'o4', 'o9', 'r1', 'r2', 'v1', 'v2', 'v7', 'v99', 's1', 's2', 's4', 'c1', 'c2', 'c9', 'x', '');
const types = fc.constantFrom('book', 'fill', 'correct', 'pick', 'ask', 'manage', 'yes', 'no', 'smalltalk', 'human', 'stop', 'none', 'commit', 'toString');
const act = fc.record(
	{
		type: types, serviceText: phrases, serviceRef: refs, whenText: phrases, staffText: phrases, staffRef: refs, forOther: phrases, nameText: phrases, phoneText: phrases, field: fc.constantFrom(...CORRECTABLE_FIELDS, 'price'), text: phrases, ref: refs, topic: fc.constantFrom(...ASK_TOPICS, 'x'), op: fc.constantFrom('list', 'cancel', 'move', 'drop'), recordText: phrases, kind: fc.constantFrom(...SMALLTALK_KINDS, 'x'),
	},
	{ requiredKeys: ['type'] },
);
/** Acts of the right shape, so that most get past the schema; nothing in them need be true. */
const said = fc.constantFrom('завтра', '2026-11-25', 'в 15:00', 'маникюр', 'Массаж спины', 'к Анне', 'any', 'дочку', 'Ирина', '89161234567', '8 916 123-45-67', 'да', '{o1}');
const service = fc.constantFrom('v1', 'v2', 'v7');
const person = fc.constantFrom('s1', 's2', 's4');
const wellFormed = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ type: fc.constantFrom('book', 'fill'), serviceText: said, serviceRef: service, whenText: said, staffText: said, staffRef: person, forOther: said, nameText: said, phoneText: said }, { requiredKeys: ['type'] }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('correct'), field: fc.constantFrom(...CORRECTABLE_FIELDS), text: said }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('pick'), ref: fc.oneof(service, person, refs) }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('ask'), topic: fc.constantFrom(...ASK_TOPICS), text: said }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constant('manage'), op: fc.constantFrom('list', 'cancel', 'move'), recordText: said, whenText: said, staffText: said }, { requiredKeys: ['type', 'op'] }) },
	{ weight: 1, arbitrary: fc.record({ type: fc.constantFrom('yes', 'no', 'human', 'stop', 'none') }) },
);
const envelope = fc.record(
	{ acts: fc.oneof({ weight: 6, arbitrary: fc.array(wellFormed, { minLength: 1, maxLength: 4 }) }, { weight: 1, arbitrary: fc.array(fc.oneof(act, wellFormed), { maxLength: 6 }) }, { weight: 1, arbitrary: fc.jsonValue() }), confidence: fc.oneof(fc.double(), fc.constant(0.9)), draft: fc.oneof(fc.string(), fc.integer()), remember: fc.jsonValue(), lang: fc.string() },
	{ requiredKeys: ['acts'] },
);
const json = fc.oneof({ weight: 4, arbitrary: envelope.map((value) => JSON.stringify(value)) }, { weight: 1, arbitrary: fc.json() });
const answers = fc.oneof(json, json.chain((text) => fc.nat(text.length).map((length) => text.slice(0, length))), fc.string({ unit: 'binary', maxLength: 300 }), fc.constant(null), fc.constant(new Error('x')));

const FIELDS: Readonly<Record<string, readonly string[]>> = {
	book: ['serviceText', 'whenText', 'staffText', 'forOther', 'nameText', 'phoneText'],
	fill: ['serviceText', 'whenText', 'staffText', 'forOther', 'nameText', 'phoneText'],
	correct: ['field', 'text'], pick: ['ref'], ask: ['topic', 'text'], manage: ['op', 'recordText', 'whenText', 'staffText'], yes: [], no: [], smalltalk: ['kind'], human: [], stop: [], none: [],
};

describe('whatever a model answers', () => {
	it('gives one to four acts of the vocabulary, shown handles only, words of the client only, and no yes he did not say', async () => {
		let byModel = 0;
		await fc.assert(
			fc.asyncProperty(texts, places, answers, answers, async (text, place, first, second) => {
				const { result } = await understood(text, place, first, second);
				if (result.source === 'model') byModel++;
				expect(result.acts.length).toBeGreaterThanOrEqual(1);
				expect(result.acts.length).toBeLessThanOrEqual(4);
				expect(result.confidence).toBeGreaterThanOrEqual(0);
				expect(result.confidence).toBeLessThanOrEqual(1);
				expect(result.draft === undefined || (typeof result.draft === 'string' && result.draft.length <= 200)).toBe(true);
				const asked = input(text, place);
				const options = asked.question !== null && 'options' in asked.question ? asked.question.options.length : 2;
				const handles = [...asked.offers, ...asked.records].map(({ ref }) => ref);
				// What the rules alone read has a test of its own.
				const byModelOnly = result.source === 'model';
				for (const one of result.acts) {
					const { type, ...fields } = one;
					for (const [key, value] of Object.entries(fields)) {
						expect(FIELDS[type]).toContain(key);
						expect(typeof value).toBe('string');
					}
					if (one.type === 'pick') expect(/^[vs]/.test(one.ref) ? Number(one.ref.slice(1)) >= 1 && Number(one.ref.slice(1)) <= options : handles.includes(one.ref)).toBe(true);
					if (one.type === 'yes' && byModelOnly) expect(classifyAnswer(stripGreeting(text).rest)).toBe('yes');
					if (byModelOnly && 'phoneText' in one && one.phoneText !== undefined) expect(text).toContain(one.phoneText);
					if (byModelOnly && 'nameText' in one && one.nameText !== undefined) expect(text.toLowerCase()).toContain(one.nameText.toLowerCase());
					if (byModelOnly && 'whenText' in one && one.whenText !== undefined) expect(one.whenText).not.toMatch(/2026|15:00/);
				}
			}),
			{ numRuns: 2500 },
		);
		expect(byModel).toBeGreaterThan(300);
	});
});
