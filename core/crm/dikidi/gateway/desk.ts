import { randomUUID } from 'node:crypto';
import { type Outcome, ok, refused } from '../../../booking';
import { ANYTHING, type Transport } from '../../http';
import { GATEWAY_COMMANDS, type GatewayCommand } from '../commands';
import * as calls from './calls';

/** A gateway as an operator works with it by hand. */
export interface GatewayDesk extends calls.Sender {
	readonly transport: Transport;
	/** What the credential says it can do. */
	readonly commands: readonly GatewayCommand[];
}

/** Commands that change something; any other is asked again when no answer comes. */
const WRITES: ReadonlySet<string> = new Set<GatewayCommand>(['client.create', 'client.update', 'booking.create', 'booking.reschedule', 'booking.cancel']);
/** Commands that need no values: what a gateway is knocked at with. */
const KNOCKS = ['company.get', 'services.list', 'staff.list'] as const satisfies readonly GatewayCommand[];

/**
 * Sends one command with any payload and gives its result as it came. `id` is what an idempotent gateway knows a repeat
 * by; a new one when absent.
 */
export async function sendCommand(desk: GatewayDesk, name: string, payload: unknown, id: string = randomUUID()): Promise<Outcome<unknown>> {
	const command = GATEWAY_COMMANDS.find((one) => one === name);
	if (command === undefined) return refused('invalid_request', 'There is no such command; choose one from the list.');
	if (!/^[\w.:-]{1,100}$/.test(id)) return refused('invalid_request', 'The command id has letters, digits and - _ . : only, at most 100 of them.');
	const call = calls.command(desk, command, payload, ANYTHING, id);
	return WRITES.has(command) ? desk.transport.write(call, call.headers?.['x-gateway-event-id'] ?? id) : desk.transport.read(call);
}

/** Whether a gateway answers and accepts the signature; one that does not do the command it is knocked at with does both. */
export async function knock(desk: GatewayDesk): Promise<Outcome<null>> {
	const command = KNOCKS.find((one) => desk.commands.includes(one)) ?? 'company.get';
	const answer = await desk.transport.read(calls.command(desk, command, {}, ANYTHING));
	if (answer.kind === 'refused' && answer.reason === 'unsupported' && !desk.commands.includes(command)) return ok(null);
	return answer.kind === 'ok' ? ok(null) : answer;
}
