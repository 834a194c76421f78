import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

export default [
	{ ignores: ['.n8n-demo/', '.cache/', 'coverage/', 'demo/host/'] },
	...configWithoutCloudSupport,
	{
		// the package is not for verification: it brings a query builder, a Postgres driver and phone metadata
		files: ['package.json'],
		rules: { '@n8n/community-nodes/no-runtime-dependencies': 'off' },
	},
	{
		// tests report seeds and measurements
		files: ['test/**'],
		rules: { 'no-console': 'off' },
	},
];
