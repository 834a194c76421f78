import * as fc from 'fast-check';
import { formatOf, MOST_BODY, readEntries, type KnowledgeFormat } from '../../../core/conversation/knowledge';
import { entriesOf } from '../../../core/conversation/knowledge/entries';

function pairs(text: string, format: KnowledgeFormat): readonly (readonly [string, string])[] {
	const reading = readEntries(text, format);
	if (reading.kind !== 'ok') throw new Error(reading.reason);
	return reading.entries.map(({ title, body }) => [title, body]);
}

describe('entries from Markdown', () => {
	it('are sections under their headings, without marks', () => {
		const text = '---\ntitle: x\n---\n# Вопросы\n\n## Есть ли **парковка**?\n\nДа, [во дворе](http://a.b/c). ![план](x.png)\n\n- шесть мест\n* бесплатно\n\n<!-- скрыто -->\nКак платить?\n------\n`Картой` или *наличными*.\n';
		expect(pairs(text, 'markdown')).toEqual([
			['Есть ли парковка?', 'Да, во дворе.\n\n- шесть мест\n- бесплатно'],
			['Как платить?', 'Картой или наличными.'],
		]);
	});

	it('name a short heading with the one above it, but not with the title of the document', () => {
		const text = '# Салон\n## Парковка\nВо дворе.\n### Стоимость\nБесплатно.\n### Можно ли оставить на ночь?\nНет.\n## Дети\nМожно.';
		expect(pairs(text, 'markdown').map(([title]) => title)).toEqual(['Парковка', 'Парковка: Стоимость', 'Можно ли оставить на ночь?', 'Дети']);
	});

	it('take no heading from a block of code, and read tables line by line', () => {
		const text = '## Цены\n```\n# не заголовок\n```\n| Зона | Место |\n|---|---|\n| A | двор |';
		expect(pairs(text, 'markdown')).toEqual([['Цены', '# не заголовок\nЗона — Место\nA — двор']]);
	});

	it('are the pairs of a section written as questions and answers', () => {
		expect(pairs('## Разное\n\n**В:** Есть чай?\n**О:** Есть.\n\n**В:** А кофе?\n**О:** Тоже.', 'markdown')).toEqual([
			['Есть чай?', 'Есть.'],
			['А кофе?', 'Тоже.'],
		]);
	});
});

describe('entries from plain text', () => {
	it('are pairs, however they are marked, with answers of many lines', () => {
		const text = 'В: Есть чай?\nО: Есть.\nИ кофе.\n\nВопрос 2: Можно с детьми?\nОтвет: Можно.\nQ: Do you take cards?\nA: We do.\nВ: В одну строку? О: Да.';
		expect(pairs(text, 'text')).toEqual([
			['Есть чай?', 'Есть.\nИ кофе.'],
			['Можно с детьми?', 'Можно.'],
			['Do you take cards?', 'We do.'],
			['В одну строку?', 'Да.'],
		]);
	});

	it('are blocks: titled by their first line, by a heading alone before them, or by their first sentence', () => {
		const text = 'Можно с собакой?\nДа, с небольшой.\n\nПарковка\n\nВо дворе шесть мест.\n\nМы работаем без выходных. Ждём вас.\n\nЕсть ли лифт? Лифта нет.';
		expect(pairs(text, 'text')).toEqual([
			['Можно с собакой?', 'Да, с небольшой.'],
			['Парковка', 'Во дворе шесть мест.'],
			['Мы работаем без выходных.', 'Мы работаем без выходных. Ждём вас.'],
			['Есть ли лифт?', 'Лифта нет.'],
		]);
	});

	it('leave out what a page has for decoration', () => {
		expect(pairs('Главная\nМеню\n\nПарковка\n\nВо дворе.\n\n© 2026 Салон\nМы используем cookie', 'web')).toEqual([['Парковка', 'Во дворе.']]);
	});
});

describe('entries from CSV', () => {
	it('follow the headings, in any order, with quotes, line breaks, delimiters and doubled quotes in cells', () => {
		const text = '\uFEFFОтвет;Вопрос;Синонимы\r\n"Да; во дворе,\r\nшесть ""мест""";Есть парковка?;стоянка | паркинг\r\nМожно;С детьми?;\r\n';
		const reading = readEntries(text, 'csv');
		expect(reading).toMatchObject({
			kind: 'ok',
			entries: [
				{ title: 'Есть парковка?', body: 'Да; во дворе,\nшесть "мест"', aliases: ['стоянка', 'паркинг'] },
				{ title: 'С детьми?', body: 'Можно', aliases: [] },
			],
		});
	});

	it('without headings take question, answer and aliases in this order', () => {
		expect(readEntries('Есть чай?,Есть,напитки;кофе\nА кофе?,Тоже', 'csv')).toMatchObject({
			entries: [{ title: 'Есть чай?', body: 'Есть', aliases: ['напитки', 'кофе'] }, { title: 'А кофе?', body: 'Тоже' }],
		});
	});

	it('are refused with the line when a quote is open, something follows a quote, or no column answers', () => {
		expect(readEntries('question,answer\na,b\nc,"d', 'csv')).toEqual({ kind: 'refused', reason: 'bad_csv', line: 3 });
		expect(readEntries('question,answer\n"a"x,b', 'csv')).toEqual({ kind: 'refused', reason: 'bad_csv', line: 2 });
		expect(readEntries('question,price\na,b', 'csv')).toEqual({ kind: 'refused', reason: 'no_answer_column', line: 1 });
	});
});

