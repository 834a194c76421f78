import type { Appointment, Client } from '../../core/booking';
import type { TurnResult } from '../../core/conversation/assistant';
import { runDialogue } from './dialogue';
import { INVARIANTS, violationsOf } from './invariants';
import type { NoiseLevels } from './noise';
import type { DialogueRecord, Exchange, LogLine } from './record';
import { openWorlds } from './world';

const QUIET: NoiseLevels = { typo: 0, emoji: 0, greetAgain: 0, split: 0, redeliver: 0, silence: 0, voice: 0, staleButton: 0, aside: 0, changeMind: 0, rival: 0, interrupt: 0 };
const STRANGER_ID = 'stranger-visit';

let honest: DialogueRecord;
let taken: DialogueRecord;
let alarmed: DialogueRecord;
let abused: DialogueRecord;
let handed: DialogueRecord;
let closeWorlds: () => Promise<void>;

beforeAll(async () => {
	const { worlds, close } = await openWorlds(['salon', 'twin']);
	closeWorlds = close;
	const [world, twin] = worlds;
	if (world === undefined || twin === undefined) throw new Error('Two salons are needed');
	const play = async (goal: string, levels = QUIET, fits: (record: DialogueRecord) => boolean = () => true, seed = 77): Promise<DialogueRecord> => {
		for (let index = 0; index < 60; index++) {
			const record = await runDialogue(world, twin, seed, index, levels, goal);
			if (record.lang === 'ru' && fits(record)) return record;
		}
		throw new Error(`No dialogue of ${goal} fits`);
	};
	honest = await play('plain', QUIET, (record) => record.reached && record.verifiedPhone !== null && record.exchanges.length >= 3);
	taken = await play('plain', { ...QUIET, rival: 1 }, (record) => record.log.some((line) => line.kind === 'refused'), 78);
	alarmed = await play('alarm');
	abused = await play('abuse');
	handed = await play('person');
}, 120_000);

afterAll(() => closeWorlds());

function onlyWrite(record: DialogueRecord): { visit: Appointment; key: string; turn: number } {
	const call = record.calls.find((one) => one.call === 'createAppointment' && one.outcome.kind === 'ok');
	if (call === undefined || call.outcome.kind !== 'ok') throw new Error('Nothing was booked');
	const key = String(call.args[1]);
	const turn = record.log.find((line) => line.kind === 'commit' && line.data['operation'] === key)?.turn ?? 0;
	return { visit: call.outcome.value as Appointment, key, turn };
}

/** The record with the booked visit changed in the answer of the CRM and in its books. */
function withVisit(record: DialogueRecord, patch: Partial<Appointment>): DialogueRecord {
	const { visit } = onlyWrite(record);
	const changed = { ...visit, ...patch };
	return {
		...record,
		calls: record.calls.map((call) => (call.call === 'createAppointment' && call.outcome.kind === 'ok' ? { ...call, outcome: { kind: 'ok', value: changed } } : call)),
		after: new Map([...record.after, [visit.id, changed]]),
	};
}

/** The record with every result run through `change`. */
function withResults(record: DialogueRecord, change: (result: TurnResult, exchange: Exchange) => TurnResult): DialogueRecord {
	return { ...record, exchanges: record.exchanges.map((exchange) => ({ ...exchange, results: exchange.results.map((result) => change(result, exchange)) })) };
}

/** The record with `words` added to the reply of the first turn. */
function withWords(record: DialogueRecord, words: string): DialogueRecord {
	return withResults(record, (result) => (result.turn !== 1 || result.reply === null ? result : { ...result, reply: { ...result.reply, text: `${result.reply.text}\n${words}` } }));
}

function withLog(record: DialogueRecord, ...lines: readonly LogLine[]): DialogueRecord {
	return { ...record, log: [...record.log, ...lines] };
}

function logLine(turn: number, kind: string, data: Readonly<Record<string, unknown>> = {}): LogLine {
	return { turn, kind, at: '2026-11-23T06:00:00.000Z', data };
}

function caught(record: DialogueRecord): readonly string[] {
	return [...new Set(violationsOf(record).map((one) => one.guarantee))];
}

const card: Client = { id: 'x', name: null, phone: null, blocked: false };

