import fc from 'fast-check';
import { createMask } from '../../../core/conversation/privacy/mask';
import { startCpuClock } from '../../support/cpu';

describe('what is hidden', () => {
	it.each<[string, string]>([
		['мой номер 8 (916) 123-45-67, перезвоните', 'мой номер [PHONE_1], перезвоните'],
		['+7916-123-45-67', '[PHONE_1]'],
		['тел89161234567', 'тел[PHONE_1]'],
		['８９１６１２３４５６７', '[PHONE_1]'],
		['٨٩١٦١٢٣٤٥٦٧', '[PHONE_1]'],
		['8\u200b916\u200b1234567', '[PHONE_1]'],
		['8 9l6 I23 45 67', '[PHONE_1]'],
		['8 916 l23 4О 67', '[PHONE_1]'],
		['+375 29 123 45 67', '[PHONE_1]'],
		['123-45-67', '[PHONE_1]'],
		['восемь девятьсот шестнадцать сто двадцать три сорок пять шестьдесят семь', '[PHONE_1]'],
		['карта 4111 1111 1111 1111', 'карта [CARD_1]'],
		['паспорт 4510 123456', 'паспорт [DOCUMENT_1]'],
		['паспорт серия 4510 номер 123456', 'паспорт серия [DOCUMENT_1] номер [DOCUMENT_2]'],
		['снилс 112-233-445 95', 'снилс [DOCUMENT_1]'],
		['инн 7707083893', 'инн [DOCUMENT_1]'],
		['пишите ivan.petrov@mail.ru или @ivan_petrov', 'пишите [EMAIL_1] или [CONTACT_1]'],
		['вот https://pay.example/a?token=abc и всё', 'вот [LINK_1] и всё'],
		['wa.me/79161234567', '[LINK_1]'],
		['меня зовут Анна Петрова', 'меня зовут [NAME_1]'],
		['меня зовут гульчехра', 'меня зовут [NAME_1]'],
		['my name is John Smith, thanks', 'my name is [NAME_1], thanks'],
		['запишите Анну Кузнецову', 'запишите [NAME_1]'],
		['анна петрова', '[NAME_1]'],
		['Мария Сергеевна', '[NAME_1]'],
		['Иванов И.И. придёт', '[NAME_1]. придёт'],
	])('«%s»', (text, hidden) => {
		const mask = createMask();
		expect(mask.hide(text)).toBe(hidden);
		expect(mask.reveal(hidden)).toBe(text);
	});

	it.each([
		'завтра в 15:00', '24.11.2026 15:00', '2026-11-24T15:00:00+03:00', 'в 10.00-12.00 или 14.00-16.00', 'на 24 25 26 27 ноября', 'цена 2 000 000 руб', 'вариант 2, номер 3', 'в 15 00', 'к Анне', 'маша чистка лица', 'Ольга Чистка', 'меня зовут на работу', '5 человек', 'с десяти до двух',
	])('«%s» stays as it is', (text) => {
		expect(createMask().hide(text)).toBe(text);
	});

	it('a known name in every case and short form, and nothing that only looks like it', () => {
		const mask = createMask();
		mask.know(['Ирина Петрова']);
		expect(mask.hide('Ирина, ирине, с Ириной Петровой, Ире, ирис')).toBe('[NAME_1], [NAME_2], с [NAME_3], [NAME_4], ирис');
	});

	it('a name that is an ordinary word hides no ordinary words', () => {
		const mask = createMask();
		mask.know(['завтра', 'да', '2', '']);
		expect(mask.hide('да, завтра в 2')).toBe('да, завтра в 2');
	});

	it('the staff are no secret, a client of the same name is', () => {
		const staff = ['Мария Иванова'];
		expect(createMask({ staff }).hide('к Марии Ивановой')).toBe('к Марии Ивановой');
		const mask = createMask({ staff });
		mask.know(['Мария']);
		expect(mask.hide('я Мария')).toBe('я [NAME_1]');
	});

	it('the same words get the same token, other words another, also in a later text', () => {
		const mask = createMask();
		expect(mask.hide('89161234567 и 89161234567 и 89169999999')).toBe('[PHONE_1] и [PHONE_1] и [PHONE_2]');
		expect(mask.hide('снова 89169999999')).toBe('снова [PHONE_2]');
	});
});

