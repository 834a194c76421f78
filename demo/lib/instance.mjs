/** Starts one real n8n in its own process group, waits until it is ready, and stops it without leaving anything behind. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './checks.mjs';
import { cleanEnvironment } from './command.mjs';
import { hasCode } from './exclusive.mjs';

const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 100;
const KEPT_LOG = 20_000;
const BCRYPT_ROUNDS = 10;

/**
 * @typedef {object} Owner
 * @property {string} email
 * @property {string} password
 * @property {string} passwordHash bcrypt
 */

/**
 * @typedef {object} InstanceOptions
 * @property {string} node binary of Node 24
 * @property {string} host folder of the n8n host
 * @property {string} userFolder value of N8N_USER_FOLDER
 * @property {number} port
 * @property {number} brokerPort for n8n's own task runners
 * @property {Owner} owner
 * @property {NodeJS.ProcessEnv} [env] added last, so a test can override anything
 * @property {string} [log] file that receives what n8n prints
 */

/**
 * @typedef {object} Instance
 * @property {string} url without a trailing slash
 * @property {number} pid
 * @property {() => Promise<void>} ready resolves when n8n answers; rejects with the end of its log when it died or was too slow
 * @property {() => Promise<void>} stop asks n8n to finish, and kills it when it does not
 * @property {(signal: NodeJS.Signals) => Promise<void>} kill sends the signal to the whole process group and waits for the end
 * @property {Promise<number | null>} exited exit code of n8n, null when a signal ended it
 * @property {() => string} output the end of what n8n printed
 */

/**
 * @param {string} host folder of the n8n host, whose bcrypt is used
 * @param {string} password
 * @returns {string} the form in which n8n takes the owner's password from the environment
 */
export function hashPassword(host, password) {
	return createRequire(join(host, 'package.json'))('bcryptjs').hashSync(password, BCRYPT_ROUNDS);
}

/** Nothing of these is needed to run workflows, and each would call a server on the internet. */
const SILENT = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	// asks for a list of MCP servers at every start, and has no switch of its own
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
	N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
};

/**
 * @param {InstanceOptions} options
 * @returns {NodeJS.ProcessEnv} everything n8n is told; settings of another n8n in the caller's environment are left out
 */
export function instanceEnvironment({ node, userFolder, port, brokerPort, owner, env = {} }) {
	const inherited = Object.fromEntries(
		Object.entries(cleanEnvironment()).filter(([name]) => !/^(N8N_|DB_|EXECUTIONS_|QUEUE_|NODE_OPTIONS$|NODE_PATH$|NODE_ENV$|WEBHOOK_URL$)/.test(name)),
	);
	const pathName = Object.keys(inherited).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	return {
		...inherited,
		// task runners start `node`: it has to be the same one
		[pathName]: [dirname(node), inherited[pathName]].filter(Boolean).join(delimiter),
		...SILENT,
		N8N_USER_FOLDER: userFolder,
		DB_TYPE: 'sqlite',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		// addresses in pages: "localhost" may mean IPv6, where nobody listens
		N8N_HOST: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: process.platform === 'win32' ? 'false' : 'true',
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: owner.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'Demo',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
		N8N_INSTANCE_OWNER_PASSWORD_HASH: owner.passwordHash,
		...env,
	};
}

/**
 * @param {InstanceOptions} options
 * @returns {Promise<Instance>}
 */
export async function startInstance(options) {
	const { node, host, userFolder, port, log } = options;
	await mkdir(userFolder, { recursive: true });
	const child = spawn(node, [join(host, 'node_modules', 'n8n', 'bin', 'n8n'), 'start'], {
		cwd: userFolder,
		env: instanceEnvironment(options),
		stdio: ['ignore', 'pipe', 'pipe'],
		// its own group: Ctrl-C in the terminal reaches us alone, and we decide how n8n ends
		detached: process.platform !== 'win32',
	});
	const { pid } = child;
	if (pid === undefined) throw new SetupError('n8n could not be started: remove node_modules and run the command again.');

	let printed = '';
	const file = log ? createWriteStream(log, { flags: 'w' }) : undefined;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => {
			printed = (printed + text).slice(-KEPT_LOG);
			file?.write(text);
		});
	}
	/** @type {Promise<number | null>} */
	const exited = new Promise((resolve) => {
		child.once('close', (code) => {
			file?.end();
			resolve(code);
		});
	});
	let running = true;
	void exited.then(() => {
		running = false;
	});

	const url = `http://127.0.0.1:${port}`;
	const kill = async (/** @type {NodeJS.Signals} */ signal) => {
		signalGroup(pid, signal);
		await exited;
	};
	return {
		url,
		pid,
		exited,
		output: () => printed,
		kill,
		async ready() {
			const deadline = performance.now() + READY_TIMEOUT_MS;
			while (running && performance.now() < deadline) {
				if (await answers(`${url}/healthz/readiness`)) return;
				await sleep(POLL_MS);
			}
			const reason = running ? `did not become ready in ${READY_TIMEOUT_MS / 1000} seconds` : 'ended while it was starting';
			if (running) await kill('SIGKILL');
			throw new SetupError(`n8n ${reason}. The last lines it printed:\n${printed.trim().split('\n').slice(-15).join('\n')}`);
		},
		async stop() {
			if (!running) return;
			signalGroup(pid, 'SIGINT');
			const stopped = await Promise.race([exited.then(() => true), sleep(STOP_TIMEOUT_MS, false, { ref: false })]);
			if (!stopped) await kill('SIGKILL');
		},
	};
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
	try {
		process.kill(process.platform === 'win32' ? pid : -pid, signal);
	} catch (error) {
		if (!hasCode(error, 'ESRCH')) throw error;
	}
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} whether something answers there with a success
 */
export async function answers(url) {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
	} catch {
		return false;
	}
}

/**
 * n8n registers webhooks after it calls itself ready.
 * @param {string} url address that answers GET
 * @param {number} timeoutMs
 */
export async function waitForAnswer(url, timeoutMs = 30_000) {
	const deadline = performance.now() + timeoutMs;
	while (!(await answers(url))) {
		if (performance.now() > deadline) throw new SetupError(`n8n runs, but ${url} does not answer: open the editor and look whether the workflow is published.`);
		await sleep(POLL_MS);
	}
}