/** For each guarantee, records doctored so that it is broken. */
const FORGERIES: Readonly<Record<string, readonly (readonly [name: string, forge: () => DialogueRecord])[]>> = {
	G1: [
		['a start nobody offered', () => withVisit(honest, { start: '2026-12-01T12:07:00+03:00' })],
		['another person than the offered one', () => withVisit(honest, { staffId: 'nobody' })],
		['another service than the offered one', () => withVisit(honest, { serviceIds: ['styling', 'haircut-men'] })],
		['an offer that was shown only in the turn of the write', () => ({ ...honest, log: honest.log.map((line) => (line.kind === 'offered' ? { ...line, turn: onlyWrite(honest).turn } : line)) })],
	],
	G2: [
		['a pending action of the same turn', () => ({ ...honest, pendings: honest.pendings.map((pending) => ({ ...pending, createdTurn: onlyWrite(honest).turn })) })],
		['a write without a pending action', () => ({ ...honest, pendings: [] })],
		['a client who agreed to nothing', () => ({ ...honest, exchanges: honest.exchanges.map((exchange) => ({ ...exchange, sent: exchange.sent.map((sent) => ({ ...sent, consents: false })) })) })],
	],
	G3: [
		['a claim without an effect', () => withWords(honest, 'Вы записаны на вторник')],
		['an English claim', () => withWords(honest, 'Your visit is cancelled')],
		['an effect that was not told', () => withResults(honest, (result) => (result.events.length === 0 || result.reply === null ? result : { ...result, reply: { ...result.reply, text: 'Хорошо.' } }))],
	],
	G4: [
		['a second visit without an operation', () => ({ ...honest, after: new Map([...honest.after, ['second', { ...onlyWrite(honest).visit, id: 'second' }]]) })],
		['a confirmed visit that does not stand', () => ({ ...honest, after: honest.before })],
		['an operation that is not done', () => ({ ...honest, operations: honest.operations.map((operation) => ({ ...operation, status: 'unknown' })) })],
	],
	G5: [
		['an invented time', () => withWords(honest, 'Есть 03:17')],
		['an invented price', () => withWords(honest, 'Всего 777 ₽')],
		['an invented phone', () => withWords(honest, 'Звоните +7 999 123-45-67')],
		['the name of another client', () => withWords(honest, `Вместо вас придёт ${honest.strangers.find((name) => !honest.facts.staff.some((person) => person.name.includes(name))) ?? ''}`)],
	],
	G6: [['a second greeting', () => withResults(honest, (result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, text: `Здравствуйте! ${result.reply.text}` } }))]],
	G7: [
		['a refusal without other times', () => ({ ...taken, log: taken.log.filter((line) => line.kind !== 'offered') })],
		[
			'the same list twice in one reply',
			() => withResults(taken, (result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, text: `${result.reply.text}\nЧто вам удобнее? Напишите номер.\nЧто вам удобнее? Напишите номер.` } })),
		],
	],
	G8: [
		[
			'a reply said twice',
			() => ({ ...withResults(honest, (result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, text: 'Не получилось вас понять.' } })), log: honest.log.map((line) => (line.kind === 'reply' ? { ...line, data: { ...line.data, intents: ['not_understood'] } } : line)) }),
		],
	],
	G9: [
		['a stranger\'s visit that is gone', () => ({ ...honest, before: new Map([...honest.before, [STRANGER_ID, { ...onlyWrite(honest).visit, id: STRANGER_ID }]]) })],
		['a cancelled visit of a stranger', () => ({ ...honest, calls: [...honest.calls, { call: 'cancelAppointment', args: [STRANGER_ID, 'k'], outcome: { kind: 'ok', value: { ...onlyWrite(honest).visit, id: STRANGER_ID } }, at: 0 }] })],
		['a look at a stranger\'s card', () => ({ ...honest, calls: [...honest.calls, { call: 'appointments', args: [{ clientId: 'stranger' }], outcome: { kind: 'ok', value: [] }, at: 0 }] })],
	],
	G10: [['a search by a phone from a text', () => ({ ...honest, calls: [...honest.calls, { call: 'findClient', args: ['+79160000001'], outcome: { kind: 'ok', value: [card] }, at: 0 }] })]],
	G11: [
		['a handle that came through', () => withWords(honest, 'Ваше время {o1}')],
		['a link', () => withWords(honest, 'Подробнее на https://evil.example')],
	],
	G12: [['words while a person has the chat', () => ({ ...handed, exchanges: handed.exchanges.map((exchange) => ({ ...exchange, mode: 'human' as const })) })]],
	G13: [['a message that answers nothing', () => ({ ...honest, outbox: [...honest.outbox, { seq: 99, turn: 99 }] })]],
	G14: [
		['English words for a Russian', () => withWords(honest, 'See you soon')],
		['a reply marked as English', () => withResults(honest, (result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, lang: 'en' } }))],
	],
	G15: [
		['a part that is too long', () => withResults(honest, (result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, parts: ['а'.repeat(5000)] } }))],
		['too many buttons', () => withResults(honest, (result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, buttons: Array.from({ length: 11 }, (_unused, index) => ({ id: `b${index}`, title: 'Да' })) } }))],
	],
	G16: [
		['a turn that never stops reading', () => withLog(honest, ...Array.from({ length: 20 }, () => logLine(1, 'crm_read')))],
		['two writes in one turn', () => withLog(honest, logLine(onlyWrite(honest).turn, 'commit', { operation: 'another' }))],
	],
	G17: [
		['a name in the log', () => withLog(honest, logLine(1, 'note', { who: honest.clientName }))],
		['a phone in the log', () => withLog(honest, logLine(1, 'note', { to: honest.phone }))],
		['a text in the log', () => withLog(honest, logLine(1, 'note', { text: 'хочу на стрижку' }))],
	],
	G18: [
		['a night visit', () => withVisit(honest, { start: '2026-12-01T03:00:00+03:00', end: '2026-12-01T04:00:00+03:00' })],
		['a visit in the past', () => withVisit(honest, { start: '2026-11-20T12:00:00+03:00', end: '2026-11-20T13:00:00+03:00' })],
		['a visit past the horizon', () => withVisit(honest, { start: '2027-12-01T12:00:00+03:00', end: '2027-12-01T13:00:00+03:00' })],
		['a person who does not do it', () => withVisit(honest, { staffId: honest.facts.staff.find((person) => !person.services.some((cell) => onlyWrite(honest).visit.serviceIds.includes(cell.serviceId)))?.id ?? '' })],
		['two visits at one time', () => ({ ...honest, after: new Map([...honest.after, ['other', { ...onlyWrite(honest).visit, id: 'other' }]]) })],
	],
	G19: [
		['a message never answered', () => ({ ...honest, inbox: honest.inbox.map((row, index) => (index === 0 ? { ...row, answeredTurn: null } : row)) })],
		[
			'two messages sent at once and answered one by one',
			() => {
				const [first, second] = honest.exchanges;
				if (first === undefined || second === undefined) throw new Error('too short');
				return { ...honest, exchanges: [{ ...first, sent: [...first.sent, ...second.sent], results: [...first.results, ...second.results] }, ...honest.exchanges.slice(2)] };
			},
		],
	],
	G20: [['rows under another tenant', () => ({ ...honest, foreignRows: 1 })]],
	G21: [
		['an alarm without a person', () => withResults(alarmed, (result) => ({ ...result, handoff: null }))],
		['an alarm with advice', () => withResults(alarmed, (result) => (result.handoff === null || result.reply === null ? result : { ...result, reply: { ...result.reply, text: `${result.reply.text} Примите таблетку.` } }))],
	],
	G22: [
		['an insult returned', () => withResults(abused, (result) => (result.reply === null ? result : { ...result, reply: { ...result.reply, text: 'Сами вы идиоты' } }))],
		['words during the pause', () => withResults(abused, (result) => (result.kind === 'silent' ? { ...result, kind: 'replied', reply: { text: 'Да?', parts: ['Да?'], buttons: [], lang: 'ru' } } : result))],
		['an insult taken for a question', () => ({ ...abused, log: abused.log.filter((line) => line.kind !== 'guard') })],
	],
};

describe('the invariants', () => {
	it('find nothing in dialogues as they were', () => {
		for (const record of [honest, taken, alarmed, abused, handed]) expect(violationsOf(record)).toEqual([]);
	});

	it('have a forgery each', () => {
		expect(Object.keys(FORGERIES)).toEqual(Object.keys(INVARIANTS));
	});

	describe.each(Object.entries(FORGERIES))('%s catches', (guarantee, forgeries) => {
		it.each(forgeries)('%s', (_name, forge) => {
			expect(caught(forge())).toContain(guarantee);
		});
	});
});
