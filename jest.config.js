const { availableParallelism } = require('node:os');

/** Unit, contract and node tests. Real n8n runs have their own configuration in test/e2e. */
module.exports = {
	rootDir: __dirname,
	// jest leaves one core to whoever watches; nobody does, most machines of CI have two, and tests wait for disks and databases a third of their time
	maxWorkers: availableParallelism() + 1,
	testEnvironment: 'node',
	// a hang is still found; five seconds are not enough for a test that begins while every core is busy
	testTimeout: 20_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.n8n-demo/'],
	// an ES module, which jest's loader cannot require, and the one copy of libsignal that it uses
	moduleNameMapper: {
		'^@whiskeysockets/baileys$': '<rootDir>/test/support/native/baileys.js',
		'^libsignal$': '<rootDir>/test/support/native/libsignal.js',
	},
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
};
