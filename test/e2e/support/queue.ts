/** One n8n in queue mode: a main process and workers, on a Postgres database and a Redis prefix of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePorts } from '../../../demo/lib/checks.mjs';
import { hashPassword, instanceEnvironment } from '../../../demo/lib/instance.mjs';
import { POSTGRES_URL } from '../../support/engines';
import { OWNER, prepared, startN8n, type N8n } from './n8n';

const REDIS = new URL(process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379');
const READY_MS = 120_000;
const END_MS = 20_000;

export interface QueueN8n {
	readonly main: N8n;
	/** Connection string of the database, for the store as well. */
	readonly database: string;
	/** Which worker ran how many executions, as they say themselves. */
	executionsOf(): readonly number[];
	query<T>(sql: string): Promise<readonly T[]>;
	stop(): Promise<void>;
}

interface Worker {
	readonly child: ChildProcess;
	readonly ended: Promise<void>;
	printed: string;
}

export async function startQueue(workers: number, env: Record<string, string>): Promise<QueueN8n> {
	const name = `ai_admin_queue_${randomBytes(5).toString('hex')}`;
	await onServer(`create database ${name}`);
	const database = Object.assign(new URL(POSTGRES_URL), { pathname: `/${name}` });
	const shared = {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: database.hostname,
		DB_POSTGRESDB_PORT: database.port === '' ? '5432' : database.port,
		DB_POSTGRESDB_DATABASE: name,
		DB_POSTGRESDB_USER: decodeURIComponent(database.username),
		DB_POSTGRESDB_PASSWORD: decodeURIComponent(database.password),
		QUEUE_BULL_REDIS_HOST: REDIS.hostname,
		QUEUE_BULL_REDIS_PORT: REDIS.port === '' ? '6379' : REDIS.port,
		QUEUE_BULL_REDIS_DB: process.env['TEST_REDIS_DB'] ?? '7',
		QUEUE_BULL_PREFIX: name,
		N8N_REDIS_KEY_PREFIX: name,
		...env,
	};
	const main = await startN8n({ env: shared });
	// asked for together, so that no two workers are given the same
	const ports = await freePorts(2 * workers);
	const started = await Promise.all(Array.from({ length: workers }, (_, index) => startWorker(main.userFolder, shared, ports.slice(2 * index, 2 * index + 2))));
	const client = new Client({ connectionString: database.href });
	await client.connect();
	return {
		main,
		database: database.href,
		executionsOf: () => started.map(({ printed }) => [...printed.matchAll(/finished execution \d+/gi)].length),
		query: async <T>(sql: string) => (await client.query(sql)).rows as readonly T[],
		async stop() {
			await client.end();
			await Promise.all(started.map(endWorker));
			await main.stop();
			await onServer(`drop database if exists ${name} with (force)`);
		},
	};
}

async function startWorker(userFolder: string, env: Record<string, string>, [port, brokerPort]: readonly number[]): Promise<Worker> {
	const { node, host } = prepared();
	const environment = instanceEnvironment({
		node, host, userFolder, port: Number(port), brokerPort: Number(brokerPort), owner: { ...OWNER, passwordHash: hashPassword(host, OWNER.password) },
		env: { ...env, QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port), N8N_LOG_LEVEL: 'info' },
	});
	const child = spawn(node, [join(host, 'node_modules', 'n8n', 'bin', 'n8n'), 'worker', '--concurrency=5'], { cwd: userFolder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
	const worker: Worker = { child, printed: '', ended: new Promise((resolve) => child.once('close', () => resolve())) };
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => void (worker.printed += text));
	for (const deadline = Date.now() + READY_MS; !(await answers(`http://127.0.0.1:${port}/healthz/readiness`)); await new Promise((resolve) => setTimeout(resolve, 200))) {
		if (child.exitCode !== null || Date.now() > deadline) throw new Error(`a worker did not start: ${worker.printed.slice(-2000)}`);
	}
	return worker;
}

async function endWorker({ child, ended }: Worker): Promise<void> {
	child.kill('SIGTERM');
	const patience = setTimeout(() => child.kill('SIGKILL'), END_MS);
	await ended;
	clearTimeout(patience);
}

async function answers(url: string): Promise<boolean> {
	return await fetch(url, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok, () => false);
}

async function onServer(sql: string): Promise<void> {
	const client = new Client({ connectionString: POSTGRES_URL });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}
