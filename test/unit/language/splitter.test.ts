import fc from 'fast-check';
import { splitMessage } from '../../../core/language/splitter';

const bare = (text: string): string => text.replace(/\s+/g, '');
const options = { hardLimit: 4096, targetLength: 350, maxParts: 2 };

describe('splitMessage', () => {
	test('a short text is one part', () => {
		expect(splitMessage('  Есть окно в 15:00.  ', options)).toEqual(['Есть окно в 15:00.']);
		expect(splitMessage('   ', options)).toEqual([]);
	});
	test('prefers a paragraph to a sentence', () => {
		const text = `${'Первое. '.repeat(20).trim()}\n\n${'Второе. '.repeat(25).trim()}`;
		expect(splitMessage(text, { ...options, targetLength: 220 })).toEqual(['Первое. '.repeat(20).trim(), 'Второе. '.repeat(25).trim()]);
	});
	test('prefers a list item to a sentence inside it', () => {
		const item = (number: number): string => `${number}. Окно. Мастер Анна. Цена есть.`;
		const parts = splitMessage([1, 2, 3, 4].map(item).join('\n'), { hardLimit: 4096, targetLength: 75, maxParts: 2 });
		expect(parts).toEqual([`${item(1)}\n${item(2)}`, `${item(3)}\n${item(4)}`]);
	});
	test('keeps to the number of parts by longer parts', () => {
		const parts = splitMessage('Предложение номер. '.repeat(100), options);
		expect(parts.length).toBeLessThanOrEqual(2);
	});
	test('goes past the number of parts rather than lose text or pass the hard limit', () => {
		const text = 'Слово. '.repeat(2000);
		const parts = splitMessage(text, { hardLimit: 1000, targetLength: 350, maxParts: 2 });
		expect(parts.every((part) => part.length <= 1000)).toBe(true);
		expect(bare(parts.join(''))).toBe(bare(text));
	});
	test.each([
		['a price', '2 000 ₽'], ['a phone', '+7 (916) 123-45-67'], ['a clock time', '15:00'], ['a range', '10:00–20:00'], ['a handle', '{o12}'], ['an emoji family', '👩‍👩‍👧‍👦'], ['a date', '24.11.2026'], ['a length', '60 мин'],
	])('never cuts inside %s', (_name, whole) => {
		for (let limit = 20; limit < 60; limit++) {
			const text = `Текст перед этим местом ${whole} и текст после этого места, который длиннее.`;
			const parts = splitMessage(text, { hardLimit: 200, targetLength: limit, maxParts: 10 });
			expect(parts.some((part) => part.includes(whole))).toBe(true);
		}
	});
	test('a draft of nine thousand characters fits a channel of four thousand', () => {
		const text = Array.from({ length: 300 }, (_, index) => `${index + 1}. Стрижка, 2 000 ₽, 15:00.`).join('\n');
		const parts = splitMessage(text, options);
		expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(4096);
		expect(bare(parts.join(''))).toBe(bare(text));
	});

	const piece = fc.oneof(
		fc.constantFrom('слово', ' ', '\n', '\n\n', '. ', ', ', '15:00', '2 000 ₽', '{o1}', '👩‍👩‍👧', '👍🏽', 'é', '- пункт', '1. пункт', '89161234567', '1 2 3 4 5 6'),
		fc.string({ unit: 'binary', maxLength: 30 }),
	);
	const limits = fc.record({ hardLimit: fc.integer({ min: 20, max: 300 }), targetLength: fc.integer({ min: 1, max: 300 }), maxParts: fc.integer({ min: 1, max: 4 }) });

	test('loses nothing and respects the hard limit', () => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), limits, (pieces, limit) => {
				const text = pieces.join('');
				const parts = splitMessage(text, limit);
				expect(bare(parts.join(''))).toBe(bare(text));
				expect(parts.every((part) => part.length <= limit.hardLimit && part.trim() !== '')).toBe(true);
			}),
			{ verbose: 1, numRuns: 500 },
		);
	});
	test('never breaks a surrogate pair', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('👍', '𝒜', 'а', ' '), { maxLength: 200 }), limits, (pieces, limit) => {
				for (const part of splitMessage(pieces.join(''), limit)) expect(part).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
			}),
			{ verbose: 1 },
		);
	});
});
