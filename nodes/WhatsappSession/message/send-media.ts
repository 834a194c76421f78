import type { INodeProperties } from 'n8n-workflow';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { SessionContext } from '../context';
import { binaryField, sendOptions, toField } from './fields';
import { send } from './send';

const captionField: INodeProperties = { displayName: 'Caption', name: 'caption', type: 'string', default: '', description: 'Text under the file; audio has none' };
const asField: INodeProperties = {
	displayName: 'Send As',
	name: 'sendAs',
	type: 'options',
	options: [
		{ name: 'By Its Type', value: 'auto', description: 'Pictures, videos and audio as such, everything else as a document' },
		{ name: 'Document', value: 'document', description: 'The file as it is, with its name' },
	],
	default: 'auto',
	description: 'How the file appears in the chat',
};

const KINDS = ['image', 'video', 'audio'] as const;

export const sendMedia = defineOperation<SessionContext>({
	value: 'sendMedia',
	name: 'Send Media',
	action: 'Send media message',
	description: 'Send a picture, video, audio or document of the item',
	fields: [toField, binaryField, asField, captionField, sendOptions],
	async run(context, i) {
		const { functions } = context;
		const { bytes, mimeType, fileName } = await fileOf(context, i);
		const caption = textOf(functions.getNodeParameter('caption', i, ''));
		const kind = functions.getNodeParameter('sendAs', i, 'auto') === 'document' ? undefined : KINDS.find((one) => mimeType.startsWith(`${one}/`));
		const media = { media: bytes, mimetype: mimeType, ...(caption === '' || kind === 'audio' ? {} : { caption }) };
		return send(context, i, { content: kind === undefined ? { kind: 'document', ...media, fileName: fileName ?? 'file' } : { kind, ...media } });
	},
});

export const sendVoice = defineOperation<SessionContext>({
	value: 'sendVoice',
	name: 'Send Voice Message',
	action: 'Send voice message',
	description: 'Send a recording as a voice message; it must be Opus in an Ogg file',
	fields: [toField, binaryField, sendOptions],
	run: async (context, i) => send(context, i, { content: { kind: 'voice', media: (await fileOf(context, i)).bytes } }),
});

interface File {
	readonly bytes: Buffer;
	readonly mimeType: string;
	readonly fileName: string | undefined;
}

async function fileOf({ functions }: SessionContext, i: number): Promise<File> {
	const name = textOf(functions.getNodeParameter('binaryPropertyName', i, 'data'));
	const file = functions.getInputData()[i]?.binary?.[name];
	if (file === undefined) throw new ParameterError(`There is no file in "${name}"`, 'Put this node after the one that makes the file and name the field it fills.');
	return { bytes: await functions.helpers.getBinaryDataBuffer(i, name), mimeType: file.mimeType, fileName: file.fileName };
}
