import type { INodeProperties } from 'n8n-workflow';
import type { Outcome } from '../../../core/booking';
import { type Column, FILE_ENCODINGS, type FileEncoding, type Imported, type ImportOptions } from '../../../core/crm/dikidi';
import { collectionOf, rowsOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import type { OperationOutput } from '../../shared/operation';
import type { DikidiContext } from '../context';

const ENCODING_NAMES: Readonly<Record<FileEncoding, string>> = { auto: 'Detect', 'utf-16le': 'UTF-16', 'utf-8': 'UTF-8', 'windows-1251': 'Windows-1251' };

/** The form of an import of these columns. */
export function importFields(columns: readonly Column[]): readonly INodeProperties[] {
	return [
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the input field containing the binary file data',
		},
		{ displayName: 'Text', name: 'text', type: 'string', typeOptions: { rows: 4 }, default: '', description: 'The text of a CSV file, headings first; read instead of a file' },
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Records', value: 'records', description: 'One item a record' },
				{ name: 'Summary', value: 'summary', description: 'One item that counts what stands in the file' },
			],
			default: 'records',
			description: 'What becomes items. A file that is wrong anywhere gives none of it.',
		},
		{
			displayName: 'Import Options',
			name: 'importOptions',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Columns',
					name: 'columns',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Column',
					default: {},
					description: 'Headings of the file, where they are not the usual ones',
					options: [
						{
							displayName: 'Column',
							name: 'column',
							values: [
								{ displayName: 'Field', name: 'field', type: 'options', options: columns.map(({ field }) => ({ name: titled(field), value: field })).sort((a, b) => a.name.localeCompare(b.name, 'en')), default: '' },
								{ displayName: 'Heading', name: 'heading', type: 'string', default: '', placeholder: 'e.g. Моб. телефон' },
							],
						},
					],
				},
				{
					displayName: 'Encoding',
					name: 'encoding',
					type: 'options',
					options: [...FILE_ENCODINGS].map((value) => ({ name: ENCODING_NAMES[value], value })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
					default: 'auto',
					description: 'Detect takes the mark of the file, else UTF-8, else Windows-1251',
				},
			],
		},
	];
}

function titled(field: string): string {
	return field === 'id' ? 'ID' : `${field.slice(0, 1).toUpperCase()}${field.slice(1)}`;
}

/** Reads the file of an item: records, or what they come to. */
export async function imported<T extends object>(context: DikidiContext, i: number, read: (file: Uint8Array, options: ImportOptions) => Outcome<Imported<T>>): Promise<OperationOutput> {
	const { parameters, account } = context;
	const fields = collectionOf(parameters, 'importOptions', i);
	const unknownValues: string[] = [];
	const options: ImportOptions = {
		zone: account.settings.zone,
		currency: account.settings.currency,
		country: account.settings.country ?? 'RU',
		encoding: FILE_ENCODINGS.find((one) => one === fields.encoding) ?? 'auto',
		columns: Object.fromEntries(rowsOf(fields.columns, 'column').map((row) => [textOf(row.field), textOf(row.heading)])),
		onUnknownValue: (field) => unknownValues.push(field),
	};
	const { records, ...counts } = valueOf(read(await bytesOf(context, i), options));
	if (parameters.getNodeParameter('output', i, 'records') === 'summary') return { ...counts, records: records.length, unknownValues: unknownValues.length };
	return records.map((record) => ({ ...record, completeness: counts.completeness }));
}

async function bytesOf({ parameters, file }: DikidiContext, i: number): Promise<Uint8Array> {
	const text: unknown = parameters.getNodeParameter('text', i, '');
	if (typeof text === 'string' && text.trim() !== '') return Buffer.from(text, 'utf8');
	return file(textOf(parameters.getNodeParameter('binaryPropertyName', i, 'data')), i);
}
