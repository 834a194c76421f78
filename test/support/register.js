'use strict';

/**
 * Lets plain Node run the TypeScript of this repository: `node -r ./test/support/register.js script.ts`.
 * For child processes of tests, benchmarks and chaos runs, which cannot use jest's transformer.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const OPTIONS = {
	configFile: false,
	swcrc: false,
	sourceMaps: 'inline',
	jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
	module: { type: 'commonjs' },
};
// processes that are killed and started anew again and again would spend half of their start on this
const CACHE = join(__dirname, '../../node_modules/.cache/ai-admin-register');
const SALT = JSON.stringify([OPTIONS, require('@swc/core/package.json').version]);

function transform(source, filename) {
	const kept = join(CACHE, `${createHash('sha256').update(SALT).update(filename).update(source).digest('hex')}.js`);
	try {
		return readFileSync(kept, 'utf8');
	} catch {
		const { code } = require('@swc/core').transformSync(source, { filename, ...OPTIONS });
		mkdirSync(CACHE, { recursive: true });
		// many processes begin at once: none may read half a file
		writeFileSync(`${kept}.${process.pid}`, code);
		renameSync(`${kept}.${process.pid}`, kept);
		return code;
	}
}

require.extensions['.ts'] = (module, filename) => {
	module._compile(transform(readFileSync(filename, 'utf8'), filename), filename);
};
