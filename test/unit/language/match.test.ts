import fc from 'fast-check';
import { declined, fullNamesOf } from '../../../core/language/firstname';
import { type MatchEntry, matchNames } from '../../../core/language/match';
import { stem, withinOneEdit } from '../../../core/language/stem';
import { startCpuClock } from '../../support/cpu';

const entry = (id: string, ...names: string[]): MatchEntry => ({ id, names });
const services = [entry('f', 'Женская стрижка'), entry('m', 'Мужская стрижка'), entry('k', 'Детская стрижка'), entry('n', 'Маникюр', 'Manicure'), entry('g', 'Маникюр с гель-лаком')];
const people: MatchEntry[] = [
	{ id: 'anna', names: ['Анна'], kind: 'person' }, { id: 'maria', names: ['Мария'], kind: 'person' }, { id: 'alena', names: ['Алёна'], kind: 'person' }, { id: 'elena', names: ['Елена'], kind: 'person' }, { id: 'pavel', names: ['Павел'], kind: 'person' }, { id: 'kate', names: ['Kate'], kind: 'person' },
];

describe('matchNames', () => {
	test('an ambiguous word gives every candidate and no exact one', () => {
		const match = matchNames('хочу на стрижку', services);
		expect(match.exact).toEqual([]);
		expect(match.ranked.map(({ id }) => id).sort()).toEqual(['f', 'k', 'm']);
		expect(match.span).toEqual([8, 15]);
	});
	test('a name said in full beats a longer one said in part', () => {
		expect(matchNames('запишите на маникюр', services).exact).toEqual(['n']);
		expect(matchNames('маникюр с гель лаком', services).exact).toEqual(['g']);
	});
	test('stop words name nothing', () => {
		for (const text of ['на', 'с', 'запись на завтра', 'хочу записаться', '']) expect(matchNames(text, services)).toEqual({ exact: [], ranked: [] });
	});
	test('a typo needs five letters', () => {
		expect(matchNames('манкюр', services).exact).toEqual(['n']);
		expect(matchNames('лак', services).exact).toEqual(['g']);
		expect(matchNames('рак', services).ranked).toEqual([]);
	});
	test('the order said is the order given', () => {
		expect(matchNames('маникюр и женская стрижка', services).exact).toEqual(['n', 'f']);
		expect(matchNames('женская стрижка и маникюр', services).exact).toEqual(['f', 'n']);
	});
	test('ids and their order do not depend on the order of the catalogue', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray(services, { minLength: 5 }), fc.constantFrom('маникюр и мужская стрижка', 'manicure', 'детскую', 'женская стрижка'), (shuffled, text) => {
				expect(matchNames(text, shuffled).exact).toEqual(matchNames(text, services).exact);
			}),
			{ verbose: 1 },
		);
	});
	test.each<[string, string[]]>([
		['к Ане', ['anna']], ['Анне', ['anna']], ['с Анной', ['anna']], ['Маше', ['maria']], ['к Алене', ['alena']], ['к Лене', ['alena', 'elena']], ['Паше', ['pavel']], ['к Павлу', ['pavel']], ['Марина', []], ['Ивану', []], ['Кейт', []], ['with Kate', ['kate']], ['Алина', []], ['anna', ['anna']], ['k Mashe', ['maria']],
	])('a person in «%s»', (text, ids) => {
		expect(matchNames(text, people).ranked.map(({ id }) => id).sort()).toEqual(ids);
	});
	test('a thousand services and a long text stay fast', () => {
		const many = Array.from({ length: 1000 }, (_, index) => entry(`s${index}`, `Услуга${index} стрижка массаж${index % 50}`));
		const text = 'хочу стрижку и массажик завтра у ваших мастеров '.repeat(40);
		const spent = startCpuClock();
		matchNames(text, many);
		expect(spent()).toBeLessThan(2000);
	});
});

describe('words', () => {
	test.each([['стрижку', 'стрижка'], ['женскую', 'женская'], ['бровей', 'брови'], ['массажа', 'массаж'], ['haircuts', 'haircut'], ["women's", 'women']])('%s and %s have one stem', (left, right) => {
		expect(stem(left)).toBe(stem(right));
	});
	test.each<[string, string, boolean]>([['маникюр', 'манекюр', true], ['маникюр', 'маникрю', true], ['маникюр', 'маникюрр', true], ['маникюр', 'маникю', true], ['маникюр', 'маникюр', true], ['маникюр', 'педикюр', false], ['', 'аб', false], ['аб', 'ба', true]])('%s and %s', (left, right, near) => {
		expect(withinOneEdit(left, right)).toBe(near);
		expect(withinOneEdit(right, left)).toBe(near);
	});
	test('every short form leads to its full name in all cases', () => {
		for (const form of declined('маша')) expect([...fullNamesOf(form)]).toContain('мария');
		expect([...fullNamesOf('саше')].sort()).toEqual(['александр', 'александра']);
		expect(fullNamesOf('вас').size).toBe(0);
		expect(fullNamesOf('стол').size).toBe(0);
	});
});
