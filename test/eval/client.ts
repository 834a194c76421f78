import type { Service, StaffMember } from '../../core/booking';
import type { Button, Lang } from '../../core/conversation/message';
import { choicesOf, type Choice, type Heard } from './hearing';
import { ORDINALS, PHRASES, SERVICE_WORDS, STAFF_WORDS, type Phrases } from './phrases';
import type { Rng } from './rng';
import { calendarWords, datesIn, whenWanted, type WhenWanted } from './when';

/** What a client sends next. */
export interface Move {
	readonly text: string;
	readonly button?: Button;
	/** Agrees to the summary shown last. */
	readonly consents?: boolean;
	/** Sent exactly as it is: digits and short answers gain nothing from noise. */
	readonly clean?: boolean;
}

/** What a client wants of a visit. */
export interface Want {
	services: readonly Service[];
	staff: StaffMember | null;
	when: WhenWanted;
	readonly guest: string | null;
}

export interface ClientTraits {
	readonly lang: Lang;
	readonly name: string;
	readonly phoneAsWritten: string;
	readonly rng: Rng;
	readonly nowMs: () => number;
	readonly changesMind: number;
}

const PATIENCE = 4;
const FUSSY = 0.08;
const LIKES_BUTTONS = 0.4;

/**
 * A simulated client: knows what it wants, tells it piece by piece, answers what it is asked, checks every summary
 * against its wish before it agrees, and loses patience.
 */
export class Client {
	readonly phrases: Phrases;
	/** Day and time this client has chosen from a list. */
	private chosen: { date: string | null; time: string | null } | null = null;
	private insisted = 0;
	private corrected = 0;
	private refusedLists = 0;
	private minds = 0;
	done = false;

	constructor(
		readonly want: Want,
		readonly traits: ClientTraits,
	) {
		this.phrases = PHRASES[traits.lang];
	}

	/** Answers a reply; null when there is nothing more to say. */
	answer(heard: Heard): Move | null {
		if (this.done || heard.handedOver) return null;
		if (heard.effects.length > 0) {
			this.done = true;
			return this.traits.rng.chance(0.4) ? this.say(this.phrases.thanks) : null;
		}
		const turnedDown = heard.intents.find((intent) => intent === 'too_far' || intent === 'time_past');
		for (const intent of [...(turnedDown === undefined ? [] : [turnedDown]), ...[...heard.intents].reverse()]) {
			const move = REACTIONS[intent]?.(this, heard);
			if (move !== undefined) return move;
		}
		return this.insist();
	}

	/** Says the wish again in the plainest words; gives up after a few times. */
	insist(): Move | null {
		if (++this.insisted > PATIENCE) return null;
		const ru = this.traits.lang === 'ru';
		const service = this.want.services.map((one) => this.serviceWord(one, true)).join(ru ? ' и ' : ' and ');
		return { text: ru ? `Запишите меня на ${service} ${this.want.when.plain}` : `Please book ${service} ${this.want.when.plain}`, clean: true };
	}

	/** A wish in one of many wordings, with as much of it as `told` lets out. */
	ask(told: { when: boolean; staff: boolean }): Move {
		const service = this.want.services.map((one) => this.serviceWord(one, false)).join(this.traits.lang === 'ru' ? ' и ' : ' and ');
		return this.say(this.phrases.book, {
			service,
			when: told.when ? this.want.when.text : '',
			staff: told.staff && this.want.staff !== null ? this.staffPhrase(this.want.staff) : '',
		});
	}

	say(wordings: readonly string[], values: Readonly<Record<string, string>> = {}, move: Omit<Move, 'text'> = {}): Move {
		const text = this.traits.rng
			.pick(wordings)
			.replace(/\{(\w+)\}/g, (_whole, key: string) => values[key] ?? '')
			.replace(/ {2,}/g, ' ')
			.replace(/ ([?.,!])/g, '$1')
			.trim();
		return { text, ...move };
	}

	serviceWord(service: Service, plain: boolean): string {
		const words = SERVICE_WORDS[service.id]?.[this.traits.lang] ?? [service.title];
		return plain ? (words[0] ?? service.title) : this.traits.rng.pick(words);
	}

