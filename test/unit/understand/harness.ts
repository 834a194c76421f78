import type { Act } from '../../../core/conversation/acts';
import type { UnderstandInput } from '../../../core/conversation/understand/understander';
import { CATALOGUE } from './catalogue';

/** Saturday, ten in the morning. */
export const NOW = '2026-11-21T10:00:00+03:00';

export function input(text: string, context: Partial<UnderstandInput> = {}): UnderstandInput {
	return {
		text,
		lang: 'ru',
		now: NOW,
		catalogue: CATALOGUE,
		phase: 'idle',
		question: null,
		offers: [],
		records: [],
		bookingInProgress: false,
		managing: false,
		aids: null,
		...context,
	};
}

const LABELS = [
	['serviceText', 'service'], ['whenText', 'when'], ['staffText', 'staff'], ['forOther', 'guest'], ['nameText', 'name'], ['phoneText', 'phone'], ['recordText', 'record'],
] as const;

/** An act in one line: `book service[маникюр] when[завтра]`. The text of a question is the whole message and is left out. */
export function show(act: Act): string {
	const head = [act.type as string];
	if (act.type === 'ask') head.push(act.topic);
	if (act.type === 'pick') head.push(act.ref);
	if (act.type === 'manage') head.push(act.op);
	if (act.type === 'smalltalk') head.push(act.kind);
	if (act.type === 'correct') head.push(`${act.field}[${act.text}]`);
	const fields: Readonly<Record<string, unknown>> = { ...act };
	const said = LABELS.flatMap(([key, label]) => (fields[key] === undefined ? [] : [`${label}[${String(fields[key])}]`]));
	return [...head, ...said].join(' ');
}

const offers = [
	{ ref: 'o1', start: '2026-11-22T11:00:00+03:00', staffId: 'maria' },
	{ ref: 'o2', start: '2026-11-22T12:30:00+03:00', staffId: 'maria' },
	{ ref: 'o3', start: '2026-11-22T15:00:00+03:00', staffId: 'maria' },
	{ ref: 'o4', start: '2026-11-23T15:00:00+03:00', staffId: 'ivan' },
];

/** Places of a conversation in which the same words mean different things. */
export const AT = {
	idle: {},
	collecting: { phase: 'collecting', bookingInProgress: true },
	askDay: { phase: 'collecting', bookingInProgress: true, question: { kind: 'day' } },
	askTime: { phase: 'collecting', bookingInProgress: true, question: { kind: 'time' } },
	askService: { phase: 'collecting', bookingInProgress: true, question: { kind: 'service', options: ['haircut-f', 'haircut-m', 'haircut-k'] } },
	askStaff: { phase: 'collecting', bookingInProgress: true, question: { kind: 'staff', options: ['anna', 'maria', 'ivan'] } },
	askHalf: { phase: 'collecting', bookingInProgress: true, question: { kind: 'am_pm', times: ['08:00', '20:00'] } },
	askWeek: { phase: 'collecting', bookingInProgress: true, question: { kind: 'which_week', dates: ['2026-11-27', '2026-12-04'] } },
	offering: { phase: 'offering', bookingInProgress: true, question: { kind: 'offer' }, offers },
	askName: { phase: 'collecting', bookingInProgress: true, question: { kind: 'name' } },
	askNamePicked: { phase: 'collecting', bookingInProgress: true, question: { kind: 'name' }, offers: [{ ref: 'o1', start: '2026-11-22T11:00:00+03:00', staffId: 'maria' }] },
	askPhone: { phase: 'collecting', bookingInProgress: true, question: { kind: 'phone' } },
	askContact: { phase: 'collecting', bookingInProgress: true, question: { kind: 'name_phone' } },
	confirming: { phase: 'confirming', bookingInProgress: true, question: { kind: 'confirm' } },
	choosing: { phase: 'managing', managing: true, question: { kind: 'record', op: 'cancel' }, records: [{ ref: 'r1' }, { ref: 'r2' }] },
	moving: { phase: 'managing', managing: true, question: { kind: 'day' } },
	askClient: { phase: 'managing', managing: true, question: { kind: 'client_choice', options: ['c1', 'c2'] } },
} as const satisfies Record<string, Partial<UnderstandInput>>;
