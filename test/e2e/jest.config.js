const base = require('../../jest.config.js');

/** Tests in a real n8n: one instance a file. */
module.exports = {
	...base,
	// an n8n mostly waits, but each takes half a gigabyte
	maxWorkers: 2,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/support/global-setup.mjs',
	globalTeardown: '<rootDir>/test/e2e/support/global-teardown.mjs',
	testTimeout: 120_000,
	// the demo's modules are ES modules that the tests share
	transform: { '^.+\\.(ts|mjs)$': Object.values(base.transform)[0] },
	moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
};
