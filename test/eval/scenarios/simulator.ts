import type { Service } from '../../../core/booking';
import type { Intent } from '../../../core/conversation/compose/utterance';
import { choicesOf, type Choice, type Heard } from '../hearing';
import { calendarWords, datesIn } from '../when';
import { fill, book, pick, presses, yes, no, correct, type Line } from './lines';
import { SALON_SERVICES, SALON_STAFF } from './salon';
import type { Scenario, WantedVisit } from './scenario';

export const CLIENT_PHONE = '+79161112233';
const PHONE_AS_WRITTEN = '8 916 111-22-33';
const PATIENCE = 3;

/** Somebody who answers the assistant; null ends the dialogue. */
export interface SimulatedClient {
	next(heard: Heard | null): Promise<Line | null> | Line | null;
}

/**
 * The client of a scenario: says its own lines first, then answers what it is asked from its wish, checks every summary
 * against the wish before it agrees, and loses patience.
 */
export class ScriptedClient implements SimulatedClient {
	/** What the client wants now: the first of its wishes that no effect has met. */
	wish: WantedVisit | null;
	private readonly wishes: WantedVisit[];
	private readonly opens: Line[];
	private readonly afterwards: Line[];
	private readonly answers: Map<string, Line[]>;
	private corrected = 0;
	private insisted = 0;
	private ended = false;

	constructor(
		readonly scenario: Scenario,
		private readonly nowMs: () => number,
	) {
		const { end } = scenario;
		this.wishes = [...(end.booked ?? []), ...Object.values(end.moved ?? {})];
		this.wish = this.wishes[0] ?? null;
		this.opens = [...scenario.opens];
		this.afterwards = [...scenario.afterwards];
		this.answers = new Map(Object.entries(scenario.answers).map(([intent, lines]) => [intent, [...lines]]));
	}

	next(heard: Heard | null): Line | null {
		const opening = this.opens.shift();
		if (opening !== undefined) return opening;
		if (heard === null) return null;
		if (heard.effects.length > 0) {
			this.ended = true;
			this.meet(heard);
			const further = this.afterwards.shift();
			if (further !== undefined || this.wish === null) return further ?? null;
		}
		if (heard.handedOver) return this.afterwards.shift() ?? null;
		for (const intent of [...heard.intents].reverse()) {
			const scripted = this.answers.get(intent)?.shift();
			if (scripted !== undefined) return scripted;
			const reaction = this.hasGoal ? REACTIONS[intent as Intent] : undefined;
			if (reaction !== undefined) return reaction(this, heard);
		}
		if (this.ended || !this.hasGoal) return this.afterwards.shift() ?? null;
		return this.insist();
	}

	/** A told effect meets the wish it fits; the next one is on the client's mind then. */
	private meet(heard: Heard): void {
		if (!heard.effects.some((effect) => effect === 'booked' || effect === 'rescheduled')) return;
		const at = this.wishes.findIndex((wish) => this.describes(heard.reply?.text ?? '', wish));
		this.wishes.splice(Math.max(at, 0), 1);
		this.wish = this.wishes[0] ?? null;
	}

	private describes(text: string, wish: WantedVisit): boolean {
		return wish.services.every((id) => [serviceOf(id).title, ...serviceOf(id).aliases].some((name) => standsIn(name.toLowerCase(), text.toLowerCase())));
	}

	/** Nobody answers a client who wants nothing more. */
	private get hasGoal(): boolean {
		const { booked, moved, cancelled } = this.scenario.end;
		return booked !== undefined || moved !== undefined || cancelled !== undefined;
	}

	get ru(): boolean {
		return this.scenario.lang === 'ru';
	}

	/** Says the wish again in the plainest words. */
	private insist(): Line | null {
		if (this.wish === null || ++this.insisted > PATIENCE) return null;
		const service = this.serviceWords();
		return book(this.ru ? `Запишите меня на [s:${service}] [w:${this.whenWords()}]` : `Please book [s:${service}] [w:${this.whenWords()}]`);
	}

	serviceWords(): string {
		return (this.wish?.services ?? []).map((id) => nameOf(serviceOf(id), this.ru)).join(this.ru ? ' и ' : ' and ');
	}

