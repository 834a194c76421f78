import { type BookingCrm, type Capabilities, type Instant, mapOutcome, type Outcome, ok, refused, type StreamName, type StreamPage, type StreamRecord } from '../../../booking';
import type { Call, Transport } from '../../http';
import { LINK_CAPABILITIES } from '../link-crm';
import { unsupported } from '../handoff';
import type { Settings } from '../settings';
import * as calls from './calls';
import type { Context } from './context';
import { createFacts } from './facts';
import type { WidgetMemory } from './memory';
import { createReader, type Reader } from './reader';
import { availableDates, slots } from './slots';

export interface WidgetParts {
	/** From `createWidgetTransport`, with the same memory. */
	readonly transport: Transport;
	readonly memory: WidgetMemory;
	readonly companyId: string;
	readonly settings: Settings;
	readonly clock: () => Instant;
	readonly onUnknownValue: (field: string) => void;
}

export const WIDGET_CAPABILITIES: Capabilities = { ...LINK_CAPABILITIES, streams: ['company', 'services', 'staff'] };

const STREAM_MS = 300_000;

/** A company as its public page shows it. Reads only: what `handedOff` refuses stays refused. */
export function createWidgetCrm({ transport, memory, companyId, settings, clock, onUnknownValue }: WidgetParts, handedOff: BookingCrm): BookingCrm {
	const reader = createReader(transport, memory, settings);
	const source = { reader, companyId, settings, clock, count: onUnknownValue };
	const context: Context = { ...source, facts: createFacts(source) };
	return {
		...handedOff,
		capabilities: WIDGET_CAPABILITIES,
		company: () => context.facts.company(),
		services: async () => mapOutcome(await context.facts.catalogue(), (catalogue) => catalogue.services),
		staff: async () => mapOutcome(await context.facts.catalogue(), (catalogue) => catalogue.staff),
		availableDates: (query) => availableDates(context, query),
		slots: (query) => slots(context, query),
		stream: (name, window) => stream(reader, companyId, name, window.cursor),
	};
}

type Rows = Readonly<Record<string, unknown>> & { readonly id: string };

const rowsOf = (rows: readonly Rows[]): readonly StreamRecord[] => rows.map((row) => ({ id: row.id, data: row }));
const SOURCES: Readonly<Partial<Record<StreamName, (reader: Reader, companyId: string) => Promise<Outcome<readonly StreamRecord[]>>>>> = {
	company: (reader, c) => read(reader, calls.company(c), 'company', ({ company }) => rowsOf([company])),
	services: (reader, c) => read(reader, calls.services(c), 'services', ({ list }) => rowsOf(list.flatMap((group) => group.services))),
	staff: (reader, c) => read(reader, calls.masters(c), 'masters', ({ masters }) => rowsOf(Object.values(masters))),
};

async function read<T>(reader: Reader, call: Call<T>, key: string, rows: (value: T) => readonly StreamRecord[]): Promise<Outcome<readonly StreamRecord[]>> {
	return mapOutcome(await reader.ask(call, key, STREAM_MS), rows);
}

/** A page shows what it likes to its visitors: never exact. */
async function* stream(reader: Reader, companyId: string, name: StreamName, cursor: string | undefined): AsyncGenerator<Outcome<StreamPage>> {
	const source = SOURCES[name];
	if (source === undefined) return yield unsupported(`The booking page shows no ${name}; import an export of the back office, or listen to a gateway’s events.`);
	if (cursor !== undefined) return yield refused('invalid_request', 'This CRM gives one page and no cursor; start without a cursor.');
	const records = await source(reader, companyId);
	if (records.kind !== 'ok') return yield records;
	yield ok({ records: [...new Map(records.value.map((record) => [record.id, record])).values()], cursor: null, exact: false });
}
