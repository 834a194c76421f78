import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

export default [
	{ ignores: ['.n8n-demo/', '.cache/', 'coverage/', 'demo/host/'] },
	...configWithoutCloudSupport,
	{
		// leaving a property out of a copy, and a parameter kept for its place, are named with an underscore
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true }],
		},
	},
	{
		// the package is not for verification: it brings a query builder, a Postgres driver and phone metadata
		files: ['package.json'],
		rules: { '@n8n/community-nodes/no-runtime-dependencies': 'off' },
	},
	{
		// the core knows no n8n and throws its own errors; nodes/shared turns them into those of n8n
		files: ['core/**/*.ts'],
		rules: { '@n8n/community-nodes/require-node-api-error': 'off' },
	},
	{
		// connection strings and keys are secrets, which the rule guesses from the name alone
		files: ['credentials/**/*.ts'],
		rules: { '@n8n/community-nodes/credential-unnecessary-password': 'off' },
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			// sees no default in a constant of the core; the type of a property demands one anyway
			'n8n-nodes-base/node-param-default-missing': 'off',
			// takes the variable $json of expressions for a miswritten JSON
			'n8n-nodes-base/node-param-description-miscased-json': 'off',
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			// tests report seeds and measurements
			'no-console': 'off',
			// tests of locks and crashes need a second process
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			// tests throw plain errors, there is no node to name
			'@n8n/community-nodes/require-node-api-error': 'off',
			// tests prove that control characters do not pass
			'no-control-regex': 'off',
		},
	},
];
