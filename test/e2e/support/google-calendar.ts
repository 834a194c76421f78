/** The events of one Google calendar on loopback: ids are the caller's and are used once, what is not there is 404, what was removed 410. After Google's documentation. */
import type { IncomingMessage } from 'node:http';
import { RedirectedApi, type Answer } from './redirected-api';

export interface CalendarEvent {
	readonly id: string;
	summary: string;
	start: { readonly dateTime: string };
	end: { readonly dateTime: string };
	status: 'confirmed' | 'cancelled';
}

const ID = /^[a-v0-9]{5,1024}$/;
const EVENTS = /^\/calendar\/v3\/calendars\/[^/]+\/events(?:\/([^/]+))?$/;

export class GoogleCalendar extends RedirectedApi {
	protected readonly host = 'www.googleapis.com';
	readonly events = new Map<string, CalendarEvent>();
	readonly token = 'calendar-token';

	/** Events that stand. */
	get standing(): readonly CalendarEvent[] {
		return [...this.events.values()].filter(({ status }) => status === 'confirmed');
	}

	protected answer(request: IncomingMessage, path: string, text: string): Answer {
		if (request.headers.authorization !== `Bearer ${this.token}`) return refused(401, 'Invalid Credentials');
		const [whole, id] = EVENTS.exec(decodeURIComponent(path)) ?? [];
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

const refused = (code: number, message: string): Answer => ({ status: code, body: { error: { code, message, errors: [{ message }] } } });
