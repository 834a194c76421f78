import type { IBinaryData, IBinaryKeyData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readVoiceFile, VOICE_LIMITS, type VoiceRefusal } from '../../core/conversation/voice-file';
import { ParameterError } from '../shared/errors';
import { textOf, wholeNumberOf } from '../shared/fields';
import { withFile } from '../shared/item-files';
import { defineOperation, type OperationContext } from '../shared/operation';
import { routeOperations } from '../shared/router';

const HOUR_SECONDS = 3_600;

/** What the operation works with. The router carries JSON only, so the files of its items are kept here by index. */
export interface VoiceContext extends OperationContext {
	readonly functions: IExecuteFunctions;
	readonly files: Map<number, IBinaryKeyData>;
}

const REFUSED: Readonly<Record<VoiceRefusal, { readonly message: string; readonly todo: string }>> = {
	empty: { message: 'The voice message is empty', todo: 'The channel delivered no bytes; ask the client to send it again.' },
	too_large: { message: 'The voice message is too large', todo: 'Transcription services take at most 20 MB; ask the client to write instead.' },
	too_long: { message: 'The voice message is too long', todo: 'Raise Longest Message (Seconds) or ask the client to write instead.' },
	unknown_format: { message: 'The file is not a voice message', todo: 'Known are Ogg, MP3, M4A, MP4, WAV, WebM, AMR and FLAC, told by their bytes.' },
};

export const prepareVoice = defineOperation<VoiceContext>({
	value: 'prepareVoice',
	name: 'Prepare Voice File',
	action: 'Prepare voice file',
	description: 'Name a voice message by its bytes, so that transcription services take it; the bytes stay as they are',
	fields: [
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the input field containing the binary file data',
			description: 'Put it before a transcription node: Telegram and WhatsApp deliver names (.oga, .opus) that services refuse',
		},
		{
			displayName: 'Longest Message (Seconds)',
			name: 'maxSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: VOICE_LIMITS.maxSeconds,
			description: 'A longer message is refused; only Ogg tells its length',
		},
	],
	async run({ functions, files }, i) {
		const name = textOf(functions.getNodeParameter('binaryPropertyName', i, 'data'));
		const maxSeconds = wholeNumberOf(functions.getNodeParameter('maxSeconds', i, VOICE_LIMITS.maxSeconds), 'Longest Message (Seconds)', { min: 1, max: HOUR_SECONDS });
		const item = functions.getInputData()[i];
		const file = item?.binary?.[name];
		if (file === undefined) throw new ParameterError(`There is no file in "${name}"`, 'Put this node after the one that downloads the voice message and name the field it fills.');
		files.set(i, { ...item?.binary, [name]: await renamed(functions, i, name, file, maxSeconds) });
		return item?.json ?? {};
	},
});

async function renamed(functions: IExecuteFunctions, i: number, name: string, file: IBinaryData, maxSeconds: number): Promise<IBinaryData> {
	// Known too large: not even read.
	if ((file.bytes ?? 0) > VOICE_LIMITS.maxBytes) throw refusal('too_large');
	const found = readVoiceFile(await functions.helpers.getBinaryDataBuffer(i, name), { ...VOICE_LIMITS, maxSeconds });
	if (found.kind === 'refused') throw refusal(found.reason);
	return { ...file, fileName: found.fileName, mimeType: found.mimeType, fileExtension: found.container, fileType: 'audio' };
}

function refusal(reason: VoiceRefusal): ParameterError {
	const { message, todo } = REFUSED[reason];
	return new ParameterError(`${message} [${reason}]`, todo);
}

/** Runs the operation for every item; JSON and other files of an item pass through. */
export async function prepareVoiceFiles(functions: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const files = new Map<number, IBinaryKeyData>();
	const [items = []] = await routeOperations(functions, [prepareVoice], () => Promise.resolve({ parameters: functions, functions, files }));
	return [items.map((item) => withFile(item, files))];
}
