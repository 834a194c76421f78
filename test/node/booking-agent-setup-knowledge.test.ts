import { closeNodes, failure, output } from './support/harness';
import { attempt, chosen, manage, MANAGE, type ManagedItem } from './support/manager';
import { crc32, deflateRawSync } from 'node:zlib';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

afterAll(closeNodes);

let salons = 0;

/** A salon of its own for a test. */
function salon() {
	const salonId = `knows-${++salons}`;
	const on = (operation: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'knowledge', operation, salonId, ...more });
	return {
		on,
		learn: (text: string, sourceName: string, more: INodeParameters = {}) => manage(on('import', { text, sourceName, ...more })),
		fromFile: (item: ManagedItem, more: INodeParameters = {}) => attempt(on('import', { importFrom: 'file', ...more }), [item]),
		ask: (question: string) => manage(on('search', { question })),
		entries: () => manage(on('getAll', { returnAll: true })),
	};
}

const file = (bytes: Buffer, fileName: string): ManagedItem => ({ binary: { data: { data: bytes.toString('base64'), mimeType: 'application/octet-stream', fileName } } });

/** An archive with one packed file, as Word makes it. */
function zip(path: string, content: string): Buffer {
	const bytes = Buffer.from(content);
	const packed = deflateRawSync(bytes);
	const sizes = Buffer.alloc(12);
	sizes.writeUInt32LE(crc32(bytes), 0);
	sizes.writeUInt32LE(packed.length, 4);
	sizes.writeUInt32LE(bytes.length, 8);
	const numbers = (...values: readonly number[]): Buffer => {
		const out = Buffer.alloc(values.length * 2);
		values.forEach((value, index) => out.writeUInt16LE(value, index * 2));
		return out;
	};
	const name = Buffer.from(path);
	const local = Buffer.concat([Buffer.from('PK\x03\x04'), numbers(20, 0, 8, 0, 0), sizes, numbers(name.length, 0), name, packed]);
	const entry = Buffer.concat([Buffer.from('PK\x01\x02'), numbers(20, 20, 0, 8, 0, 0), sizes, numbers(name.length, 0, 0, 0, 0, 0, 0, 0, 0), name]);
	const end = Buffer.concat([Buffer.from('PK\x05\x06'), numbers(0, 0, 1, 1), numbers(entry.length, 0, local.length, 0), numbers(0)]);
	return Buffer.concat([local, entry, end]);
}