	dayWords(): string {
		const [day = ''] = this.wish?.days ?? [];
		return calendarWords(`${day < '11' ? 2027 : 2026}-${day}`, this.scenario.lang);
	}

	timeWords(): string {
		const time = this.wish?.time;
		if (time === undefined) return this.ru ? 'в любое время' : 'any time';
		if (typeof time === 'string') return this.ru ? `в ${time}` : `at ${time}`;
		return this.ru ? `с ${time[0]} до ${time[1]}` : `from ${time[0]} to ${time[1]}`;
	}

	whenWords(): string {
		return this.wish?.time === undefined ? this.dayWords() : `${this.dayWords()} ${this.timeWords()}`;
	}

	staffWords(): string {
		const name = SALON_STAFF.find((person) => person.id === this.wish?.staff)?.name.split(' ')[0];
		if (name === undefined) return this.ru ? 'любой' : 'anyone';
		return this.ru ? name : (LATIN_NAMES[name] ?? name);
	}

	/** A wrong list or summary is corrected a few times; then the client leaves. */
	complain(line: Line): Line | null {
		return ++this.corrected > PATIENCE ? null : line;
	}

	/** Half of the clients press buttons where there are any; which half depends on the scenario alone. */
	private button(prefix: string, line: Line): Line {
		const sum = [...this.scenario.id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
		return sum % 2 === 0 ? presses(prefix, line) : line;
	}

	pickOffer(heard: Heard): Line | null {
		const text = heard.reply?.text ?? '';
		const choice = choicesOf(text, this.nowMs()).find((one) => this.fits(one, text));
		if (choice === undefined) return this.complain(fill(`[w:${this.whenWords()}]`));
		const button = heard.reply?.buttons[choice.number - 1];
		return this.button(button?.id ?? 'none', pick(`o${choice.number}`, String(choice.number)));
	}

	private fits(choice: Choice, text: string): boolean {
		const { wish } = this;
		if (wish === null || choice.time === null || !isWished(wish, choice.date, choice.time)) return false;
		if (wish.staff === undefined) return true;
		const named = SALON_STAFF.filter((person) => choice.text.includes(person.name));
		const heading = named.length > 0 ? named : SALON_STAFF.filter((person) => text.includes(person.name));
		return heading.length === 0 || heading.some((person) => person.id === wish.staff);
	}

	judgeSummary(heard: Heard): Line | null {
		const { wish } = this;
		const text = heard.reply?.text ?? '';
		if (wish === null) return no();
		const wrong = wish.services.find((id) => !this.describes(text, { ...wish, services: [id] }));
		if (wrong !== undefined) return this.complain(correct('service', `[s:${nameOf(serviceOf(wrong), this.ru)}]`));
		const added = SALON_SERVICES.find((service) => !wish.services.includes(service.id) && this.describes(text, { ...wish, services: [service.id] }));
		if (added !== undefined) return this.complain(correct('service', this.ru ? `нет, только [s:${this.serviceWords()}]` : `no, only [s:${this.serviceWords()}]`));
		if (!this.whenIsRight(text)) return this.complain(correct('when', `[w:${this.whenWords()}]`));
		if (wish.staff !== undefined && !text.includes(SALON_STAFF.find((person) => person.id === wish.staff)?.name ?? '')) return this.complain(correct('staff', `[p:${this.staffWords()}]`));
		return this.agree(heard);
	}

	private whenIsRight(text: string): boolean {
		const times = [...text.matchAll(/\d{2}:\d{2}/g)].map((match) => match[0]);
		return datesIn(text, this.nowMs()).some((date) => times.some((time) => this.wish !== null && isWished(this.wish, date, time)));
	}

	agree(heard: Heard): Line {
		const button = heard.reply?.buttons.find((one) => one.id.startsWith('yes:'));
		return this.button(button?.id ?? 'none', yes(this.ru ? 'да' : 'yes'));
	}

	/** Agrees to a move when the new time is the wished one. */
	judgeMove(heard: Heard): Line | null {
		return this.whenIsRight(heard.reply?.text ?? '') ? this.agree(heard) : this.complain(fill(`[w:${this.whenWords()}]`));
	}

	/** Agrees to a cancellation of the very visit that was meant. */
	judgeCancel(heard: Heard): Line {
		const meant = (this.scenario.end.cancelled ?? []).map((key) => this.scenario.visits[key]?.start.split(' ')[1] ?? '');
		const text = heard.reply?.text ?? '';
		return meant.length === 0 || meant.some((time) => text.includes(time)) ? this.agree(heard) : no(this.ru ? 'нет' : 'no');
	}

	chooseRecord(heard: Heard): Line | null {
		const keys = [...(this.scenario.end.cancelled ?? []), ...Object.keys(this.scenario.end.moved ?? {})];
		const starts = keys.flatMap((key) => this.scenario.visits[key]?.start ?? []);
		const choices = choicesOf(heard.reply?.text ?? '', this.nowMs());
		const meant = choices.find((one) => starts.some((start) => one.date?.slice(5) === start.split(' ')[0] && one.time === start.split(' ')[1]));
		return meant === undefined ? null : pick(`r${meant.number}`, String(meant.number));
	}

	contact(what: 'name' | 'phone' | 'both'): Line {
		const { name } = this.scenario.client;
		if (what === 'name') return fill(`[n:${name}]`);
		return what === 'phone' ? fill(`[t:${PHONE_AS_WRITTEN}]`) : fill(`[n:${name}], [t:${PHONE_AS_WRITTEN}]`);
	}
}

type Reaction = (client: ScriptedClient, heard: Heard) => Line | null;

/** What a client with a goal does about each thing it is asked. */
const REACTIONS: Readonly<Partial<Record<Intent, Reaction>>> = {
	ask_service: (client) => client.complain(fill(`[s:${client.serviceWords()}]`)),
	ask_day: (client) => client.complain(fill(`[w:${client.whenWords()}]`)),
	ask_time: (client) => client.complain(fill(`[w:${client.timeWords()}]`)),
	ask_am_pm: (client) => client.complain(fill(`[w:${client.timeWords()}]`)),
	ask_which_week: (client) => client.complain(fill(`[w:${client.dayWords()}]`)),
	ask_staff: (client) => client.complain(fill(`[p:${client.staffWords()}]`)),
	ask_name: (client) => client.contact('name'),
	ask_phone: (client) => client.contact('phone'),
	ask_name_phone: (client) => client.contact('both'),
	ask_what_to_change: (client) => client.complain(fill(`[w:${client.whenWords()}]`)),
	offer: (client, heard) => client.pickOffer(heard),
	confirm_create: (client, heard) => client.judgeSummary(heard),
	confirm_reschedule: (client, heard) => client.judgeMove(heard),
	confirm_cancel: (client, heard) => client.judgeCancel(heard),
	choose_record: (client, heard) => client.chooseRecord(heard),
	no_offers: () => null,
	too_far: () => null,
	time_past: () => null,
	crm_unavailable: () => null,
	effect_unknown: () => null,
};

const LATIN_NAMES: Readonly<Record<string, string>> = { Анна: 'Anna', Мария: 'Maria', Дмитрий: 'Dmitry', Ольга: 'Olga', Вера: 'Vera' };

function serviceOf(id: string): Service {
	const found = SALON_SERVICES.find((service) => service.id === id);
	if (found === undefined) throw new RangeError(`The salon has no service ${id}`);
	return found;
}

function nameOf(service: Service, ru: boolean): string {
	return (ru ? service.title : (service.aliases[0] ?? service.title)).toLowerCase();
}

/** Whether a start lies where the client wants it. */
export function isWished(wish: WantedVisit, date: string | null, time: string): boolean {
	if (date !== null && !wish.days.includes(date.slice(5))) return false;
	if (wish.time === undefined) return true;
	return typeof wish.time === 'string' ? time === wish.time : time >= wish.time[0] && time < wish.time[1];
}

/** "men's haircut" does not stand in "women's haircut". */
function standsIn(name: string, text: string): boolean {
	return new RegExp(`(?<!\\p{L})${name}`, 'u').test(text);
}
