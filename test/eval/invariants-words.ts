import type { Appointment, PriceRange, Slot } from '../../core/booking';
import type { Reply } from '../../core/conversation/message';
import { FAVOURS, FOREIGN_SCRIPTS, GREETINGS, INVENTED, LEAKS, WORDED_FACTS } from './detectors';
import { linesOf, type Check } from './invariants-writes';
import type { DialogueRecord } from './record';

const HOUR = 3_600_000;
const SESSION_MS = 12 * HOUR;
const MOSCOW_MS = 3 * HOUR;

/** Every new reply with its turn and the instant of the client's message. */
function repliesOf(record: DialogueRecord): readonly { reply: Reply; turn: number; at: number; intents: readonly string[]; said: string }[] {
	return record.exchanges.flatMap(({ at, sent, results }) =>
		results.flatMap(({ reply, turn, kind }) => {
			if (kind !== 'replied' || reply === null || turn === null) return [];
			const intents = linesOf(record, turn, 'reply').flatMap((line) => line.data['intents'] as readonly string[]);
			return [{ reply, turn, at, intents, said: sent.map(({ message }) => message.text).join('\n') }];
		}),
	);
}

function moscowTime(instant: string): string {
	return new Date(Date.parse(instant) + MOSCOW_MS).toISOString().slice(11, 16);
}

/** Everything the CRM has said in this dialogue, as it may be shown. */
function knownOf(record: DialogueRecord): { times: ReadonlySet<string>; prices: ReadonlySet<number> } {
	const times = new Set<string>();
	const prices = new Set<number>();
	const price = (one: PriceRange | null | undefined): void => {
		if (one) prices.add(one.min).add(one.max);
	};
	for (const { outcome, call } of record.calls) {
		if (outcome.kind !== 'ok') continue;
		const found = call === 'slots' || call === 'appointments' ? (outcome.value as readonly (Slot | Appointment)[]) : call.endsWith('Appointment') || call === 'findByOperation' ? [outcome.value as Appointment | null] : [];
		for (const one of found) {
			if (one === null) continue;
			times.add(moscowTime(one.start)).add(moscowTime(one.end));
			price(one.price);
		}
	}
	for (const ranges of Object.values(record.facts.company.workingHours)) for (const range of ranges) times.add(range.from).add(range.to);
	for (const service of record.facts.services) price(service.price);
	for (const person of record.facts.staff) for (const cell of person.services) price(cell.price);
	return { times, prices };
}

/** Hours a client has named, on either half of the dial: «в 4» may be asked back as 04:00 or 16:00. */
function namedHours(record: DialogueRecord): ReadonlySet<number> {
	const texts = record.exchanges.flatMap(({ sent }) => sent.map(({ message }) => message.text)).join(' ');
	return new Set([...texts.matchAll(/\d{1,2}/g)].map((match) => Number(match[0]) % 12));
}

/** G5: every time, price, phone and person's name in a reply comes from the CRM or from the client. */
export const onlyFacts: Check = (record) => {
	const { times, prices } = knownOf(record);
	const named = namedHours(record);
	const staffWords = record.facts.staff.flatMap((person) => person.name.split(' '));
	const ownNames = [record.clientName, record.guestName ?? '', ...staffWords];
	// A name the client has written tells the client nothing new.
	const said = record.exchanges.flatMap(({ sent }) => sent.map(({ message }) => message.text)).join(' ');
	const strangers = record.strangers.filter((name) => !ownNames.includes(name) && !said.includes(name));
	const phone = record.facts.company.phone?.replace(/\D/g, '') ?? '';
	return repliesOf(record).flatMap(({ reply, turn, intents }) => {
		const complaints: string[] = [];
		for (const [time] of reply.text.matchAll(/(?<!\d)\d{1,2}:\d{2}(?!\d)/g)) {
			const echoed = intents.includes('ask_am_pm') && named.has(Number(time.slice(0, 2)) % 12);
			if (!times.has(time) && !echoed) complaints.push(`turn ${turn} names ${time}, which the CRM never did`);
		}
		for (const match of reply.text.matchAll(/(\d[\d\u00A0 .,]*?)[\u00A0 ]?(?:₽|руб|RUB)/g)) {
			const minor = Math.round(Number((match[1] ?? '').replace(/[\u00A0 ,]/g, '')) * 100);
			if (!prices.has(minor)) complaints.push(`turn ${turn} names the price ${match[0]}, which is not in the CRM`);
		}
		for (const [run] of reply.text.matchAll(/\+?\d[\d\u00A0 ()-]{8,}\d/g)) {
			if (run.replace(/\D/g, '') !== phone) complaints.push(`turn ${turn} names a phone that is not the salon's`);
		}
		const worded = [INVENTED, FAVOURS, WORDED_FACTS].flatMap((pattern) => pattern.exec(reply.text)?.[0] ?? []);
		for (const words of worded) complaints.push(`turn ${turn} says «${words}», which no data holds`);
		for (const [word] of reply.text.matchAll(/\p{Lu}\p{Ll}+/gu)) {
			if (strangers.includes(word)) complaints.push(`turn ${turn} names ${word}, who is a stranger`);
		}
		return complaints;
	});
};

