import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEntries } from '../../../core/conversation/knowledge';
import { buildKnowledgeIndex, type Searchable } from '../../../core/conversation/knowledge/search';
import { ANSWERED, UNANSWERED } from './questions';
import { startCpuClock } from '../../support/cpu';

function salonEntries(): readonly Searchable[] {
	const reading = readEntries(readFileSync(join(__dirname, 'salon-faq.md'), 'utf8'), 'markdown');
	if (reading.kind !== 'ok') throw new Error(reading.reason);
	return reading.entries.map((entry) => ({ ...entry, id: entry.contentHash }));
}

function entry(title: string, body: string, aliases: readonly string[] = []): Searchable {
	return { id: title, title, body, aliases, lang: 'ru' };
}

describe('search in a salon\'s knowledge', () => {
	const entries = salonEntries();
	const index = buildKnowledgeIndex(entries);
	const best = (question: string) => index.search(question, 3)[0]?.entry.title;

	it('answers at least nine of ten questions, and none of them with another entry', () => {
		expect(entries).toHaveLength(46);
		const known = new Set(entries.map((one) => one.title));
		expect(ANSWERED.filter(([, title]) => !known.has(title))).toEqual([]);
		const found = ANSWERED.map(([question, title]) => ({ question, title, best: best(question) }));
		expect(found.filter((one) => one.best !== undefined && one.best !== one.title)).toEqual([]);
		expect(found.filter((one) => one.best === one.title).length / ANSWERED.length).toBeGreaterThanOrEqual(0.9);
	});

	it('finds nothing for questions the knowledge does not answer', () => {
		expect(UNANSWERED.length).toBeGreaterThan(70);
		expect(UNANSWERED.flatMap((question) => index.search(question, 3).map((hit) => ({ question, title: hit.entry.title })))).toEqual([]);
	});

	it('finds a word in another case form, with a typo, with ё or е, as a synonym, in capitals', () => {
		for (const question of ['парковке', 'ПАРКОВКА', 'парквка есть?', 'парковка', 'куда припарковаться', 'стоянка']) {
			expect([question, best(question)]).toEqual([question, 'Есть ли парковка?']);
		}
		for (const question of ['с ребенком можно?', 'с ребёнком можно?', 'с детьми можно?']) {
			expect([question, best(question)]).toEqual([question, 'Можно прийти с ребёнком?']);
		}
	});

	it('finds an entry by any of its aliases', () => {
		const one = buildKnowledgeIndex([entry('Зимний сад', 'Открыт для гостей.', ['оранжерея', 'фикусы']), entry('Прочее', 'Разное.')]);
		expect(one.search('где ваша оранжерея?', 1)[0]?.entry.title).toBe('Зимний сад');
		expect(one.search('фикус', 1)[0]?.entry.title).toBe('Зимний сад');
		expect(one.search('где ваш аквариум?', 1)).toEqual([]);
	});

	it('does not take a word that only stands in a body for the subject', () => {
		const one = buildKnowledgeIndex([entry('Бонусы', 'Начисляем за каждый шампунь.'), entry('Вход', 'С улицы.')]);
		expect(one.search('какой шампунь лучше?', 3)).toEqual([]);
	});

	it('does not answer a question of price with an entry that tells none', () => {
		const one = buildKnowledgeIndex([entry('Стрижка бороды', 'Стрижём всех.'), entry('Вход', 'С улицы.'), entry('Сауна', 'Стоит 500 рублей.')]);
		expect(one.search('стрижка бороды', 1)).toHaveLength(1);
		expect(one.search('сколько стоит стрижка бороды', 1)).toEqual([]);
		expect(one.search('сколько стоит сауна', 1)).toHaveLength(1);
	});

	it('reads only the questions of a message that has any', () => {
		expect(best('Запишите меня на стрижку на пятницу к Ольге. Парковка у вас есть?')).toBe('Есть ли парковка?');
		expect(index.search('У меня есть собака. Какая завтра погода?', 3)).toEqual([]);
	});

	it('prefers the entry in the language of the question', () => {
		expect(best('parking?')).toBe('Is there parking?');
		expect(best('парковка?')).toBe('Есть ли парковка?');
	});

	it('scores from its threshold to 1, best first, no more than asked for', () => {
		const all = ANSWERED.map(([question]) => index.search(question, 2));
		for (const hits of all) {
			expect(hits.length).toBeLessThanOrEqual(2);
			for (const { score } of hits) expect(score > 0.5 && score <= 1).toBe(true);
			expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).sort((a, b) => b - a));
		}
		expect(index.search('парковка', 0)).toEqual([]);
	});

	it('finds nothing in no entries, and survives any text', () => {
		expect(buildKnowledgeIndex([]).search('парковка', 3)).toEqual([]);
		for (const text of ['\u0000\uFFFF', '((((', 'а'.repeat(100_000), '? '.repeat(5000), '💅💅', "'''''"]) {
			expect(index.search(text, 3)).toEqual([]);
		}
	});

	it('answers in less than 5 ms over 300 entries', () => {
		const many = Array.from({ length: 300 }, (_, at) => {
			const one = entries[at % entries.length];
			if (one === undefined) throw new Error('no entries');
			return { ...one, id: String(at), title: `${one.title} филиал${at}` };
		});
		const large = buildKnowledgeIndex(many);
		const times = ANSWERED.map(([question]) => {
			const spent = startCpuClock();
			large.search(question, 3);
			return spent();
		}).sort((a, b) => a - b);
		expect(times[Math.floor(times.length / 2)]).toBeLessThan(5);
	});
});
