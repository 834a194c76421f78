import { fieldsOf, json, type Answer, type Route, route, type SimRequest } from '../kit';
import { COMMANDS, WRITES, type CommandEnd } from './commands';
import type { EventSender } from './events';
import { isSigned } from './signature';
import type { World } from './world';

const STATUSES: Readonly<Record<string, number>> = { SLOT_TAKEN: 409, VALIDATION: 422, NOT_FOUND: 404 };
const TAKES_SLOTS = ['booking.create', 'booking.reschedule'];

/** One command as it came. */
export interface SeenCommand {
	readonly id: string;
	readonly command: string;
	/** It had been seen before and was not done again. */
	readonly repeated: boolean;
}

/** The owner's gateway: takes signed commands and treats them as its switch says. */
export class Gateway {
	readonly seen: SeenCommand[] = [];
	/** Commands this gateway knows; the others are `UNSUPPORTED`. */
	readonly supported = new Set(Object.keys(COMMANDS));
	private readonly ends = new Map<string, CommandEnd>();
	private waiting: { readonly command: string; readonly payload: Readonly<Record<string, unknown>>; readonly id: string }[] = [];

	constructor(
		private readonly world: World,
		private readonly events: EventSender,
	) {}

	/** Does what was accepted with 202; what cannot be done is told as a cancelled booking of that command. */
	async finish(): Promise<void> {
		for (const { command, payload, id } of this.waiting.splice(0)) {
			const end = COMMANDS[command]?.(this.world, this.events, payload, id);
			if (end !== undefined && 'error' in end && command === 'booking.create') {
				this.events.post('booking.cancelled', { command_id: id, booking: { id: `none-${id}`, status: 'cancelled', starts_at: payload.starts_at } });
			}
		}
		await this.events.sender.flush();
	}

	/** `POST /gateway`. */
	handle(request: SimRequest): Answer {
		if (this.world.switches.gateway === 'down') return json(503, { ok: false, code: 'DOWN' });
		if (!isSigned(this.events.secret, request.headers, request.text, this.world.clock.now() / 1000)) return json(401, { ok: false, code: 'UNAUTHORIZED' });
		const body = fieldsOf(request.json);
		const { schema, command_id: id, command, company_id: company } = body;
		if (this.world.switches.gateway === 'plain-200') return this.plain(String(id), String(command));
		if (schema !== 'booking.command.v1' || typeof id !== 'string' || typeof command !== 'string') return json(422, { ok: false, code: 'VALIDATION', errors: [{ path: 'schema', message: 'invalid' }] });
		if (company !== this.world.company.id) return json(403, { ok: false, code: 'FORBIDDEN' });
		return this.treat(id, command, fieldsOf(body.payload));
	}

	private treat(id: string, command: string, payload: Readonly<Record<string, unknown>>): Answer {
		const run = COMMANDS[command];
		const { gateway, unsupportedStatus, gatewayIdempotent } = this.world.switches;
		if (run === undefined || !this.supported.has(command) || gateway === 'unsupported') return json(Number(unsupportedStatus), { ok: false, code: 'UNSUPPORTED' });
		const known = gatewayIdempotent === 'yes' ? this.ends.get(id) : undefined;
		this.seen.push({ id, command, repeated: known !== undefined });
		if (known !== undefined) return answerOf(known);
		if (gateway === 'slot-taken' && TAKES_SLOTS.includes(command)) return answerOf({ error: 'SLOT_TAKEN' });
		if (gateway === 'async' && WRITES.includes(command)) return this.accept(id, command, payload);
		const end = run(this.world, this.events, payload, id);
		if (WRITES.includes(command)) this.ends.set(id, end);
		return answerOf(end);
	}

	private accept(id: string, command: string, payload: Readonly<Record<string, unknown>>): Answer {
		const twice = this.world.switches.gatewayIdempotent === 'yes' && this.waiting.some((one) => one.id === id);
		if (!twice) this.waiting.push({ command, payload, id });
		return json(202, { ok: true, pending: true });
	}

	/** A webhook catcher: received, and nothing more. */
	private plain(id: string, command: string): Answer {
		this.seen.push({ id, command, repeated: false });
		const { plainBody } = this.world.switches;
		if (plainBody === 'ok') return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
		return json(200, plainBody === 'json' ? { status: 'success' } : { ok: true });
	}
}

function answerOf(end: CommandEnd): Answer {
	if ('result' in end) return json(200, { ok: true, result: end.result });
	const errors = end.error === 'VALIDATION' ? { errors: [{ path: 'payload', message: 'invalid' }] } : {};
	return json(STATUSES[end.error] ?? 422, { ok: false, code: end.error, ...errors });
}

/** Where commands are posted; below it the same again, so that faults can be aimed at one command. */
export function gatewayRoutes(gateway: Gateway): readonly Route[] {
	return ['/gateway', '/gateway/{command}'].map((path) => route('POST', path, (request) => gateway.handle(request)));
}