/** G6: a greeting only as the first word of a session, by this file's own reckoning of sessions. */
export const oneGreeting: Check = (record) => {
	const complaints: string[] = [];
	let lastAt: number | null = null;
	let greetedAt: number | null = null;
	for (const { at, results } of record.exchanges) {
		const silence: number = lastAt === null ? Infinity : at - lastAt;
		const newDay: boolean = greetedAt !== null && dateOf(greetedAt) !== dateOf(at) && silence >= HOUR;
		const mayGreet: boolean = greetedAt === null || silence >= SESSION_MS || newDay;
		let greetings = 0;
		for (const { reply, kind } of results) if (kind === 'replied') greetings += (reply?.text.match(GREETINGS) ?? []).length;
		if (greetings > (mayGreet ? 1 : 0)) complaints.push(`${greetings} greetings at ${new Date(at).toISOString()}, ${mayGreet ? 1 : 0} allowed`);
		if (greetings > 0) greetedAt = at;
		lastAt = at;
	}
	return complaints;
};

function dateOf(ms: number): string {
	return new Date(ms + MOSCOW_MS).toISOString().slice(0, 10);
}

const ASKED_AGAIN = /^(offer|no_offers|confirm_|ask_|choose_record|records|already_done|handoff)/;

/** The questions of a turn, by their topics. */
function topicsOf(record: DialogueRecord, turn: number): string {
	return linesOf(record, turn, 'answered').map((line) => String(line.data['topic'])).join();
}

/** What a client wants of visits already booked, as it was understood. */
function wishesOf(record: DialogueRecord, turn: number): string {
	return linesOf(record, turn, 'understood').flatMap((line) => line.data['acts'] as readonly string[]).filter((act) => act === 'manage').join();
}

/** G8: the same text is not sent twice in a row, unless something is asked again, or the client asks for the same again. */
export const noRepetition: Check = (record) => {
	const replies = repliesOf(record);
	return replies.flatMap(({ reply, turn, intents, said }, index) => {
		const previous = replies[index - 1];
		if (previous === undefined || previous.reply.text !== reply.text) return [];
		const sameQuestion = topicsOf(record, turn) !== '' && topicsOf(record, turn) === topicsOf(record, previous.turn);
		const insists = wishesOf(record, turn) !== '' && wishesOf(record, turn) === wishesOf(record, previous.turn);
		if (sameQuestion || insists || intents.some((intent) => ASKED_AGAIN.test(intent)) || previous.said === said) return [];
		return [`turn ${turn} repeats the reply before it: ${intents.join(', ')}`];
	});
};

/** G11: nothing of what clients try to smuggle in comes out. */
export const onlyData: Check = (record) =>
	repliesOf(record).flatMap(({ reply, turn }) => (LEAKS.test(reply.text) ? [`turn ${turn} carries what it should not`] : []));

/** G14: the reply is in the language of the client. */
export const sameLanguage: Check = (record) => {
	const { services, staff, company } = record.facts;
	const facts = [
		...services.flatMap((service) => [service.title, ...service.aliases, service.category ?? '']),
		...staff.flatMap((person) => [...person.name.split(' '), person.position ?? '']),
		company.name, company.address ?? '', record.clientName, record.guestName ?? '',
	].filter((fact) => fact !== '').sort((left, right) => right.length - left.length);
	const foreign = record.lang === 'ru' ? /[a-z]{3,}/i : /[а-яё]{2,}/i;
	let mixed = false;
	let told = false;
	return record.exchanges.flatMap(({ sent, results }) => {
		mixed ||= sent.some(({ message }) => message.kind === 'text' && (record.lang === 'ru' ? /[a-z]{4,}/i : /[а-яё]{3,}/i).test(message.text));
		// Before the client's first words nobody can know the language.
		told ||= sent.some(({ message }) => /\p{L}{2}/u.test(message.text));
		if (mixed || !told) return [];
		return results.flatMap(({ reply, kind, turn }) => {
			if (kind !== 'replied' || reply === null) return [];
			let text = reply.text.toLowerCase();
			for (const fact of facts) text = text.replaceAll(fact.toLowerCase(), ' ');
			const word = foreign.exec(text)?.[0];
			const script = FOREIGN_SCRIPTS.exec(text)?.[0];
			return reply.lang === record.lang && word === undefined && script === undefined ? [] : [`turn ${turn} is not in ${record.lang}: ${word ?? script ?? reply.lang}`];
		});
	});
};

/** G15: a reply fits its channel. */
export const fitsChannel: Check = (record) => {
	const { textLimit, maxButtons, buttonTitleLimit } = record.channel;
	return repliesOf(record).flatMap(({ reply, turn }) => {
		const complaints: string[] = [];
		if (reply.text.trim() === '' || reply.parts.length === 0) complaints.push(`turn ${turn} is empty`);
		if (reply.parts.some((part) => part.length > textLimit)) complaints.push(`turn ${turn} has a part that is too long`);
		if (reply.parts.length > 2) complaints.push(`turn ${turn} has ${reply.parts.length} parts`);
		if (reply.buttons.length > maxButtons) complaints.push(`turn ${turn} has too many buttons`);
		if (reply.buttons.some((button) => [...button.title].length > buttonTitleLimit || button.title.trim() === '')) complaints.push(`turn ${turn} has a button title that does not fit`);
		return complaints;
	});
};
