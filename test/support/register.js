'use strict';

/**
 * Lets plain Node run the TypeScript of this repository: `node -r ./test/support/register.js script.ts`.
 * For child processes of tests, benchmarks and chaos runs, which cannot use jest's transformer.
 */
const { transformSync } = require('@swc/core');
const { readFileSync } = require('node:fs');

require.extensions['.ts'] = (module, filename) => {
	const { code } = transformSync(readFileSync(filename, 'utf8'), {
		filename,
		configFile: false,
		swcrc: false,
		sourceMaps: 'inline',
		jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
		module: { type: 'commonjs' },
	});
	module._compile(code, filename);
};
