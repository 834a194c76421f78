import type { INodeProperties } from 'n8n-workflow';

/** A question and its answer as the knowledge keeps them. */
export const answerFields: readonly INodeProperties[] = [
	{
		displayName: 'Question',
		name: 'title',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Is there parking?',
		description: 'The question as anybody may ask it, without names or phones of a client',
	},
	{
		displayName: 'Answer',
		name: 'answer',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Yes, free of charge behind the house.',
		description: 'Said as it stands; above 600 characters it is cut at sentences into several entries',
	},
	{
		displayName: 'Aliases',
		name: 'aliases',
		type: 'string',
		default: '',
		placeholder: 'e.g. where to park, car',
		description: 'Other words for the same question, separated by commas',
	},
];
