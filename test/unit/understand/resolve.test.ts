import { addsServices, resolveServices, resolveStaff } from '../../../core/conversation/understand/resolve';
import { CATALOGUE } from './catalogue';

describe('resolveServices', () => {
	test.each<[string, 'one' | 'several' | 'none', string[]]>([
		['женскую стрижку', 'one', ['haircut-f']],
		['на стрижку', 'several', ['haircut-f', 'haircut-m', 'haircut-k']],
		['стрижка мужская', 'one', ['haircut-m']],
		['детская', 'one', ['haircut-k']],
		['маникюр', 'one', ['manicure']],
		['маникюру', 'one', ['manicure']],
		['маникур', 'one', ['manicure']],
		['манекюр', 'one', ['manicure']],
		['маникюрчик', 'one', ['manicure']],
		['маникюр с гель-лаком', 'one', ['gel']],
		['маникюр гель лак', 'one', ['gel']],
		['покрытие гель лаком', 'one', ['gel']],
		['маникюр и педикюр', 'one', ['manicure', 'pedicure']],
		['маникюр + педикюр', 'one', ['manicure', 'pedicure']],
		['педекюр', 'one', ['pedicure']],
		['окрашивание', 'several', ['color', 'roots']],
		['окрашивание корней', 'one', ['roots']],
		['покрасить корни', 'one', ['roots']],
		['постричься', 'several', ['haircut-f', 'haircut-m', 'haircut-k']],
		['стриж', 'several', ['haircut-f', 'haircut-m', 'haircut-k']],
		['подстричь бороду', 'one', ['beard']],
		['бороду', 'one', ['beard']],
		['брови', 'one', ['brows']],
		['ресницы нарастить', 'one', ['lashes']],
		['чистку', 'one', ['face']],
		['почистить лицо', 'one', ['face']],
		['массаж', 'one', ['massage']],
		['массаж спины', 'one', ['massage']],
		['strizhka', 'several', ['haircut-f', 'haircut-m', 'haircut-k']],
		['muzhskaya strizhka', 'one', ['haircut-m']],
		['manikyur', 'one', ['manicure']],
		['haircut', 'several', ['haircut-f', 'haircut-m', 'haircut-k']],
		["a men's haircut", 'one', ['haircut-m']],
		["women's haircut please", 'one', ['haircut-f']],
		['pedicure', 'one', ['pedicure']],
		['beard trim', 'one', ['beard']],
		['back massage', 'one', ['massage']],
		['маникюр или педикюр', 'several', ['manicure', 'pedicure']],
		['на', 'none', []],
		['запись', 'none', []],
		['в один', 'none', []],
		['завтра в 15', 'none', []],
		['татуаж', 'none', []],
		['', 'none', []],
		['🙂', 'none', []],
		['стрижка женская и мужская', 'one', ['haircut-f', 'haircut-m']],
	])('«%s» is %s %j', (text, kind, ids) => {
		const resolved = resolveServices(text, CATALOGUE);
		expect({ kind: resolved.kind, ids: [...resolved.ids].sort() }).toEqual({ kind, ids: [...ids].sort() });
	});
});

test.each<[string, boolean]>([['ещё педикюр', true], ['и ещё на педикюр', true], ['плюс педикюр', true], ['также маникюр', true], ['педикюр', false], ['маникюр и педикюр', false], ['', false]])('addsServices «%s»: %s', (text, adds) => {
	expect(addsServices(text)).toBe(adds);
});

describe('resolveStaff', () => {
	test.each<[string, 'one' | 'any' | 'several' | 'none', string[]]>([
		['к Ане', 'one', ['anna']],
		['у Анны', 'one', ['anna']],
		['к Анечке', 'one', ['anna']],
		['Маше', 'one', ['maria']],
		['к Марии', 'one', ['maria']],
		['к Марии Ивановой', 'one', ['maria']],
		['у Ивановой', 'one', ['maria']],
		['к Ивановой Маше', 'one', ['maria']],
		['Оля', 'one', ['olga']],
		['с Ольгой', 'one', ['olga']],
		['к Ване', 'one', ['ivan']],
		['у Ивана', 'one', ['ivan']],
		['Леночка', 'one', ['elena']],
		['к Елене', 'one', ['elena']],
		['with Anna', 'one', ['anna']],
		['Olga', 'one', ['olga']],
		['k Marii', 'one', ['maria']],
		['к косметологу', 'one', ['olga']],
		['барбер', 'one', ['ivan']],
		['к Анне или Ольге', 'several', ['anna', 'olga']],
		['без разницы', 'any', []],
		['любой', 'any', []],
		['любой мастер', 'any', []],
		['неважно', 'any', []],
		['всё равно', 'any', []],
		['anyone', 'any', []],
		['any', 'any', []],
		["doesn't matter", 'any', []],
		['к Марине', 'none', []],
		['к Светлане', 'none', []],
		['к мастеру', 'none', []],
		['мама', 'none', []],
		['', 'none', []],
	])('«%s» is %s %j', (text, kind, ids) => {
		const resolved = resolveStaff(text, CATALOGUE);
		expect({ kind: resolved.kind, ids: [...resolved.ids].sort() }).toEqual({ kind, ids: [...ids].sort() });
	});
});
