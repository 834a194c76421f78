import fc from 'fast-check';
import { readObject } from '../../../core/conversation/understand/model/repair';
import { startCpuClock } from '../../support/cpu';

const GOOD = { acts: [{ type: 'book', whenText: 'завтра в 5' }], confidence: 0.9 };
const TEXT = JSON.stringify(GOOD);

describe('an answer is read', () => {
	test.each<[string, string, unknown]>([
		['as it stands', TEXT, GOOD],
		['between fences', `\`\`\`json\n${TEXT}\n\`\`\``, GOOD],
		['in prose', `Here you are: ${TEXT} Hope it helps!`, GOOD],
		['after another object', `{"thought":"hm"} ${TEXT}`, GOOD],
		['with trailing commas', '{"acts":[{"type":"book","whenText":"завтра в 5",},],"confidence":0.9,}', GOOD],
		['in single quotes', "{'acts':[{'type':'book','whenText':'завтра в 5'}],'confidence':0.9}", GOOD],
		['in smart quotes', '{“acts”:[{“type”:“book”,“whenText”:“завтра в 5”}],“confidence”:0.9}', GOOD],
		['with bare keys', '{acts:[{type:"book",whenText:"завтра в 5"}],confidence:0.9}', GOOD],
		['with a comment', `{// mine\n"acts":[{"type":"book","whenText":"завтра в 5"}], // yes\n"confidence":0.9}`, GOOD],
		['with a quote inside', '{"acts":[{"type":"ask","text":"это "гель" или нет"}]}', { acts: [{ type: 'ask', text: 'это "гель" или нет' }] }],
		['with a byte order mark', `\uFEFF${TEXT}`, GOOD],
		['in Python', "{'acts':[{'type':'none','draft':None,'ok':True}]}", { acts: [{ type: 'none', draft: null, ok: true }] }],
		['as a bare list', '[{"type":"yes"}]', { acts: [{ type: 'yes' }] }],
		['with an apostrophe', "{'acts':[{'type':'ask','text':'what's new'}]}", { acts: [{ type: 'ask', text: "what's new" }] }],
	])('%s', (_name, text, expected) => {
		expect(readObject(text)).toEqual(expected);
	});

	test('without the value that the end cut off', () => {
		expect(readObject('{"acts":[{"type":"book","serviceText":"маникюр","whenText":"завтр')).toEqual({ acts: [{ type: 'book', serviceText: 'маникюр' }] });
		expect(readObject('{"acts":[{"type":"none"}],"confidence":0.')).toEqual({ acts: [{ type: 'none' }] });
		expect(readObject('{"acts":[{"type":"none"}')).toEqual({ acts: [{ type: 'none' }] });
	});

	test.each(['', 'no json here', '42', '"text"', '[]', '[1,2]', 'null'])('%j holds no object', (text) => {
		expect(readObject(text)).toBeUndefined();
	});

	test('a key that is no plain key changes nobody’s prototype', () => {
		const read = readObject("{acts:[], '__proto__':{'polluted':1}, constructor: toString}") as Record<string, unknown>;
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
		expect(read.constructor).toBe('toString');
	});

	test('any text, in time', () => {
		const pieces = fc.constantFrom('{', '}', '[', ']', '"', "'", ',', ':', 'acts', 'type', '\\', '\\u', '12', '“', '”', '//', '\n', ' ', 'null', '```');
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces, { maxLength: 60 }).map((list) => list.join(''))), (text) => {
				const read = readObject(text);
				expect(read === undefined || (typeof read === 'object' && read !== null)).toBe(true);
			}),
			{ numRuns: 3000 },
		);
	});

	test.each(['{', '[', '{"a":', '"', '{"a":"', '//', '\\', "{'", '{a', '},{', '{"acts":[{"type":"none"},'])('a hundred thousand times %j is read in time', (piece) => {
		const spent = startCpuClock();
		readObject(piece.repeat(100_000));
		expect(spent()).toBeLessThan(1_000);
	});
});