describe('entries', () => {
	it('are at most 600 characters, cut at sentences, with nothing lost', () => {
		const sentences = Array.from({ length: 60 }, (_, at) => `Это предложение номер ${at} о нашем салоне.`);
		const cut = pairs(`Большой текст?\n${sentences.join(' ')}`, 'text');
		expect(cut.length).toBeGreaterThan(3);
		for (const [title, body] of cut) {
			expect(title).toBe('Большой текст?');
			expect(body.length).toBeLessThanOrEqual(MOST_BODY);
			expect(body.endsWith('.')).toBe(true);
		}
		expect(cut.map(([, body]) => body).join(' ')).toBe(sentences.join(' '));
	});

	it('have one hash for one content, another for any other', () => {
		const hashes = (text: string) => {
			const reading = readEntries(text, 'csv');
			return reading.kind === 'ok' ? reading.entries.map((entry) => entry.contentHash) : [];
		};
		expect(hashes('a?,b,c')).toEqual(hashes('question,answer,aliases\n" a? ",b,c'));
		expect(new Set(['a?,b,c', 'a?,b', 'a?,bc', 'a?b,c', 'b,a?,c'].flatMap(hashes)).size).toBe(5);
		expect(hashes('a?,b\na?,b')).toHaveLength(1);
	});

	it('hold no control, bidirectional or invisible characters', () => {
		expect(pairs('Чай\u202E?\u200B,Есть\u0007 и\u00A0кофе', 'csv')).toEqual([['Чай?', 'Есть и кофе']]);
	});

	it('hold none either when a person types them one by one', () => {
		const [entry] = entriesOf({ title: 'Park\u202Eing', body: 'Yes\u0007, in the\u200B yard', aliases: ['ca\u2066rs'] });
		expect(entry).toMatchObject({ title: 'Parking', body: 'Yes, in the yard', aliases: ['cars'] });
	});

	it('know their language', () => {
		expect(readEntries('a?,We do\nб?,Есть', 'csv')).toMatchObject({ entries: [{ lang: 'en' }, { lang: 'ru' }] });
	});

	it('are refused, with the reason, when there is nothing, too much or no text', () => {
		expect(readEntries(' \n\n', 'text')).toMatchObject({ kind: 'refused', reason: 'empty' });
		expect(readEntries('## Заголовок без текста', 'markdown')).toMatchObject({ kind: 'refused', reason: 'empty' });
		expect(readEntries('%PDF-1.7\0\u0001', 'text')).toMatchObject({ kind: 'refused', reason: 'not_text' });
		expect(readEntries('а'.repeat(2_000_001), 'text')).toMatchObject({ kind: 'refused', reason: 'too_large' });
		const many = Array.from({ length: 2001 }, (_, at) => `q${at}?,a${at}`).join('\n');
		expect(readEntries(many, 'csv')).toMatchObject({ kind: 'refused', reason: 'too_large' });
	});

	it('never throw and never pass their bounds, whatever the text', () => {
		const formats = fc.constantFrom<KnowledgeFormat>('markdown', 'text', 'csv', 'web');
		const piece = fc.oneof(fc.string(), fc.constantFrom('"', ',', ';', '\n', '\n\n', '# ', '## ', '---\n', '```\n', 'В: ', 'О: ', '? ', '|', 'слово '));
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), formats, (pieces, format) => {
				const reading = readEntries(pieces.join(''), format);
				if (reading.kind === 'refused') return;
				expect(reading.entries.length).toBeGreaterThan(0);
				for (const { title, body } of reading.entries) {
					expect(title.trim()).not.toBe('');
					expect(title.length).toBeLessThanOrEqual(200);
					expect(body.trim()).not.toBe('');
					expect(body.length).toBeLessThanOrEqual(MOST_BODY);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('are read in the format that the name of their source tells', () => {
		expect(['faq.MD', 'faq.csv', 'faq.tsv', 'faq.pdf', 'https://salon.example/faq', 'x.html'].map(formatOf)).toEqual(['markdown', 'csv', 'csv', 'text', 'web', 'web']);
	});
});
