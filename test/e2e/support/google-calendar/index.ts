/** The events of one Google calendar on loopback: ids are the caller's and are used once, what is not there is 404, what was removed 410. After Google's documentation. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export const REDIRECT = join(__dirname, 'redirect.cjs');

export interface CalendarEvent {
	readonly id: string;
	summary: string;
	start: { readonly dateTime: string };
	end: { readonly dateTime: string };
	status: 'confirmed' | 'cancelled';
}

interface Answer {
	readonly status: number;
	readonly body?: unknown;
}

const ID = /^[a-v0-9]{5,1024}$/;
const EVENTS = /^\/calendar\/v3\/calendars\/[^/]+\/events(?:\/([^/]+))?$/;

export class GoogleCalendar {
	readonly events = new Map<string, CalendarEvent>();
	readonly token = 'calendar-token';
	#server: Server | null = null;

	get url(): string {
		return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`;
	}

	/** Events that stand. */
	get standing(): readonly CalendarEvent[] {
		return [...this.events.values()].filter(({ status }) => status === 'confirmed');
	}

	async start(): Promise<this> {
		this.#server = createServer((request, response) => {
			this.#answer(request).then(
				({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body)),
				(error: unknown) => response.writeHead(500).end(String(error)),
			);
		});
		await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
		return this;
	}

	async close(): Promise<void> {
		this.#server?.closeAllConnections();
		await new Promise<void>((resolve) => this.#server?.close(() => resolve()) ?? resolve());
	}

	async #answer(request: IncomingMessage): Promise<Answer> {
		const { pathname } = new URL(request.url ?? '/', 'http://google');
		const text = await bodyOf(request);
		if (request.headers.authorization !== `Bearer ${this.token}`) return refused(401, 'Invalid Credentials');
		const [whole, id] = EVENTS.exec(decodeURIComponent(pathname)) ?? [];
		if (whole === undefined) return refused(404, 'Not Found');
		const sent = (text === '' ? {} : JSON.parse(text)) as Partial<CalendarEvent>;
		if (id === undefined) return request.method === 'POST' ? this.#insert(sent) : refused(404, 'Not Found');
		const event = this.events.get(id);
		if (event === undefined) return refused(404, 'Not Found');
		if (request.method === 'PATCH' || request.method === 'PUT') return { status: 200, body: Object.assign(event, sent) };
		if (request.method !== 'DELETE') return { status: 200, body: event };
		if (event.status === 'cancelled') return refused(410, 'Resource has been deleted');
		event.status = 'cancelled';
		return { status: 204 };
	}

	#insert({ id = '', summary = '', start, end }: Partial<CalendarEvent>): Answer {
		if (!ID.test(id)) return refused(400, 'Invalid resource id value.');
		if (this.events.has(id)) return refused(409, 'The requested identifier already exists.');
		if (start === undefined || end === undefined) return refused(400, 'Missing end time.');
		const event: CalendarEvent = { id, summary, start, end, status: 'confirmed' };
		this.events.set(id, event);
		return { status: 200, body: event };
	}
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const part of request.setEncoding('utf8')) text += String(part);
	return text;
}

const refused = (code: number, message: string): Answer => ({ status: code, body: { error: { code, message, errors: [{ message }] } } });
