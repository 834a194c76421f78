/** Runs a program to its end and turns a failure into one sentence with the end of what it printed. */
import { spawn } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { SetupError } from './checks.mjs';

const KEPT_OUTPUT = 20_000;
const SHOWN_LINES = 12;
/** How the build tool goes back to draw its spinner over the last one. */
const REDRAWN = '\u001b[999D';

/** Set by an outer `npm start` for its own package; they would mislead an npm started in another folder. */
const OUTER_NPM_VARIABLES = /^(npm_package_|npm_lifecycle_|npm_config_local_prefix$|npm_config_prefix$|npm_command$|INIT_CWD$)/;

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv} without what an outer npm left for its own package
 */
export function cleanEnvironment(env = process.env) {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !OUTER_NPM_VARIABLES.test(name)));
}

/**
 * @typedef {object} CommandOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [log] file that receives the whole output
 * @property {boolean} [inherit] show the output as it comes instead of keeping it
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends what is still running, for a launcher that was told to stop in the middle of an install. */
export function stopCommands() {
	for (const child of running) child.kill('SIGTERM');
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<{ code: number, stdout: string, output: string }>} the exit code (1 when killed by a signal) and what was printed
 */
export function runCommand(file, args, { cwd, env = cleanEnvironment(), log, inherit = false }) {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {
			cwd,
			env,
			stdio: ['ignore', inherit ? 'inherit' : 'pipe', inherit ? 'inherit' : 'pipe'],
			// npm is a .cmd file on Windows, which only a shell can start
			shell: process.platform === 'win32' && !/\.(exe|mjs|js)$/i.test(file),
		});
		running.add(child);
		let stdout = '';
		let output = '';
		const keep = (/** @type {string} */ text) => {
			output = (output + text).slice(-KEPT_OUTPUT);
		};
		child.stdout?.setEncoding('utf8').on('data', (text) => {
			stdout += text;
			keep(text);
		});
		child.stderr?.setEncoding('utf8').on('data', keep);
		child.once('error', (error) => {
			running.delete(child);
			reject(error);
		});
		child.once('close', async (code) => {
			running.delete(child);
			if (log) await appendFile(log, `$ ${file} ${args.join(' ')}\n${output}\n`).catch(() => {});
			resolve({ code: code ?? 1, stdout, output });
		});
	});
}

/**
 * npm of the Node that runs this file, or the one on PATH.
 * @param {string[]} args
 * @param {CommandOptions} options
 */
export function runNpm(args, options) {
	const cli = process.env.npm_execpath;
	return cli && /npm-cli\.js$/.test(cli)
		? runCommand(process.execPath, [cli, ...args], options)
		: runCommand('npm', args, options);
}

/** What is left on a screen of lines that were drawn over again and again. */
function lastFrames(output) {
	return output.split('\n').map((line) => line.split(REDRAWN).at(-1)).join('\n');
}

/** What npm prints, and the sentence a person can act on. */
const KNOWN_FAILURES = [
	{
		pattern: /ENOSPC|no space left/i,
		explain: () => 'The disk is full: free some space and run the command again.',
	},
	{
		pattern: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network request .* failed/i,
		explain: () => 'The network failed while packages were downloaded: check the connection and run the command again.',
	},
	{
		pattern: /EACCES|EPERM/,
		explain: () => 'A file could not be written: check who owns the project folder and the cache folder, and run the command again.',
	},
	{
		pattern: /node-gyp|gyp ERR/i,
		explain: () =>
			'A part of n8n (sqlite3) could neither be downloaded ready-made nor compiled: install a C++ compiler, make and Python 3 (Debian and Ubuntu: "apt install build-essential python3") or allow downloads from GitHub, and run the command again.',
	},
];

/**
 * @param {string} title what was being done, for example "Installing n8n"
 * @param {{ code: number, output: string }} result
 * @returns {void} when the command ended well
 */
export function expectSuccess(title, { code, output }) {
	if (code === 0) return;
	const known = KNOWN_FAILURES.find(({ pattern }) => pattern.test(output));
	const tail = stripVTControlCharacters(lastFrames(output)).trim().split('\n').slice(-SHOWN_LINES).join('\n');
	throw new SetupError(`${title} failed. ${known?.explain() ?? 'The last lines it printed are below.'}\n${tail}`);
}
