import * as v from 'valibot';
import { type Outcome, ok, refused, type StreamName, type StreamPage, type StreamRecord, type StreamWindow } from '../../../booking';
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
	/** The contract lists all there is; a window of visits is one of their starts, not of their changes. */
	readonly isExact: boolean;
	readonly schema: Call<readonly StreamRecord[]>['schema'];
}

const ROW = v.pipe(ANY_RECORD, v.transform((row): StreamRecord => ({ id: row.id, data: row })));
const rows = (field: string): Call<readonly StreamRecord[]>['schema'] => fieldOf(field, v.array(ROW));

const SOURCES: Readonly<Partial<Record<StreamName, Source>>> = {
	company: { command: 'company.get', isExact: true, schema: fieldOf('company', v.pipe(ROW, v.transform((row) => [row]))) },
	services: { command: 'services.list', isExact: true, schema: rows('services') },
	staff: { command: 'staff.list', isExact: true, schema: rows('staff') },
	visits: { command: 'booking.list', isExact: false, schema: rows('bookings') },
};

/** Streams a gateway with these commands can give. */
export function streamsOf(commands: readonly GatewayCommand[]): readonly StreamName[] {
	const names: readonly StreamName[] = ['company', 'services', 'staff', 'visits'];
	return names.filter((name) => commands.includes(SOURCES[name]?.command ?? 'booking.get'));
}

/** A stream in its one page, every field kept, each record once. */
export async function* stream(context: Context, name: StreamName, window: StreamWindow): AsyncGenerator<Outcome<StreamPage>> {
	const parsed = inputs.parseInput(inputs.STREAM_WINDOW, window);
	if (parsed.kind !== 'ok') return yield parsed;
	const source = SOURCES[name];
	if (source === undefined || !context.settings.commands.includes(source.command)) {
		return yield unsupported(`The gateway gives no ${name}; import an export of the back office, or listen to its events.`);
	}
	const { from, to, cursor } = parsed.value;
	if (cursor !== undefined) return yield refused('invalid_request', 'This CRM gives one page and no cursor; start without a cursor.');
	const { zone } = context.settings;
	const bounds = name === 'visits' ? { ...(from === undefined ? {} : { from: formatted(minuteOf(from), zone) }), ...(to === undefined ? {} : { to: formatted(minuteOf(to, 'up'), zone) }) } : {};
	const answer = await context.transport.inLane(from === undefined ? 'full' : 'incremental').read(calls.command(context, source.command, bounds, source.schema));
	if (answer.kind !== 'ok') return yield answer;
	yield ok({ records: [...new Map(answer.value.map((record) => [record.id, record])).values()], cursor: null, exact: source.isExact });
}