	private staffPhrase(person: StaffMember): string {
		const name = this.traits.rng.pick(STAFF_WORDS[person.id]?.[this.traits.lang] ?? [person.name]);
		return this.traits.lang === 'ru' ? `к ${name}` : `with ${name}`;
	}

	sayStaff(): Move {
		const { staff } = this.want;
		if (staff === null) return this.say(this.phrases.anyone);
		return this.say(this.phrases.staff, { staff: this.traits.rng.pick(STAFF_WORDS[staff.id]?.[this.traits.lang] ?? [staff.name]) });
	}

	sayWhen(plain = false): Move {
		this.chosen = null;
		return plain ? { text: this.want.when.plain, clean: true } : this.say(this.phrases.day, { when: this.want.when.text });
	}

	/** Wants another day and says so. */
	anotherDay(wordings: readonly string[] = this.phrases.day): Move {
		this.want.when = whenWanted(this.traits.rng, this.traits.lang, this.traits.nowMs());
		this.chosen = null;
		return this.say(wordings, { when: this.want.when.text });
	}

	/** Answers with the number, the ordinal, the time or the button of a line. */
	pick(choice: Choice, among: readonly Choice[], heard: Heard): Move {
		const { rng, lang } = this.traits;
		this.chosen = { date: choice.date, time: choice.time };
		const button = heard.reply?.buttons[choice.number - 1];
		if (button !== undefined && /^(pick|opt):/.test(button.id) && rng.chance(LIKES_BUTTONS)) return { text: button.title, button };
		const sameTime = choice.time === null || among.filter((other) => other.time === choice.time).length > 1;
		const wordings = sameTime ? this.phrases.pick.filter((words) => !words.includes('{time}')) : this.phrases.pick;
		const ordinal = ORDINALS[lang][choice.number - 1];
		const usable = ordinal === undefined ? wordings.filter((words) => !words.includes('{ordinal}')) : wordings;
		return this.say(usable, { n: String(choice.number), ordinal: ordinal ?? '', time: choice.time ?? '' }, { clean: true });
	}

	pickOffer(heard: Heard): Move | null {
		const choices = choicesOf(heard.reply?.text ?? '', this.traits.nowMs());
		if (choices.length === 0) return this.sayWhen(true);
		if (this.traits.rng.chance(FUSSY) && this.refusedLists++ < 1) return this.say(this.phrases.none);
		const wished = choices.filter((choice) => choice.date !== null && this.want.when.dates.includes(choice.date));
		const onTime = wished.filter((choice) => choice.time === this.want.when.time);
		const [exact] = onTime;
		return this.pick(exact ?? this.traits.rng.pick(wished.length > 0 ? wished : choices), choices, heard);
	}

	/** Agrees only to a summary that names the services, and a day and time that were wished for or chosen. */
	judgeSummary(heard: Heard): Move | null {
		const text = heard.reply?.text ?? '';
		const names = (service: Service): readonly string[] => (this.traits.lang === 'ru' ? [service.title] : [service.title, ...service.aliases]);
		const titles = text.split('\n').flatMap((line) => line.split(' + ')).map((title) => title.trim().toLowerCase());
		const wrongService = this.want.services.find((service) => !names(service).some((name) => titles.includes(name.toLowerCase())));
		const added = text.split('\n').some((line) => line.split(' + ').length > this.want.services.length);
		if (wrongService === undefined && added) return this.correct(this.say(this.phrases.no, {}, { clean: true }));
		if (wrongService !== undefined) return this.correct({ text: this.serviceWord(wrongService, true), clean: true });
		const dates = datesIn(text, this.traits.nowMs());
		const wishedDates = this.chosen?.date === null || this.chosen === null ? this.want.when.dates : [this.chosen.date];
		if (!dates.some((date) => wishedDates.includes(date))) return this.correct(this.sayWhen(true));
		const time = this.chosen?.time ?? this.want.when.time;
		if (time !== null && !text.includes(time)) return this.correct(this.sayWhen(true));
		if (this.minds < 1 && this.traits.rng.chance(this.traits.changesMind)) {
			this.minds++;
			return this.anotherDay(this.phrases.amend);
		}
		return this.agree(heard);
	}

	agree(heard: Heard): Move {
		const button = heard.reply?.buttons.find((one) => one.id.startsWith('yes:'));
		if (button !== undefined && this.traits.rng.chance(LIKES_BUTTONS)) return { text: button.title, button, consents: true };
		return this.say(this.phrases.yes, {}, { consents: true, clean: true });
	}

