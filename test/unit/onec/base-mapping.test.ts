import { parseMapping, PRESET_NAMES, PRESETS } from '../../../core/crm/onec';

describe('a mapping of 1C', () => {
	it.each(PRESET_NAMES)('is read from the preset %s, and from its JSON', (preset) => {
		expect(parseMapping({ preset })).toEqual(parseMapping(JSON.stringify({ preset })));
		expect(parseMapping({ preset }).service.entity).toBe(PRESETS[preset].service.entity);
	});

	it('is a preset changed field by field; null takes a part away', () => {
		const mapping = parseMapping({ preset: 'salon', visit: { marker: 'Маркер', post: true }, service: { price: null } });
		expect(mapping.visit).toMatchObject({ entity: 'Document_Событие', marker: 'Маркер', post: true, lines: { section: 'Услуги' } });
		expect(mapping.service).toMatchObject({ entity: 'Catalog_Номенклатура', price: null });
		expect(parseMapping({ preset: 'clinic', schedule: null }).schedule).toBeNull();
	});

	it.each<[string, unknown, RegExp]>([
		['no JSON', '{"preset":', /not JSON/],
		['no object', [], /not a JSON object/],
		['an unknown preset', { preset: 'beauty' }, /salon, unf, clinic, vet, trade/],
		['a missing part', { service: { entity: 'Catalog_X' } }, /"staff"/],
		['an unknown key', { preset: 'salon', visits: {} }, /"visits".*not a key/],
		['an unknown key within', { preset: 'salon', visit: { finish: 'X' } }, /"visit\.finish".*not a key/],
		['a set that is none', { preset: 'salon', staff: { entity: 'Сотрудники' } }, /"staff\.entity".*Catalog_/],
		['a path in a name', { preset: 'salon', visit: { start: '../Date' } }, /"visit\.start".*name of a field/],
		['a quote in a name', { preset: 'salon', client: { phone: "x' or '" } }, /"client\.phone"/],
		['a filter that swallows what follows', { preset: 'salon', staff: { filter: "A eq 'x" } }, /"staff\.filter".*not closed/],
		['a bracket that closes too early', { preset: 'salon', staff: { filter: 'A eq 1) or (B eq 2' } }, /"staff\.filter".*not closed/],
		['cancelling by a status that is not named', { preset: 'salon', visit: { cancelBy: 'status' } }, /statusCancelled/],
		['a task that is posted', { preset: 'vet', visit: { post: true } }, /only documents/],
		['an empty reference', { preset: 'salon', client: { phoneKind: '00000000-0000-0000-0000-000000000000' } }, /"client\.phoneKind".*guid/],
		['no way to a phone', { preset: 'salon', client: { contactInfo: null } }, /"client".*contactInfo/],
		['half a shift', { preset: 'vet', schedule: { shiftEntity: null } }, /go together/],
	])('is refused for %s, with the field and what to write', (_what, input, expected) => {
		expect(() => parseMapping(input)).toThrow(TypeError);
		expect(() => parseMapping(input)).toThrow(expected);
	});

	it('never repeats a value', () => {
		for (const input of [{ preset: 'secret-value' }, { preset: 'salon', staff: { entity: 'secret-value' } }, { preset: 'salon', visit: { post: 'secret-value' } }]) {
			expect(() => parseMapping(input)).toThrow(TypeError);
			expect(() => parseMapping(input)).not.toThrow(/secret-value/);
		}
	});
});
