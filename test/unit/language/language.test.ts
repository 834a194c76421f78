import { detectLanguage, nextLanguage } from '../../../core/language/language';

describe('detectLanguage', () => {
	test.each<[string, string | null]>([
		['привет', 'ru'], ['Хочу на маникюр', 'ru'], ['хочу gel polish', 'ru'], ['hello', 'en'], ['Can I book a haircut?', 'en'], ['privet', 'ru'], ['zapis na zavtra', 'ru'], ['skolko stoit', 'ru'], ['mozhno zapisatsya?', 'ru'],
		['Добрий день, хочу записатися на манікюр', 'uk'], ['їжак', 'uk'], ['Сәлеметсіз бе', 'kk'], ['Мен жазылғым келеді', 'kk'], ['ok', null], ['OK!', null], ['15:00', null], ['👍', null], ['', null], ['+79161234567', null], ['https://example.com/page', null], ['me@example.com', null],
	])('«%s» is %s', (text, language) => {
		expect(detectLanguage(text)).toBe(language);
	});
});

describe('nextLanguage', () => {
	const ru = { lang: 'ru', langCandidate: null } as const;

	test('one short foreign message only makes a candidate', () => {
		expect(nextLanguage(ru, 'hello')).toEqual({ lang: 'ru', langCandidate: 'en' });
	});
	test('a second one changes the language', () => {
		expect(nextLanguage({ lang: 'ru', langCandidate: 'en' }, 'haircut')).toEqual({ lang: 'en', langCandidate: null });
	});
	test('a message of more than three words changes it at once', () => {
		expect(nextLanguage(ru, 'can I book a haircut')).toEqual({ lang: 'en', langCandidate: null });
		expect(nextLanguage(ru, 'book a haircut')).toEqual({ lang: 'ru', langCandidate: 'en' });
	});
	test('a message in the current language drops the candidate', () => {
		expect(nextLanguage({ lang: 'ru', langCandidate: 'en' }, 'да')).toEqual(ru);
	});
	test('a message that tells nothing leaves the candidate', () => {
		expect(nextLanguage({ lang: 'ru', langCandidate: 'en' }, '15:00')).toEqual({ lang: 'ru', langCandidate: 'en' });
	});
	test('the first message of a chat decides alone', () => {
		expect(nextLanguage(ru, 'hello', true)).toEqual({ lang: 'en', langCandidate: null });
	});
	test('Ukrainian and Kazakh are answered in Russian', () => {
		expect(nextLanguage({ lang: 'en', langCandidate: null }, 'Добрий день, хочу на манікюр завтра')).toEqual(ru);
		expect(nextLanguage(ru, 'Сәлеметсіз бе')).toEqual(ru);
	});
	test('gives exactly the two fields of the state, nothing that was beside them', () => {
		expect(Object.keys(nextLanguage({ ...ru, phase: 'idle' } as typeof ru, '15'))).toEqual(['lang', 'langCandidate']);
	});
});
