/** What must be true before an install or a start, each failure one sentence that says what to do. */
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A failure the person at the keyboard can mend: shown as its message alone, without a stack. */
export class SetupError extends Error {
	/**
	 * @param {string} message one sentence: what is wrong and what to do
	 * @param {{ cause?: unknown }} [options]
	 */
	constructor(message, options) {
		super(message, options);
		this.name = 'SetupError';
	}
}

const OLDEST_NODE = { major: 20, minor: 19 };
const OLDEST_NPM_MAJOR = 9;
const GIGABYTE = 1024 ** 3;
const REGISTRY_TIMEOUT_MS = 10_000;

/**
 * @param {string} version as process.versions.node prints it
 * @returns {void}
 */
export function checkNodeVersion(version = process.versions.node) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	if (major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor)) return;
	throw new SetupError(
		`Node.js ${version} is too old: install Node.js ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer from https://nodejs.org and run the command again.`,
	);
}

/**
 * @param {string} version as `npm --version` prints it
 * @returns {void}
 */
export function checkNpmVersion(version) {
	if (Number(version.split('.')[0]) >= OLDEST_NPM_MAJOR) return;
	throw new SetupError(
		`npm ${version} is too old: run "npm install -g npm@latest" (npm ${OLDEST_NPM_MAJOR} or newer is needed) and run the command again.`,
	);
}

/**
 * @param {string} folder an existing folder on the disk to look at
 * @param {number} bytes what the work about to start needs
 * @param {(folder: string) => Promise<number>} [freeBytesOf]
 */
export async function checkFreeDisk(folder, bytes, freeBytesOf = freeBytes) {
	const free = await freeBytesOf(folder);
	if (free >= bytes) return;
	throw new SetupError(
		`Not enough disk space in ${folder}: ${gigabytes(bytes)} GB are needed and ${gigabytes(free)} GB are free; free some space and run the command again.`,
	);
}

/** @param {string} folder */
async function freeBytes(folder) {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}

/** @param {number} bytes */
function gigabytes(bytes) {
	return (bytes / GIGABYTE).toFixed(1);
}

/**
 * An answer of any status proves that the registry can be reached; only silence fails.
 * @param {string} registry address of the npm registry
 * @param {(url: string, options: RequestInit) => Promise<unknown>} [request]
 */
export async function checkRegistry(registry, request = fetch) {
	try {
		await request(registry, { method: 'HEAD', signal: AbortSignal.timeout(REGISTRY_TIMEOUT_MS) });
	} catch (cause) {
		throw new SetupError(
			`The npm registry ${registry} does not answer, and something must be installed first: check the network (and the proxy settings of npm) and run the command again.`,
			{ cause },
		);
	}
}

/**
 * @param {string | undefined} text the PORT variable
 * @param {number} fallback used when the variable is unset or empty
 * @returns {number}
 */
export function parsePort(text, fallback) {
	if (text === undefined || text === '') return fallback;
	const port = Number(text);
	if (Number.isInteger(port) && port >= 1024 && port <= 65_535) return port;
	throw new SetupError(`PORT=${text} is not a port: choose a number from 1024 to 65535, for example PORT=5680 npm start.`);
}

/**
 * @param {number} port
 * @param {string} host
 */
export async function checkPortFree(port, host = '127.0.0.1') {
	if (await isPortFree(port, host)) return;
	throw new SetupError(
		`Port ${port} is taken by another program: stop that program or choose another port, for example PORT=${port === 5680 ? 5690 : 5680} npm start.`,
	);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
export function isPortFree(port, host = '127.0.0.1') {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
	});
}

/** Below the ports systems give to outgoing connections: one of those could sit on ours while n8n restarts. */
const PORTS = { from: 20_000, to: 30_000 };

/**
 * Ports that nobody listens on now, different from each other.
 * @param {number} count
 * @param {string} host
 * @returns {Promise<number[]>}
 */
export async function freePorts(count, host = '127.0.0.1') {
	/** @type {Set<number>} */
	const ports = new Set();
	for (let attempt = 0; ports.size < count; attempt++) {
		if (attempt > 1000) throw new SetupError(`No free port was found between ${PORTS.from} and ${PORTS.to}.`);
		const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
		if (await isPortFree(port, host)) ports.add(port);
	}
	return [...ports];
}
