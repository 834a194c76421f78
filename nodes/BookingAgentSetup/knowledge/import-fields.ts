import type { INodeProperties } from 'n8n-workflow';

export const importFields: readonly INodeProperties[] = [
	{
		displayName: 'Import From',
		name: 'importFrom',
		type: 'options',
		options: [
			{ name: 'File of the Item', value: 'file', description: 'A text, Markdown, CSV or Word (DOCX) file' },
			{ name: 'Text', value: 'text', description: 'A field of the item, or text written here; also what Extract From File made of a PDF' },
		],
		default: 'text',
		description: 'Where the knowledge is',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 6 },
		displayOptions: { show: { importFrom: ['text'] } },
		default: '={{ $json.text }}',
		placeholder: 'e.g. Is there parking? Yes, behind the house.',
		description: 'Questions and answers, or paragraphs with headings',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		displayOptions: { show: { importFrom: ['file'] } },
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the binary file data',
	},
	{
		displayName: 'Source Name',
		name: 'sourceName',
		type: 'string',
		default: '',
		placeholder: 'e.g. faq.md or https://example.com/about',
		description: 'What the entries are kept under; importing the same name again replaces them. Empty takes the name of the file.',
	},
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'automatic', description: 'By the ending of the name; an address is a web page' },
			{ name: 'CSV', value: 'csv', description: 'A table with columns question, answer and, if you like, aliases' },
			{ name: 'Markdown', value: 'markdown', description: 'An entry for every heading' },
			{ name: 'Plain Text', value: 'text', description: 'Pairs of question and answer, or paragraphs' },
			{ name: 'Web Page', value: 'web', description: 'Text of a page; menus and footers are left out' },
		],
		default: 'automatic',
		description: 'How the text is read',
	},
];
