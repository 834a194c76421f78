import * as v from 'valibot';
import { type Outcome, ok, refused, type StreamName, type StreamPage, type StreamRecord, type StreamWindow, unavailable } from '../../../booking';
import { minuteOf } from '../../../calendar';
import { type Call, inputs } from '../../http';
import type { GatewayCommand } from '../commands';
import { unsupported } from '../handoff';
import * as calls from './calls';
import type { Context } from './context';
import { formatted } from '../times';
import { ANY_RECORD, fieldOf } from './wire';

interface Source {
	readonly command: GatewayCommand;
	readonly schema: Call<readonly StreamRecord[]>['schema'];
}

const ROW = v.pipe(ANY_RECORD, v.transform((row): StreamRecord => ({ id: row.id, data: row })));
const rows = (field: string): Call<readonly StreamRecord[]>['schema'] => fieldOf(field, v.array(ROW));

const SOURCES: Readonly<Partial<Record<StreamName, Source>>> = {
	company: { command: 'company.get', schema: fieldOf('company', v.pipe(ROW, v.transform((row) => [row]))) },
	services: { command: 'services.list', schema: rows('services') },
	staff: { command: 'staff.list', schema: rows('staff') },
	visits: { command: 'booking.list', schema: rows('bookings') },
};

/** Streams a gateway with these commands can give. */
export function streamsOf(commands: readonly GatewayCommand[]): readonly StreamName[] {
	const names: readonly StreamName[] = ['company', 'services', 'staff', 'visits'];
	return names.filter((name) => commands.includes(SOURCES[name]?.command ?? 'booking.get'));
}

/** A stream in its one page, every field kept, each record once. The contract lists all there is; a window of visits is one of their starts. */
export async function* stream(context: Context, name: StreamName, window: StreamWindow): AsyncGenerator<Outcome<StreamPage>> {
	const parsed = inputs.parseInput(inputs.STREAM_WINDOW, window);
	if (parsed.kind !== 'ok') return yield parsed;
	const source = SOURCES[name];
	if (source === undefined || !context.settings.commands.includes(source.command)) {
		return yield unsupported(`The gateway gives no ${name}; import an export of the back office, or listen to its events.`);
	}
	const { from, to, cursor, ids, lane } = parsed.value;
	if (cursor !== undefined) return yield refused('invalid_request', 'This CRM gives one page and no cursor; start without a cursor.');
	const transport = context.transport.inLane(lane ?? (from === undefined ? 'full' : 'incremental'));
	if (ids !== undefined) return yield await readByIds({ ...context, transport }, name, ids);
	const { zone } = context.settings;
	const bounds = name === 'visits' ? { ...(from === undefined ? {} : { from: formatted(minuteOf(from), zone) }), ...(to === undefined ? {} : { to: formatted(minuteOf(to, 'up'), zone) }) } : {};
	const answer = await transport.read(calls.command(context, source.command, bounds, source.schema));
	if (answer.kind !== 'ok') return yield answer;
	yield ok({ records: [...new Map(answer.value.map((record) => [record.id, record])).values()], cursor: null, exact: true });
}

/** Visits by their ids, each by itself; what the gateway has no more is left out. */
async function readByIds(context: Context, name: StreamName, ids: readonly string[]): Promise<Outcome<StreamPage>> {
	if (name !== 'visits' || !context.settings.commands.includes('booking.get')) return unsupported(`The gateway gives no single ${name}; read the stream by its window.`);
	const records: StreamRecord[] = [];
	for (const id of ids) {
		const answer = await context.transport.read(calls.command(context, 'booking.get', { booking_id: id }, fieldOf('booking', ROW)));
		if (answer.kind === 'refused' && answer.reason === 'not_found') continue;
		if (answer.kind !== 'ok') return answer;
		if (answer.value.id !== id) return unavailable('The gateway answered about another booking.');
		records.push(answer.value);
	}
	return ok({ records, cursor: null, exact: true });
}
