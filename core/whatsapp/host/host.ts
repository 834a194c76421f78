import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStore, type Store } from '../../store';
import { loadClientLibrary } from '../client-library';
import { ServiceCore, type WhatsappServiceOptions } from '../session/core';
import type { HostConfig } from './config';

const LINE_EVERY_MS = 60_000;

/** A process that runs sessions and nothing else. */
export interface SessionHost {
	readonly service: ServiceCore;
	readonly store: Store;
	/** Port of the health page; null without one. */
	readonly port: number | null;
	health(): HostHealth;
	/** Closes every socket in order and gives the sessions back. */
	stop(): Promise<void>;
}

/** How a host stands: counts only. */
export interface HostHealth {
	readonly sessions: number;
	readonly states: Readonly<Record<string, number>>;
	readonly rssMegabytes: number;
	readonly uptimeSeconds: number;
}

/**
 * Runs every session that is wanted on the store and that no other process has. Several hosts share the sessions by their leases. Throws
 * `client_missing` and StoreErrors; afterwards only a stop ends it.
 */
export async function startSessionHost(config: HostConfig, print: (line: string) => void, options: Pick<WhatsappServiceOptions, 'environment'> = {}): Promise<SessionHost> {
	// a host without the client is of no use, and should say so at once
	await loadClientLibrary();
	const store = await openStore(config.store, { keys: config.keys });
	const log: NonNullable<WhatsappServiceOptions['log']> = (level, line, fields) => {
		if (level !== 'debug') print(JSON.stringify({ level, line, ...fields }));
	};
	const service = new ServiceCore(store, { role: 'all', most: config.maxSessions, log, ...options }, Promise.resolve());
	const health = (): HostHealth => healthOf(service);
	const timer = setInterval(() => print(JSON.stringify({ level: 'info', line: 'health', ...health() })), LINE_EVERY_MS);
	const server = config.healthPort === null ? null : await servePage(config.healthPort, health);
	return {
		service, store, health,
		port: server === null ? null : (server.address() as AddressInfo).port,
		async stop() {
			clearInterval(timer);
			server?.close();
			await service.shutdown();
			await store.close();
		},
	};
}

function healthOf({ manager }: ServiceCore): HostHealth {
	const states: Record<string, number> = {};
	for (const { state } of manager.owners) states[state] = (states[state] ?? 0) + 1;
	return { sessions: manager.owners.length, states, rssMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20), uptimeSeconds: Math.round(process.uptime()) };
}

/** Answers only on this machine: 200 while the process works. */
async function servePage(port: number, health: () => HostHealth): Promise<Server> {
	const server = createServer((request, response) => {
		const isHealth = request.method === 'GET' && request.url === '/health';
		response.writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json' }).end(isHealth ? JSON.stringify(health()) : '{}');
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
	return server;
}
