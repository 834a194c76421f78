import type { INodeProperties } from 'n8n-workflow';

export const phoneField: INodeProperties = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +79161234567',
	description: 'Any usual spelling. Without a country code it is read by the country of the salon.',
};