describe('what comes back', () => {
	it('a token that the client wrote is never the value of another', () => {
		const mask = createMask();
		const hidden = mask.hide('[PHONE_1] мой 89161234567, [NAME_7]');
		expect(hidden).not.toContain('[NAME_7]');
		expect(hidden.match(/\[PHONE_1\]/g)).toHaveLength(1);
		expect(mask.reveal(hidden)).toBe('[PHONE_1] мой 89161234567, [NAME_7]');
		const [forged] = hidden.split(' ');
		expect(mask.reveal(forged ?? '')).toBe('[PHONE_1]');
	});

	it('a token nobody issued stays a token', () => {
		const mask = createMask();
		mask.hide('89161234567');
		expect(mask.reveal('[PHONE_2] [__proto___1] [EMAIL_1]')).toBe('[PHONE_2] [__proto___1] [EMAIL_1]');
	});

	it('two masks share nothing', () => {
		createMask().hide('89161234567');
		expect(createMask().reveal('[PHONE_1]')).toBe('[PHONE_1]');
	});

	const parts = fc.constantFrom('8 916 123-45-67', 'a@b.ru', 'Анна Петрова', '[PHONE_1]', '[TEXT_2]', '"', '\\', '\n', 'https://x.ru/?a="b"', ' ', ', ', '4111111111111111', 'Ирина', '{', '}', '@abcd', 'меня зовут ', '1O1');
	const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.array(parts, { maxLength: 14 }).map((list) => list.join('')));

	it('any text is restored exactly, and no secret part is left in it', () => {
		fc.assert(
			fc.property(texts, (text) => {
				const mask = createMask();
				mask.know(['Ирина']);
				const hidden = mask.hide(text);
				expect(mask.reveal(hidden)).toBe(text);
				expect(hidden).not.toContain('916 123-45-67');
			}),
			{ numRuns: 1500 },
		);
	});

	it('JSON stays JSON with the same strings', () => {
		fc.assert(
			fc.property(texts, texts, (text, other) => {
				const mask = createMask();
				mask.know(['Ирина']);
				const hidden = mask.hide(JSON.stringify({ untrusted: text, other }));
				expect(Object.keys(JSON.parse(hidden) as object)).toEqual(['untrusted', 'other']);
				expect(JSON.parse(mask.reveal(hidden))).toEqual({ untrusted: text, other });
			}),
			{ numRuns: 1000 },
		);
	});

	it('a word after an escaped line break is not swallowed with the escape', () => {
		const mask = createMask();
		const hidden = mask.hide(JSON.stringify({ untrusted: 'да\nuser@mail.ru' }));
		expect(JSON.parse(hidden)).toEqual({ untrusted: 'да\n[EMAIL_1]' });
		expect(mask.reveal('[EMAIL_1]')).toBe('user@mail.ru');
	});
});

describe('hostile sizes', () => {
	it.each([
		['digits', '1'.repeat(300_000)], ['spaced digits', '1 '.repeat(150_000)], ['letters', 'а'.repeat(300_000)], ['names', 'Анна Петрова '.repeat(20_000)], ['at signs', 'a@'.repeat(150_000)], ['backslashes', '\\'.repeat(300_000)], ['document words', 'паспорт '.repeat(30_000)], ['numerals', 'один '.repeat(60_000)], ['links', 'www.'.repeat(60_000)], ['dots', 'a.'.repeat(150_000)], ['brackets', '['.repeat(300_000)], ['look-alikes', '1O'.repeat(150_000)],
	])('%s are read in time', (_name, text) => {
		const mask = createMask();
		const spent = startCpuClock();
		const hidden = mask.hide(text);
		expect(mask.reveal(hidden)).toBe(text);
		expect(spent()).toBeLessThan(3_000);
	});
});
