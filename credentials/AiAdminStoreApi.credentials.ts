import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** Where the assistant keeps conversations, its own copy of the CRM and the built-in CRM. */
export class AiAdminStoreApi implements ICredentialType {
	name = 'aiAdminStoreApi';

	displayName = 'Booking Assistant Store API';

	icon: Icon = { light: 'file:store.svg', dark: 'file:store.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin#store';

	properties: INodeProperties[] = [
		{
			displayName: 'Engine',
			name: 'engine',
			type: 'options',
			options: [
				{ name: 'Embedded (SQLite File)', value: 'sqlite', description: 'One file beside n8n, for one process on one machine' },
				{ name: 'Postgres', value: 'postgres', description: 'Postgres or Supabase, shared by all processes; needed in queue mode' },
			],
			default: 'sqlite',
		},
		{
			displayName: 'File',
			name: 'file',
			type: 'string',
			default: '',
			placeholder: 'e.g. /home/node/.n8n/ai-admin.sqlite',
			description: 'Leave empty for ai-admin.sqlite in the n8n folder. Use a local disk, not a network share.',
			displayOptions: { show: { engine: ['sqlite'] } },
		},
		{
			displayName: 'Connection String',
			name: 'connectionString',
			type: 'string',
			// it holds the password of the database; the lint, which goes by the field's name, warns of the mask
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. postgresql://user:password@db.example.com:5432/booking',
			description: 'Address of the database with user and password. With Supabase use the session pooler.',
			displayOptions: { show: { engine: ['postgres'] } },
		},
		{
			displayName: 'Schema',
			name: 'schema',
			type: 'string',
			default: 'ai_admin',
			description: 'Schema of the tables, created when missing. Do not use public with Supabase: it is served over HTTP.',
			displayOptions: { show: { engine: ['postgres'] } },
		},
		{
			displayName: 'Encryption Key',
			name: 'encryptionKey',
			type: 'string',
			// a secret, whatever the lint makes of its name
			typeOptions: { password: true },
			default: '',
			description: 'Encrypts message texts and keys at rest. Leave empty to derive it from the encryption key of this n8n. Keep a copy: without the key the texts cannot be read.',
		},
		{
			displayName: 'Earlier Keys',
			name: 'earlierKeys',
			type: 'string',
			// a secret, whatever the lint makes of its name
			typeOptions: { password: true, rows: 3 },
			default: '',
			description: 'Keys used before, one a line. They still open old texts; new ones are sealed with Encryption Key.',
		},
	];
}
