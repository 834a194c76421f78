import { address, allOf, anyOf, cast, datetime, encodeSet, guid, groupsFor, interfaceUrl, isGuid, isPlainHttp, objectPath, quoted } from '../../../core/crm/onec/odata';

const ID = '8F2C0A52-0b1d-11ee-9c5a-0050568b1234';

describe('literals of 1C', () => {
	it('hold nothing that ends them', () => {
		expect(quoted("О'Нил' or true or Description ne '")).toBe("'О''Нил'' or true or Description ne '''");
		expect(quoted('a\r\n\u0000b')).toBe("'a b'");
		expect(guid(ID)).toBe(`guid'${ID.toLowerCase()}'`);
		expect(cast(ID, 'Catalog_Клиенты')).toBe(`cast(guid'${ID.toLowerCase()}','Catalog_Клиенты')`);
		for (const bad of ["x' or true or '", '', '8f2c0a52', `${ID}'`, '../x']) expect(() => guid(bad)).toThrow(TypeError);
		for (const bad of ['2026-08-10', '2026-08-10T11:00:00Z', "2026-08-10T11:00:00' or true or '"]) expect(() => datetime(bad)).toThrow(TypeError);
	});

	it('know an empty reference from one to something', () => {
		expect(isGuid(ID)).toBe(true);
		expect(isGuid('00000000-0000-0000-0000-000000000000')).toBe(false);
		expect(isGuid(7)).toBe(false);
	});

	it('keep an or of the mapping inside its own brackets', () => {
		expect(allOf('A eq 1 or B eq 2', null, '', 'C eq 3')).toBe('(A eq 1 or B eq 2) and (C eq 3)');
		expect(allOf('A eq 1')).toBe('A eq 1');
		expect(allOf()).toBe('');
	});
});

describe('addresses of 1C', () => {
	it('encode spaces as %20, letters as UTF-8 and no slash between steps; JSON is asked for always', () => {
		const path = address(encodeSet('Catalog_Контрагенты'), { filter: "Description eq 'Анна + Ко'", orderby: 'Ref_Key', top: 2, skip: 4, allowedOnly: true });
		expect(path).toMatch(/^Catalog_%D0%9A/);
		expect(path).toContain('?$format=json&$filter=Description%20eq%20');
		expect(path).toContain('%20%2B%20');
		expect(path).toMatch(/&\$orderby=Ref_Key&\$top=2&\$skip=4&allowedOnly=true$/);
		expect(path).not.toContain('+');
		expect(encodeSet('InformationRegister_Цены/SliceLast', "Period=datetime'2026-01-01T00:00:00'")).toMatch(/\/SliceLast\(Period/);
		expect(objectPath('Catalog_X', ID)).toBe(`Catalog_X(guid'${ID.toLowerCase()}')`);
	});

	it('group conditions by twenty, and by fewer where names are long', () => {
		const values = Array.from({ length: 45 }, () => guid(ID));
		const sizes = (field: string): number[] => groupsFor(values, (group) => anyOf(field, group), address('Catalog_X')).map((group) => group.length);
		expect(Math.max(...sizes('K'))).toBe(20);
		const long = groupsFor(values, (group) => anyOf('НоменклатураПоставщика_Key', group), address('Catalog_X'));
		expect(long.flat()).toHaveLength(45);
		for (const group of long) expect(address('Catalog_X', { filter: anyOf('НоменклатураПоставщика_Key', group) }).length).toBeLessThan(1900);
	});

	it.each([
		['https://1c.example.com/base', 'https://1c.example.com/base/odata/standard.odata'],
		['https://1c.example.com/base/', 'https://1c.example.com/base/odata/standard.odata'],
		['https://1c.example.com/a/ea/7/odata/standard.odata/?$format=json', 'https://1c.example.com/a/ea/7/odata/standard.odata'],
		['https://1c.example.com/база', 'https://1c.example.com/%D0%B1%D0%B0%D0%B7%D0%B0/odata/standard.odata'],
		['https://1c.example.com/base/odata/standard.odata/Catalog_X', 'https://1c.example.com/base/odata/standard.odata'],
	])('find the interface of %s', (given, expected) => expect(interfaceUrl(given)).toBe(expected));

	it('refuse what is no address, and a password in it', () => {
		for (const bad of ['1c.example.com/base', 'ftp://1c/base', '', 'https://bot:secret@1c.example.com/base']) expect(() => interfaceUrl(bad)).toThrow(TypeError);
		expect(() => interfaceUrl('https://bot:secret@1c.example.com/base')).not.toThrow(/secret/);
		expect([isPlainHttp('http://1c/base'), isPlainHttp('https://1c/base'), isPlainHttp('x')]).toEqual([true, false, false]);
	});
});
