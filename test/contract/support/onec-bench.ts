import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryLock } from '../../../core/crm/computed';
import { capabilitiesOf, createOnecReader, parseMapping, RATE_WINDOWS } from '../../../core/crm/onec';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { momentOf } from '../simulators/kit';
import type { ConfigurationName, OneCSwitches } from '../simulators/onec';
import { EMPTY_GUID } from '../simulators/onec/model';
import { TEST_KEYS } from '../../support/engines';
import { type Base, openBase, RESERVATION } from './onec-base';
import type { RivalOrder } from './onec-rival';
import { asJson, asText, COMMON_FAILURES, junkInJson, refusedWith, type Spoiling } from './vendor-spoil';
import { NOW, PHONE, RIVAL_PHONE, VENDOR_SALON, type VendorBench, type VendorUnderTest, type VendorWrites } from './vendor-bench';

/** How a salon of 1C is kept from two visits at one time, and whether its documents are posted. */
export interface OnecVariant {
	readonly configuration?: ConfigurationName;
	/** Over the preset. */
	readonly visit?: object;
	/** The base refuses taken cells by itself; rivals then share no lock. */
	readonly reservation?: boolean;
	readonly switches?: Partial<OneCSwitches>;
	readonly answers?: number;
}

/** Facts are kept for a minute by the base's clock; after so many leaps it is set back, long before the bench's day. */
const LEAP_MS = 61_000;
const LEAPS = 300;

const FAULT = { 'odata.error': { code: '', message: { lang: 'ru', value: 'x' } } };
const SPOILING: Spoiling = {
	failures: [
		...COMMON_FAILURES,
		...['', '[]', '{}', 'null', '7', '{"value":null}', '{"value":{}}', '{"value":[null]}', '{"value":["x"]}', '{"value":[[]]}'].map(asText),
		asJson(FAULT),
		asJson({ value: [], ...FAULT }),
		asText('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>'),
		asText('<?xml version="1.0"?><m:error xmlns:m="x"><m:code>-1</m:code><m:message>x</m:message></m:error>'),
		refusedWith(JSON.stringify(FAULT)),
	],
	junk: junkInJson,
};

/** The requests that decide whether a visit stands; posting, which follows them, has tests of its own. */
function writesOf({ visit, client }: Base['sets']): VendorWrites {
	const change = { rule: { method: 'PATCH', path: new RegExp(`/${visit}\\(`) } };
	return {
		book: [{ rule: { method: 'POST', path: new RegExp(`/${visit}$`) } }],
		move: [change],
		cancel: [change],
		createClient: [{ rule: { method: 'POST', path: new RegExp(`/${client}$`) } }],
	};
}

const SETS = { salon: { visit: 'Document_Событие', client: 'Catalog_Контрагенты' }, vet: { visit: 'Task_ПредварительнаяЗапись', client: 'Catalog_Клиенты' } };

/** The suites' view of a base. */
export function onecUnderTest(name: string, { configuration = 'salon', visit = {}, reservation = false, switches = {}, answers }: OnecVariant = {}): VendorUnderTest {
	const mapping = { visit, ...(reservation ? { reservation: RESERVATION } : {}) };
	return {
		name: `1C, ${name}`,
		capabilities: capabilitiesOf(parseMapping({ preset: configuration, ...mapping })),
		writes: writesOf(configuration === 'vet' ? SETS.vet : SETS.salon),
		spoiling: SPOILING,
		...(answers === undefined ? {} : { answers }),
		token: 'fixed',
		rival: { module: join(__dirname, 'onec-rival.ts'), order: (bench) => (bench as BaseBench).order },
		open: async ({ wrap, limits = false } = {}) => {
			const counting = limits ? { sharedTime: true, limiter: (clock: Base['clock']) => createMemoryLimiter({ windows: RATE_WINDOWS, clock: clock.now }) } : {};
			return benchOf(await openBase(VENDOR_SALON, { configuration, mapping, switches, ...counting, ...(wrap === undefined ? {} : { wrap }) }), reservation);
		},
	};
}

interface BaseBench extends VendorBench {
	readonly order: RivalOrder;
}

function benchOf(base: Base, reservation: boolean): BaseBench {
	const { sim, sets, crm, clock, furnished } = base;
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-onec-'));
	const { start = 'Date', staff = '', lines = null } = parseMapping(base.mapping).visit ?? {};
	const card = (name: string, phone: string): string =>
		String(sim.state.add(sets.client, { Description: name, КонтактнаяИнформация: [{ Тип: 'Телефон', Вид_Key: furnished.phoneKind.Ref_Key, Представление: phone, НомерТелефона: phone.slice(1) }] }).Ref_Key);
	const live = () =>
		[...sim.state.rowsOf(sets.visit).values()]
			.filter(({ DeletionMark }) => DeletionMark !== true)
			.map((row) => ({ id: String(row.Ref_Key), staffId: String(row[staff]), start: momentOf(String(row[start]), sim.state.zone) ?? Number.NaN }));
	let leaps = 0;
	return {
		order: {
			baseUrl: sim.url, login: sim.login, password: sim.password, mapping: base.mapping, plan: base.plan, now: NOW,
			store: reservation ? null : { config: { engine: 'sqlite', path: join(folder, 'store.sqlite') }, keys: TEST_KEYS },
		},
		crm, clock, live,
		serviceId: base.serviceId('cut'),
		staffId: base.staffId('Anna'),
		otherStaffId: base.staffId('Maria'),
		clientId: card('Вера', PHONE),
		rivalClientId: card('Мария', RIVAL_PHONE),
		faults: sim.faults,
		requests: sim.requests,
		token: { expire: () => void sim.state.users.splice(0) },
		cards: (phone) => [...sim.state.rowsOf(sets.client).values()].filter((row) => row.DeletionMark !== true && JSON.stringify(row['КонтактнаяИнформация']).includes(`"${phone.slice(1)}"`)).map(({ Ref_Key: id }) => String(id)),
		addCard: card,
		sync: {
			reader: createOnecReader({ mapping: base.mapping, plan: base.plan }),
			clock: sim.clock,
			card,
			rename: (id, name) => sim.state.change(sets.client, id, { Description: name }),
			empty: (id) => sim.state.change(sets.visit, id, { [staff]: EMPTY_GUID, ...(lines === null ? {} : { [lines.section]: [] }) }),
			drop: (kind, id) => void sim.state.rowsOf(kind === 'client' ? sets.client : sets.visit).delete(id),
		},
		wipe: (keep) => {
			for (const { id } of live()) if (!keep.has(id)) sim.state.change(sets.visit, id, { DeletionMark: true, Posted: false });
			for (const cell of reservation ? [...sim.state.rowsOf(RESERVATION.entity).keys()] : []) sim.state.rowsOf(RESERVATION.entity).delete(cell);
		},
		forget: () => sim.clock.set(new Date(Date.parse(NOW) + (leaps = (leaps + 1) % LEAPS) * LEAP_MS).toISOString()),
		rival: () => base.adapter(reservation ? { lock: createMemoryLock() } : { wrap: (port) => port }),
		close: async () => {
			rmSync(folder, { recursive: true, force: true });
			await base.close();
		},
	};
}