	private correct(move: Move): Move | null {
		return ++this.corrected > PATIENCE ? null : move;
	}

	pickService(heard: Heard): Move | null {
		const choices = choicesOf(heard.reply?.text ?? '', this.traits.nowMs());
		const [service] = this.want.services;
		if (service === undefined) return null;
		const names = [service.title, ...service.aliases].map((name) => name.toLowerCase());
		const listed = choices.find((choice) => names.includes(choice.text.toLowerCase()));
		if (listed === undefined || this.want.services.length > 1 || this.traits.rng.chance(0.4)) {
			return this.correct({ text: this.want.services.map((one) => this.serviceWord(one, true)).join(this.traits.lang === 'ru' ? ' и ' : ' and ') });
		}
		const move = this.pick(listed, choices, heard);
		this.chosen = null;
		return move;
	}

	/** Agrees to the usual when that is what it wants, else says what it wants instead. */
	judgeUsual(heard: Heard): Move {
		const [service, ...more] = this.want.services;
		const text = (heard.reply?.text ?? '').toLowerCase();
		const isMeant = service !== undefined && more.length === 0 && [service.title, ...service.aliases].some((name) => text.includes(name.toLowerCase()));
		const ru = this.traits.lang === 'ru';
		if (isMeant) return { text: ru ? 'да' : 'yes', clean: true };
		const words = this.want.services.map((one) => this.serviceWord(one, true)).join(ru ? ' и ' : ' and ');
		return { text: this.traits.rng.chance(0.5) ? words : `${ru ? 'нет' : 'no'}, ${words}` };
	}

	pickTime(heard: Heard): Move {
		const times = [...(heard.reply?.text ?? '').matchAll(/\d{2}:\d{2}/g)].map((match) => match[0]);
		const wished = this.want.when.time;
		return { text: wished !== null && times.includes(wished) ? wished : (times[0] ?? this.want.when.plain), clean: true };
	}

	pickWeek(heard: Heard): Move {
		const dates = datesIn(heard.reply?.text ?? '', this.traits.nowMs());
		const date = dates.find((one) => this.want.when.dates.includes(one)) ?? dates[0];
		if (date === undefined) return this.sayWhen(true);
		return { text: calendarWords(date, this.traits.lang), clean: true };
	}

	contact(wordings: readonly string[]): Move {
		return this.say(wordings, { name: this.traits.name, phone: this.traits.phoneAsWritten }, { clean: true });
	}
}

type Reaction = (client: Client, heard: Heard) => Move | null;

/** What a client does about each thing it is told; what is not here says nothing to a client with a goal. */
const REACTIONS: Readonly<Record<string, Reaction>> = {
	ask_service: (client, heard) => client.pickService(heard),
	ask_usual: (client, heard) => client.judgeUsual(heard),
	ask_day: (client) => client.sayWhen(),
	ask_time: (client) => client.sayWhen(true),
	ask_am_pm: (client, heard) => client.pickTime(heard),
	ask_which_week: (client, heard) => client.pickWeek(heard),
	ask_staff: (client) => client.sayStaff(),
	ask_name: (client) => client.contact(client.phrases.name),
	ask_phone: (client) => client.contact(client.phrases.phone),
	ask_name_phone: (client) => client.contact(client.phrases.contact),
	ask_client_choice: () => ({ text: '1', clean: true }),
	ask_what_to_change: (client) => client.sayWhen(true),
	time_past: (client) => client.anotherDay(),
	too_far: (client) => client.anotherDay(),
	no_offers: (client) => client.anotherDay(),
	offer: (client, heard) => client.pickOffer(heard),
	confirm_create: (client, heard) => client.judgeSummary(heard),
	confirm_reschedule: (client, heard) => client.agree(heard),
	confirm_cancel: (client, heard) => client.agree(heard),
	choose_record: () => ({ text: '1', clean: true }),
	records: () => null,
	no_records: () => null,
	identity_needed: () => null,
	handoff: () => null,
	handoff_alarm: () => null,
	effect_unknown: () => null,
	stopped: () => null,
	resumed: () => null,
	crm_unavailable: () => null,
};