const document = (body: string): Buffer => zip('word/document.xml', `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`);
const paragraph = (text: string, style = ''): string => `<w:p><w:pPr>${style === '' ? '' : `<w:pStyle w:val="${style}"/>`}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

const FAQ = '## Есть ли у вас парковка?\nДа, бесплатная, за домом.\n\n## Можно прийти с собакой?\nДа, с небольшой и на поводке.\n';

describe('Knowledge', () => {
	it('learns a text, answers from it, and forgets what a later version of the source leaves out', async () => {
		const { learn, ask } = salon();
		expect(await learn(FAQ, 'faq.md')).toMatchObject([{ source: 'faq.md', format: 'markdown', entries: 2, added: 2, removed: 0, kept: 0 }]);
		expect(await ask('где припарковаться?')).toMatchObject([{ source: 'faq.md', text: 'Да, бесплатная, за домом.', said: true }]);
		expect(await learn(FAQ.slice(FAQ.indexOf('## Можно')), 'faq.md')).toMatchObject([{ entries: 1, added: 0, removed: 1, kept: 1 }]);
		expect(await ask('где припарковаться?')).toEqual([]);
		expect(await ask('можно с собакой?')).toHaveLength(1);
	});

	it('gives scores, best first, and says which entry a client would hear', async () => {
		const { learn, ask, on } = salon();
		await learn('## Парковка есть?\nВы записаны на стоянку за домом.\n\n## Парковка?\nВо дворе.\n\n## Про парковку\nСо двора.\n', 'a.md');
		const found = await ask('парковка?');
		const scores = found.map(({ score }) => Number(score));
		expect(scores).toEqual([...scores].sort((a, b) => b - a));
		expect(found).toHaveLength(3);
		expect(found[0]).toMatchObject({ text: 'Вы записаны на стоянку за домом.', said: false });
		const [first] = found.filter(({ text }) => text !== 'Вы записаны на стоянку за домом.');
		expect(found.filter(({ said }) => said === true)).toEqual([first]);
		expect(await manage(on('search', { question: 'парковка?', mostResults: 1 }))).toEqual(found.slice(0, 1));
	});

	it('shows a salon only what it knows itself', async () => {
		const [one, other] = [salon(), salon()];
		await one.learn(FAQ, 'faq.md');
		expect(await other.entries()).toEqual([]);
		expect(await other.ask('есть парковка?')).toEqual([]);
	});

	it.each([
		['faq.csv', 'csv', 'question;answer\nЕсть парковка?;Да'],
		['notes', 'text', 'В: Есть парковка?\nО: Да'],
		['pasted notes', 'markdown', '## Есть парковка?\nДа'],
		['https://example.com/about', 'web', 'Меню\nЕсть парковка?\nДа, во дворе'],
		['list.txt', 'text', '# 1 не заголовок\nдва'],
	])('reads %s as %s', async (name, format, text) => {
		const { learn } = salon();
		expect(await learn(text, name)).toMatchObject([{ format }]);
		expect(await learn(text, name, { format: 'text' })).toMatchObject([{ format: 'text' }]);
	});

	it('reads a file under its own name, a table in the Windows encoding too', async () => {
		const { fromFile, ask } = salon();
		const windows = Buffer.from([...'вопрос;ответ\nЕсть парковка?;Да'].map((letter) => (letter >= 'А' && letter <= 'я' ? letter.charCodeAt(0) - 0x350 : letter.charCodeAt(0))));
		expect(output(await fromFile(file(windows, 'вопросы.csv')), MANAGE)).toMatchObject([{ json: { source: 'вопросы.csv', format: 'csv', entries: 1 } }]);
		expect(await ask('парковка есть?')).toMatchObject([{ title: 'Есть парковка?', text: 'Да' }]);
	});

	it('reads a Word document: headings, lists, tables and marks', async () => {
		const { fromFile, entries } = salon();
		const item = (text: string): string => `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
		const cell = (text: string): string => `<w:tc><w:tcPr/>${paragraph(text)}</w:tc>`;
		const body = [
			paragraph('Есть ли парковка?', 'Heading1'),
			paragraph('Да, у &#171;Лаванды&#187; &amp; рядом.'),
			paragraph('Что взять с собой?', '2'),
			item('паспорт'),
			item('воду'),
			`<w:tbl><w:tr>${cell('Утром')}${cell('тихо')}</w:tr></w:tbl>`,
			'<w:p><w:del><w:r><w:delText>secret</w:delText></w:r></w:del></w:p>',
		].join('');
		expect(output(await fromFile(file(document(body), 'правила.docx')), MANAGE)).toMatchObject([{ json: { format: 'markdown', entries: 2 } }]);
		expect(await entries()).toMatchObject([
			{ title: 'Есть ли парковка?', text: 'Да, у «Лаванды» & рядом.' },
			{ title: 'Что взять с собой?', text: '- паспорт\n- воду\nУтром — тихо' },
		]);
	});

	it.each([
		['a PDF', Buffer.from('%PDF-1.7 …'), 'a.pdf', /Extract From PDF/],
		['an old Word file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'a.doc', /DOCX/],
		['another archive', zip('xl/workbook.xml', '<x/>'), 'a.xlsx', /CSV/],
		['a damaged archive', document(paragraph('x')).subarray(0, 60), 'a.docx', /DOCX/],
		['an archive whose content is cut', Buffer.from(document(paragraph('text'.repeat(300))).map((byte, at) => (at > 50 && at < 60 ? 0xff : byte))), 'a.docx', /DOCX/],
		['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]), 'a.txt', /text/],
		['a page', Buffer.from('<!DOCTYPE html><html><body>Hi</body></html>'), 'a.html', /HTML node/],
		['an empty file', Buffer.alloc(0), 'a.txt', /kept/],
	])('refuses %s and says what to do', async (_what, bytes, name, todo) => {
		const { fromFile, entries } = salon();
		const error = failure(await fromFile(file(bytes, name)));
		expect(error.description).toMatch(todo);
		expect(error.description).not.toMatch(/defect/);
		expect(await entries()).toEqual([]);
	});

	it('names the field that holds no file', async () => {
		expect(failure(await salon().fromFile({}, { binaryPropertyName: 'attachment' })).message).toContain('"attachment"');
	});

	it.each([
		['', /kept/],
		['question,answer\n"open', /quote/],
		['question,price\nA,1', /answer/],
	])('keeps what a source held when its new version does not read: %j', async (text, todo) => {
		const { learn, on, entries } = salon();
		await learn('question,answer\nParking?,Yes', 'faq.csv');
		expect(failure(await attempt(on('import', { text, sourceName: 'faq.csv' }))).description).toMatch(todo);
		expect(await entries()).toMatchObject([{ title: 'Parking?' }]);
	});

	it('does not let one item erase what another has just brought', async () => {
		const { on, entries } = salon();
		const items: ManagedItem[] = ['Parking?\nYes.', 'Dogs?\nYes.', 'Children?\nYes.'].map((text, n) => ({ json: { text, name: n < 2 ? 'same' : 'own' } }));
		const result = await attempt(on('import', { sourceName: '={{ $json.name }}' }), items, 'continueRegularOutput');
		expect(output(result, MANAGE)).toMatchObject([
			{ json: { source: 'same' }, pairedItem: { item: 0 } },
			{ json: { error: 'Two items have the same source name' }, pairedItem: { item: 1 } },
			{ json: { source: 'own' }, pairedItem: { item: 2 } },
		]);
		expect((await entries()).map(({ title }) => title)).toEqual(['Children?', 'Parking?']);
	});

	it('adds single entries, keeps an equal one once, and lets no import erase them', async () => {
		const { on, ask, entries } = salon();
		const entry = on('addEntry', { title: 'Is there parking?', answer: 'Yes, behind the house.', aliases: 'where to leave a car, garage' });
		expect(await manage(entry)).toMatchObject([{ added: 1, kept: 0 }]);
		expect(await manage(entry)).toMatchObject([{ added: 0, kept: 1 }]);
		expect(await ask('do you have a garage?')).toMatchObject([{ text: 'Yes, behind the house.' }]);
		const [{ source } = { source: '' }] = await entries();
		expect(failure(await attempt(on('import', { text: 'Dogs?\nYes.', sourceName: String(source) }))).message).toContain('taken');
		expect(failure(await attempt(on('addEntry', { title: 'Dogs?', answer: '={{ " " }}' }))).description).toContain('Answer');
		expect(await entries()).toHaveLength(1);
	});

	it('lists the entries of one source, and forgets one source only', async () => {
		const { on, learn, entries } = salon();
		await learn(FAQ, 'a.md');
		await learn('Children?\nYes.', 'b.txt');
		const titles = (items: readonly IDataObject[]): unknown[] => items.map(({ title }) => title);
		expect(titles(await manage(on('getAll', { returnAll: true, filters: { source: 'b.txt' } })))).toEqual(['Children?']);
		expect(titles(await manage(on('getAll', { limit: 1 })))).toEqual(['Есть ли у вас парковка?']);
		expect(await manage(on('deleteSource', { source: chosen('a.md') }))).toMatchObject([{ source: 'a.md', deleted: true, entries: 2 }]);
		expect(titles(await entries())).toEqual(['Children?']);
		expect(failure(await attempt(on('deleteSource', { source: chosen('a.md') }))).message).toBe('The record was not found');
	});
});
