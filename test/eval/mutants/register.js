'use strict';

/**
 * Lets plain Node run the TypeScript of this repository with one guard switched off:
 * `MUTANT=G7 node -r ./test/eval/mutants/register.js script.ts`. Only in this process; no file is changed.
 */
require('../../support/register.js');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');
const { MUTANTS } = require('./mutants.ts');
const { patched } = require('./patching.ts');

const mutant = MUTANTS.find(({ guarantee }) => guarantee === process.env.MUTANT);
if (mutant === undefined) throw new RangeError(`No mutant is called ${process.env.MUTANT}`);
const root = join(__dirname, '..', '..', '..');
const unpatched = require.extensions['.ts'];

require.extensions['.ts'] = (module, filename) => {
	const patches = mutant.patches.filter(({ file }) => join(root, file) === filename);
	if (patches.length === 0) return unpatched(module, filename);
	const source = patches.reduce((text, patch) => patched(text, patch), readFileSync(filename, 'utf8'));
	const { code } = transformSync(source, { filename, configFile: false, swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
	return module._compile(code, filename);
};
