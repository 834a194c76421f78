import { choicesOf } from '../hearing';
import { calendarWords } from '../when';
import { SALON_SERVICES, SALON_STAFF, SCENARIO_NOW, startAt } from './salon';
import type { FactName } from './scenario';
import type { Played } from './stage';
import { DOUBLE_COMPANY } from '../../support/double-salon';

/** Replies as a client reads them, non-breaking spaces as plain ones. */
export function repliesOf(played: Played): readonly string[] {
	return played.turns.flatMap(({ results }) => results.flatMap(({ kind, reply }) => (kind === 'replied' && reply !== null ? [plain(reply.text)] : [])));
}

function plain(text: string): string {
	return text.replace(/[\u00A0\u202F]/g, ' ');
}

/** The facts of a scenario that no reply told. */
export function unsaid(played: Played): readonly FactName[] {
	return played.scenario.says.filter((fact) => {
		const [kind = '', id = ''] = fact.split(':');
		const check = CHECKS[kind];
		if (check === undefined) throw new RangeError(`Nobody knows the fact ${fact}`);
		return !check(played, id);
	});
}

type FactCheck = (played: Played, id: string) => boolean;

/** Every fact by the salon's own data: this file formats nothing with the code it judges. */
const CHECKS: Readonly<Record<string, FactCheck>> = {
	price: (played, id) => {
		const rubles = (SALON_SERVICES.find((service) => service.id === id)?.price?.min ?? 0) / 100;
		const digits = String(rubles).replace(/(\d)(\d{3})$/, '$1[ ,.]?$2');
		return anyReply(played, new RegExp(`(?<!\\d)${digits} ?(₽|руб|RUB)`));
	},
	duration: (played, id) => {
		const minutes = SALON_SERVICES.find((service) => service.id === id)?.durationMinutes ?? 0;
		const hours = Math.floor(minutes / 60);
		const rest = minutes % 60;
		const composed = [hours > 0 ? `${hours} ?(ч|h)[а-яa-z]*` : '', rest > 0 ? `${rest} ?(мин|min)[а-яa-z]*` : ''].filter((part) => part !== '').join('\\s?');
		return anyReply(played, new RegExp(`(?<!\\d)(${minutes} ?(мин|min)|${composed})`));
	},
	staff: (played, id) => saysText(played, SALON_STAFF.find((person) => person.id === id)?.name ?? '?'),
	title: (played, id) => {
		const service = SALON_SERVICES.find((one) => one.id === id);
		return [service?.title ?? '?', ...(service?.aliases ?? [])].some((name) => saysText(played, name));
	},
	visit: (played, key) => {
		const start = played.scenario.visits[key]?.start ?? '';
		return saysStart(repliesOf(played), startAt(start), played.scenario.lang);
	},
	address: (played) => saysText(played, DOUBLE_COMPANY.address ?? '?'),
	phone: (played) => repliesOf(played).some((reply) => reply.replace(/\D/g, '').includes((DOUBLE_COMPANY.phone ?? '?').replace(/\D/g, ''))),
	hours: (played) => anyReply(played, /10:00\D{1,4}20:00/),
	emergency: (played) => anyReply(played, /(?<!\d)112(?!\d)/),
	effect: (played) =>
		played.turns.every(({ results }) =>
			results.every(({ events, reply }) =>
				events.every((event) => !('appointment' in event) || (reply !== null && saysStart([plain(reply.text)], event.appointment.start, played.scenario.lang))),
			),
		) && played.turns.some(({ results }) => results.some(({ events }) => events.some((event) => 'appointment' in event))),
	alternatives: (played) => {
		const { lost } = played;
		if (lost === null) return repliesOf(played).some((reply) => choicesOf(reply, SCENARIO_NOW).length > 0);
		const at = played.turns.findIndex(({ line }) => line.consents === true);
		const reply = played.turns[at]?.results.find((result) => result.kind === 'replied')?.reply?.text ?? '';
		const others = choicesOf(reply, SCENARIO_NOW);
		return others.length > 0 && others.every((choice) => choice.date !== lost.slice(0, 10) || choice.time !== lost.slice(11, 16) || /\p{L}/u.test(choice.text));
	},
};

function anyReply(played: Played, pattern: RegExp): boolean {
	return repliesOf(played).some((reply) => pattern.test(reply));
}

function saysText(played: Played, text: string): boolean {
	return repliesOf(played).some((reply) => reply.toLowerCase().includes(text.toLowerCase()));
}

function saysStart(replies: readonly string[], start: string, lang: 'ru' | 'en'): boolean {
	const local = new Date(Date.parse(start) + 3 * 3_600_000).toISOString();
	return replies.some((reply) => reply.includes(local.slice(11, 16)) && reply.includes(calendarWords(local.slice(0, 10), lang)));
}
