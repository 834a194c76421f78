import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, delay, type FaultCall, type FaultScript, json, type RequestLog, type SimServer, type VendorVoice } from '../kit';
import { readRequest } from '../kit/request';
import { readAddress } from './address';
import { errorAnswer, OneCError, PageError, serverPage } from './errors';
import type { Infobase } from './infobase';
import { wishOf } from './output';
import { answerCall } from './service';
import { signIn } from './sign-in';
import type { OneCSwitches } from './switches';

/** What a base behind a web server is made of. */
export interface BaseServerParts {
	readonly base: Infobase;
	readonly switches: OneCSwitches;
	readonly faults: FaultScript;
	readonly log: RequestLog;
	/** Name the base is published under. */
	readonly name: string;
	readonly port?: number;
}

/** How the platform and its web server word the faults of a script. */
const VOICE: Pick<VendorVoice, 'throttled' | 'failed' | 'errorIn200'> = {
	throttled: (seconds) => ({ ...serverPage(503, 'Service Unavailable'), ...(seconds === undefined ? {} : { headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': String(seconds) } }) }),
	failed: (status) => (status >= 502 ? serverPage(status, 'Bad Gateway') : errorAnswer(new OneCError(status, '-1', 'Внутренняя ошибка'))),
	errorIn200: () => json(200, { 'odata.error': { code: '-1', message: { lang: 'ru', value: 'Внутренняя ошибка' } } }),
};

/** Publishes a base on loopback. Unlike the kit's server it sees the address as it was sent: a plus is not a space here. */
export async function publish(parts: BaseServerParts): Promise<SimServer> {
	const errors: unknown[] = [];
	const running = { sessions: 0, lastAt: parts.base.clock.now() };
	const server = createServer((message, response) => {
		running.sessions += 1;
		serve(parts, running, message, response)
			.catch((error: unknown) => {
				errors.push(error);
				send(response, { status: 599, headers: { 'content-type': 'text/plain' }, body: 'the simulator broke' });
			})
			.finally(() => (running.sessions -= 1));
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(parts.port ?? 0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
			if (errors.length > 0) throw errors[0];
		},
	};
}

async function serve(parts: BaseServerParts, running: { sessions: number; lastAt: number }, message: IncomingMessage, response: ServerResponse): Promise<void> {
	const { base, faults, log } = parts;
	const request = await readRequest(message);
	const path = readable(request.path);
	const entry = log.add({ ...request, path }, base.clock.instant());
	await wakeUp(base, running);
	const call: FaultCall = { work: async () => answerTarget(parts, running.sessions, request), ...VOICE };
	const fault = faults.next(request.method, path);
	entry.fault = fault?.name ?? null;
	const answer = fault === null ? await call.work() : await fault.apply(call);
	if (answer === 'cut') response.destroy();
	if (typeof answer === 'string') return;
	entry.status = answer.status;
	send(response, answer);
}

async function wakeUp({ clock, conditions: { coldStart } }: Infobase, running: { lastAt: number }): Promise<void> {
	const idle = clock.now() - running.lastAt;
	running.lastAt = clock.now();
	if (coldStart !== null && idle >= coldStart.idleMinutes * 60_000) await delay(coldStart.milliseconds);
}

function answerTarget({ base, switches, name }: BaseServerParts, sessions: number, request: Awaited<ReturnType<typeof readRequest>>): Answer {
	try {
		if (base.conditions.licences !== null && sessions > base.conditions.licences) return serverPage(503, 'Не обнаружена свободная лицензия');
		const address = readAddress(request.target, name);
		if (address === null) return serverPage(404, '404 - File or directory not found');
		signIn(base, switches, request.headers);
		const wish = wishOf(address.options, request.headers.accept ?? '');
		const root = `http://${request.headers.host ?? 'localhost'}/${name}/odata/standard.odata`;
		return answerCall({ base, switches, address, verb: request.method, body: request.text, ifMatch: request.headers['if-match'], wish, root });
	} catch (error) {
		if (error instanceof PageError) return error.answer;
		if (error instanceof OneCError) return errorAnswer(error);
		throw error;
	}
}

/** A path with its Russian names, without the values of a condition. */
function readable(path: string): string {
	try {
		return decodeURIComponent(path).replace(/Condition='.*'/s, "Condition='***'");
	} catch {
		return path;
	}
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
	if (response.destroyed || response.headersSent) return;
	response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) }) });
	response.end(status === 204 ? undefined : body);
}
