import { EMPTY_GUID } from '../../../core/crm/onec/odata';
import type { OpenRow } from '../../contract/simulators/onec/rows';
import { reasonOf, valueOf } from '../../contract/support/bench';
import { type Base, type BaseOptions, openBase } from '../../contract/support/onec-base';
import { NEW_PHONE, PHONE, VENDOR_SALON } from '../../contract/support/vendor-bench';

const SET = 'Catalog_Контрагенты';
const CONTACTS = 'КонтактнаяИнформация';

let base: Base;
afterEach(() => base.close());
const open = async (options: BaseOptions = {}): Promise<void> => {
	base = await openBase(VENDOR_SALON, options);
};
const line = (values: object): object => ({ Тип: 'Телефон', Вид_Key: base.furnished.phoneKind.Ref_Key, ...values });
const add = (name: string, ...lines: readonly object[]): string => String(base.sim.state.add(SET, { Description: name, НаименованиеПолное: name, [CONTACTS]: lines.map(line) }).Ref_Key);
const card = (id: string): OpenRow => base.sim.state.rowsOf(SET).get(id) ?? {};
const cards = (): readonly OpenRow[] => [...base.sim.state.rowsOf(SET).values()];
const found = async (phone: string): Promise<readonly string[]> => valueOf(await base.crm.findClient(phone)).map(({ id }) => id);

