import { closeNodes, failure, output, run } from './support/harness';
import { NodeConnectionTypes, type IBinaryData, type IDataObject, type INodeExecutionData, type INodeParameters, type INodeType, type IRun } from 'n8n-workflow';
import { opusFile } from '../unit/voice-file/ogg-pages';

/** A node that gives these items with their files, as a download would. */
function download(items: INodeExecutionData[]): INodeType {
	const description: INodeType['description'] = {
		displayName: 'Download',
		name: 'download',
		group: ['input'],
		version: 1,
		description: 'Gives items with files',
		defaults: { name: 'Download' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};
	return { description, execute: () => Promise.resolve([items]) };
}

const telegramVoice = (bytes: Buffer, more: Partial<IBinaryData> = {}): IBinaryData => ({ data: bytes.toString('base64'), mimeType: 'application/octet-stream', fileName: 'file_7.oga', fileExtension: 'oga', ...more });

function prepare(files: readonly { readonly json: IDataObject; readonly file?: IBinaryData; readonly other?: IBinaryData }[], parameters: INodeParameters = {}, onError?: 'continueRegularOutput'): Promise<IRun> {
	const items = files.map(({ json, file, other }): INodeExecutionData => ({ json, binary: { ...(file === undefined ? {} : { data: file }), ...(other === undefined ? {} : { other }) } }));
	return run({
		nodes: [
			{ name: 'Download', type: 'test.download' },
			{ name: 'Voice', type: 'conversation', parameters: { operation: 'prepareVoice', ...parameters }, ...(onError === undefined ? {} : { onError }) },
		],
		connections: { Download: { main: [[{ node: 'Voice', type: 'main', index: 0 }]] } },
		types: { 'test.download': download(items) },
	});
}

afterAll(closeNodes);

describe('Prepare Voice File', () => {
	it('gives the same bytes a name and a type that services take, and keeps the item', async () => {
		const bytes = opusFile(4);
		const other = telegramVoice(Buffer.from('x'), { fileName: 'other.txt' });
		const result = await prepare([{ json: { message: { message_id: 7 } }, file: telegramVoice(bytes), other }]);
		const [item] = output(result, 'Voice');
		expect(item?.json).toEqual({ message: { message_id: 7 } });
		expect(item?.binary?.['data']).toMatchObject({ fileName: 'voice.ogg', fileExtension: 'ogg', mimeType: 'audio/ogg' });
		expect(Buffer.from(item?.binary?.['data']?.data ?? '', 'base64').equals(bytes)).toBe(true);
		expect(item?.binary?.['other']).toEqual(other);
		expect(item?.pairedItem).toEqual({ item: 0 });
	});

	it('gives every item its own file, also beside one that is refused', async () => {
		const items = [{ json: { n: 1 }, file: telegramVoice(opusFile(1)) }, { json: { n: 2 }, file: telegramVoice(opusFile(61)) }, { json: { n: 3 }, file: telegramVoice(Buffer.from('fLaC and more')) }];
		const found = output(await prepare(items, {}, 'continueRegularOutput'), 'Voice');
		expect(found.map(({ binary }) => binary?.['data']?.fileName)).toEqual(['voice.ogg', undefined, 'voice.flac']);
		expect(found[1]?.json['error']).toMatch(/too long/);
	});

	it.each([
		['too_long', telegramVoice(opusFile(3)), { maxSeconds: 2 }],
		['unknown_format', telegramVoice(Buffer.from('<html>')), {}],
		['empty', telegramVoice(Buffer.alloc(0)), {}],
		['too_large', telegramVoice(opusFile(1), { bytes: 21 * 1024 * 1024 }), {}],
	])('says why a file is refused: %s', async (reason, file, parameters) => {
		expect(failure(await prepare([{ json: {}, file }], parameters)).message).toContain(reason);
	});

	it('names the field that holds no file', async () => {
		expect(failure(await prepare([{ json: {} }], { binaryPropertyName: 'voice' })).message).toContain('"voice"');
	});

	it('opens no store and asks for no salon', async () => {
		expect(output(await prepare([{ json: {}, file: telegramVoice(opusFile(1)) }], { salonId: 'not a salon!' }), 'Voice')).toHaveLength(1);
	});
});