describe('clients of 1C', () => {
	it.each<[string, BaseOptions['switches']]>([
		['the set of the section', {}],
		['a lambda, where the set refuses', { sectionFilter: 'refused' }],
		['all cards, where both are refused', { sectionFilter: 'refused', lambda: 'refused' }],
	])('are found by %s, whatever way a phone was typed', async (_way, switches) => {
		await open({ switches });
		const typed = ['+7 (916) 123-45-01', '8 916 1234501', '8(916)123 45 01'].map((text) => add('Вера', { Представление: text, НомерТелефона: '' }));
		const imported = add('Вера', { Представление: '', НомерТелефона: '79161234501' });
		const second = add('Вера', { Представление: '+7 495 123-45-67', НомерТелефона: '74951234567' }, { Представление: PHONE, НомерТелефона: PHONE.slice(1) });
		add('Чужая', { Представление: '+7 (916) 555-45-01', НомерТелефона: '' });
		add('Чужой', { Представление: `${PHONE}9`, НомерТелефона: `${PHONE.slice(1)}9` });
		add('Почта', { Тип: 'АдресЭлектроннойПочты', Представление: PHONE });
		expect(new Set(await found(PHONE))).toEqual(new Set([...typed, imported, second]));
		expect(valueOf(await base.crm.findClient(PHONE)).map(({ phone }) => phone)).toEqual([PHONE, PHONE, PHONE, PHONE, PHONE]);
		expect(await found('+79999999999')).toEqual([]);
	});

	it('are not asked for again in a way the base refused', async () => {
		await open({ switches: { sectionFilter: 'refused' } });
		await found(PHONE);
		base.sim.requests.clear();
		await found(PHONE);
		expect(base.sim.requests.find('GET', /_КонтактнаяИнформация/)).toEqual([]);
	});

	it('are found by a plain field where the mapping names one', async () => {
		await open({ configuration: 'clinic', mapping: { client: { contactInfo: null, phone: 'Телефон' } } });
		const id = String(base.sim.state.add('Catalog_Клиенты', { Description: 'Вера', Телефон: '8 (916) 123-45-01' }).Ref_Key);
		base.sim.state.add('Catalog_Клиенты', { Description: 'Чужая', Телефон: '8 (916) 555-45-01' });
		expect(await found(PHONE)).toEqual([id]);
		expect(valueOf(await base.crm.createClient({ name: 'Мария', phone: NEW_PHONE }))).toMatchObject({ name: 'Мария', phone: NEW_PHONE });
		expect(await found(NEW_PHONE)).toHaveLength(1);
	});

	it('do not include marked cards and groups', async () => {
		await open();
		const id = add('Вера', { НомерТелефона: PHONE.slice(1) });
		base.sim.state.change(SET, id, { DeletionMark: true });
		base.sim.state.add(SET, { Description: 'Группа', IsFolder: true, [CONTACTS]: [line({ НомерТелефона: PHONE.slice(1) })] });
		expect(await found(PHONE)).toEqual([]);
		expect(reasonOf(await base.crm.updateClient(id, { name: 'Вероника' }))).toBe('not_found');
	});

	it('keep quotes, and every other contact of a card that is changed', async () => {
		await open();
		const id = add('Вера', { Представление: '+7 495 123-45-67', НомерТелефона: '74951234567', Значение: '{"value":"+7 495 123-45-67"}' }, { Тип: 'Адрес', Представление: 'Тверь', Страна: 'Россия' });
		expect(valueOf(await base.crm.updateClient(id, { name: "Жанна д'Арк' or true", phone: NEW_PHONE }))).toMatchObject({ name: "Жанна д'Арк' or true", phone: NEW_PHONE });
		expect(card(id)).toMatchObject({
			Description: "Жанна д'Арк' or true", НаименованиеПолное: "Жанна д'Арк' or true",
			[CONTACTS]: [{ LineNumber: '1', НомерТелефона: NEW_PHONE.slice(1), Значение: '', Вид_Key: base.furnished.phoneKind.Ref_Key }, { LineNumber: '2', Тип: 'Адрес', Представление: 'Тверь', Страна: 'Россия' }],
		});
		expect(await found(NEW_PHONE)).toEqual([id]);
	});

	it('keep a full name that people wrote apart', async () => {
		await open();
		const id = add('Вера', { НомерТелефона: PHONE.slice(1) });
		base.sim.state.change(SET, id, { НаименованиеПолное: 'Иванова Вера Петровна' });
		valueOf(await base.crm.updateClient(id, { name: 'Вероника' }));
		expect(card(id)).toMatchObject({ Description: 'Вероника', НаименованиеПолное: 'Иванова Вера Петровна' });
	});

	it('are opened with the kind of phone that a card shows, once for all who ask together', async () => {
		await open();
		const made = await Promise.all(Array.from({ length: 8 }, () => base.crm.createClient({ name: 'Мария', phone: NEW_PHONE })));
		expect(new Set(made.map((outcome) => valueOf(outcome).id)).size).toBe(1);
		expect(cards()).toMatchObject([{ Description: 'Мария', [CONTACTS]: [{ Вид_Key: base.furnished.phoneKind.Ref_Key, Представление: NEW_PHONE, НомерТелефона: NEW_PHONE.slice(1) }] }]);
	});

	it('carry the fields a configuration demands; one it demands in vain is named', async () => {
		await open({ configuration: 'unf', mapping: { client: { createDefaults: { ВидКонтрагента: 'ФизическоеЛицо' } } } });
		valueOf(await base.crm.createClient({ name: 'Мария', phone: NEW_PHONE }));
		expect(cards()).toMatchObject([{ ВидКонтрагента: 'ФизическоеЛицо' }]);
		base.sim.state.conditions.beforeWrite = () => 'Поле "Ответственный" не заполнено';
		expect(await base.crm.createClient({ name: 'Вера', phone: PHONE })).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('createDefaults') as string });
	});

	it('are marked again when the base loses a part of them in silence', async () => {
		await open({ mapping: { client: { name: 'ИНН', fullName: null } } });
		expect(await base.crm.createClient({ name: 'Мария Ивановна Петрова', phone: NEW_PHONE })).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('"client"') as string });
		expect(cards()).toMatchObject([{ DeletionMark: true }]);
	});

	it('are not made where the field of their phone is not in the base', async () => {
		await open({ mapping: { client: { contactInfo: null, phone: 'Телефон' } } });
		expect((await base.crm.createClient({ name: 'Мария', phone: NEW_PHONE })).kind).toBe('refused');
		expect(cards()).toEqual([]);
	});

	it('are no answer when the list moved while it was read', async () => {
		await open({ mapping: { client: { phoneSearch: 'scan' } } });
		for (let index = 0; index < 320; index += 1) add(`Клиент ${index}`);
		base.sim.faults.add({ name: 'a new card', apply: async (call) => {
			base.sim.state.add(SET, { Ref_Key: '00000000-0000-0000-0000-000000000001', Description: 'Новая' });
			return call.work();
		} }, { path: /Контрагенты$/, skip: 1 });
		expect((await base.crm.findClient(PHONE)).kind).toBe('unavailable');
		expect(await found(PHONE)).toEqual([]);
	});

	it('say that rights hide a part of them, unless that is wished', async () => {
		await open({ switches: { rowSecurity: 'on' } });
		const id = add('Вера', { НомерТелефона: PHONE.slice(1) });
		const hidden = add('Чужая', { НомерТелефона: NEW_PHONE.slice(1) });
		base.sim.state.conditions.hidden.add(hidden);
		expect(await base.crm.findClient(PHONE)).toMatchObject({ kind: 'refused', reason: 'not_allowed', message: expect.stringContaining('allowedOnly') as string });
		const wishing = base.adapter({ mapping: { ...base.mapping, allowedOnly: true } });
		expect(valueOf(await wishing.findClient(PHONE)).map((one) => one.id)).toEqual([id]);
	});

	it('are asked for by no id that cannot be one', async () => {
		await open();
		base.sim.requests.clear();
		for (const id of ['no-such-client', '../../x', EMPTY_GUID, "8f2c0a52-0b1d-11ee-9c5a-0050568b1234')/x", '1']) expect(reasonOf(await base.crm.updateClient(id, { name: 'Вера' }))).toBe('not_found');
		expect(base.sim.requests.all).toEqual([]);
	});
});
