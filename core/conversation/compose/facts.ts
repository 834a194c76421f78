import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CalendarDate, Company, Instant, Phone, PriceRange, Service, StaffMember, WallTime, Zone } from '../../booking';
import { cleanPersonName } from '../../language/personname';
import { pluralEn, pluralRu } from '../../language/plural';
import { formatDay, formatDuration, formatHours, formatPrice, formatRanges } from '../../language/render';
import type { Catalogue } from '../catalogue';
import { dateOf, localIso, wallTimeOf } from '../local-time';
import type { Lang } from '../message';
import { cleanAddress, cleanQuote, cleanStaffName, cleanTitle, latinTitle } from './display';
import { rangesOn } from './opening-hours';
import type { OfferView, RecordView } from './utterance';

/** Facts of one reply: handle without braces -> the canonical string put in its place. */
export type Facts = ReadonlyMap<string, string>;

/** How much of an offer a list line repeats: `of_day` leaves out the day, `time` leaves only the clock time. */
export type OfferShape = 'full' | 'of_day' | 'time';

/**
 * Registers facts and gives back their handles (`{o1}`), so that a wording never holds a fact itself. Every method
 * returns a handle, or '' when nothing printable is left of an untrusted text.
 */
export interface FactWriter {
	offer(offer: OfferView, shape?: OfferShape): string;
	/** Staff, length and price when all offers share them, else null. */
	sharedTail(offers: readonly OfferView[]): string | null;
	record(record: RecordView): string;
	service(service: Service): string;
	titles(titles: readonly string[]): string;
	category(title: string): string;
	staff(person: StaffMember): string;
	staffWithPosition(person: StaffMember): string;
	price(price: PriceRange): string;
	duration(minutes: number): string;
	/** `plain` leaves out «завтра». */
	day(date: CalendarDate, style?: 'relative' | 'plain'): string;
	time(time: WallTime): string;
	address(company: Company): string;
	phone(phone: Phone): string;
	/** Hours of the whole week. */
	hours(company: Company): string;
	/** Hours of one date. */
	hoursOn(company: Company, date: CalendarDate): string;
	name(name: string): string;
	company(company: Company): string;
	count(count: number): string;
	/** The salon's own words: kept whole, without what could break out of a message. */
	quote(text: string): string;
	/** An address of a page, checked by whoever gives it. */
	page(url: string): string;
	/** A number of days. */
	days(days: number): string;
	/** The emergency number that works from any mobile phone. */
	emergency(): string;
	/** Calendar date of an instant in the branch's zone: for grouping, not a fact to show. */
	dateOf(instant: Instant): CalendarDate;
}

/** What rendering facts depends on. */
export interface FactContext {
	readonly lang: Lang;
	readonly now: Instant;
	readonly zone: Zone;
	readonly catalogue: Catalogue;
}

/** One letter a kind: the splitter keeps `{letter+digits}` whole. */
type Prefix = 'o' | 'r' | 'v' | 's' | 'p' | 'l' | 'd' | 't' | 'a' | 'c' | 'h' | 'n' | 'k' | 'q' | 'g' | 'e' | 'b' | 'i' | 'f';

const NAMELESS = { ru: { service: 'услуга', staff: 'мастер', company: 'салон' }, en: { service: 'service', staff: 'specialist', company: 'the salon' } } as const;
const EMERGENCY_NUMBER = '112';
const KNOWN_REF = /^[or][1-9]\d{0,2}$/;

/** Collects the facts of one reply. */
export class FactBook implements FactWriter {
	private readonly texts = new Map<string, string>();
	private readonly handles = new Map<string, string>();
	private readonly counters = new Map<Prefix, number>();
	private readonly dayTexts = new Map<string, string>();
	private readonly locals = new Map<Instant, Instant>();

	constructor(private readonly context: FactContext) {}

	/** Everything registered so far. */
	get facts(): Facts {
		return this.texts;
	}

	offer(offer: OfferView, shape: OfferShape = 'full'): string {
		const day = shape === 'full' ? this.dayText(this.dateOf(offer.start), 'plain') : '';
		const tail = shape === 'time' ? '' : this.tailText(offer);
		return this.put('o', joined(day, this.timeText(offer.start), tail), offer.ref);
	}

	sharedTail(offers: readonly OfferView[]): string | null {
		const [tail, ...others] = new Set(offers.map((offer) => this.tailText(offer)));
		return tail === undefined || tail === '' || others.length > 0 ? null : this.put('i', tail);
	}

	record(record: RecordView): string {
		const staff = record.staffName === null ? '' : cleanStaffName(record.staffName);
		const day = this.dayText(this.dateOf(record.start), 'plain');
		const price = record.price === null ? '' : formatPrice(record.price, this.context.lang);
		return this.put('r', joined(day, this.timeText(record.start), this.titlesText(record.serviceTitles), staff, price), record.ref);
	}

	service(service: Service): string {
		return this.put('v', this.titleText(service.title, service.aliases) || this.nameless.service);
	}

	titles(titles: readonly string[]): string {
		return this.put('b', this.titlesText(titles) || this.nameless.service);
	}

	category(title: string): string {
		return this.put('g', cleanTitle(title) || this.nameless.service);
	}

	staff(person: StaffMember): string {
		return this.put('s', cleanStaffName(person.name) || this.nameless.staff);
	}

	staffWithPosition(person: StaffMember): string {
		return this.put('s', joined(cleanStaffName(person.name) || this.nameless.staff, cleanTitle(person.position ?? '')));
	}

	price(price: PriceRange): string {
		return this.put('p', formatPrice(price, this.context.lang));
	}

	duration(minutes: number): string {
		return this.put('l', formatDuration(minutes, this.context.lang));
	}

	day(date: CalendarDate, style: 'relative' | 'plain' = 'relative'): string {
		return this.put('d', this.dayText(date, style));
	}

	time(time: WallTime): string {
		return this.put('t', time);
	}

	address(company: Company): string {
		return this.put('a', cleanAddress(company.address ?? ''));
	}

	phone(phone: Phone): string {
		return this.put('c', parsePhoneNumberFromString(phone)?.formatInternational() ?? '');
	}

	hours(company: Company): string {
		return this.put('h', formatHours(company.workingHours, this.context.lang));
	}

	hoursOn(company: Company, date: CalendarDate): string {
		return this.put('h', formatRanges(rangesOn(company, date), this.context.lang));
	}

	name(name: string): string {
		return this.put('n', cleanPersonName(name) ?? '');
	}

	company(company: Company): string {
		return this.put('k', cleanTitle(company.name) || this.nameless.company);
	}

	count(count: number): string {
		return this.put('q', String(count));
	}

	quote(text: string): string {
		return this.put('f', cleanQuote(text));
	}

	page(url: string): string {
		return this.put('f', url);
	}

	days(days: number): string {
		const unit = this.context.lang === 'ru' ? pluralRu(days, 'день', 'дня', 'дней') : pluralEn(days, 'day', 'days');
		return this.put('q', `${days}\u00A0${unit}`);
	}

	emergency(): string {
		return this.put('e', EMERGENCY_NUMBER);
	}

	dateOf(instant: Instant): CalendarDate {
		return dateOf(this.local(instant));
	}

	/** A staff name that is not in the catalogue's shape, e.g. of an offer. */
	staffName(name: string): string {
		return this.put('s', cleanStaffName(name));
	}

	/** The shortest way to name a start, for a button: «вт 24, 15:00». Plain text, not a handle. */
	startTitle(start: Instant): string {
		const [weekdayAndNumber = ''] = this.dayText(this.dateOf(start), 'plain').split('\u00A0');
		return `${weekdayAndNumber}, ${this.timeText(start)}`;
	}

	private get nameless(): (typeof NAMELESS)[Lang] {
		return NAMELESS[this.context.lang];
	}

	private tailText(offer: OfferView): string {
		const minutes = (Date.parse(offer.end) - Date.parse(offer.start)) / 60_000;
		return joined(
			cleanStaffName(offer.staffName),
			minutes > 0 ? formatDuration(minutes, this.context.lang) : '',
			offer.price === null ? '' : formatPrice(offer.price, this.context.lang),
		);
	}

	private titlesText(titles: readonly string[]): string {
		return titles
			.map((title) => this.titleText(title, this.context.catalogue.services.find((service) => service.title === title)?.aliases ?? []))
			.filter((title) => title !== '')
			.join(' + ');
	}

	private titleText(title: string, aliases: readonly string[]): string {
		return cleanTitle(this.context.lang === 'en' ? latinTitle(title, aliases) : title);
	}

	private timeText(instant: Instant): string {
		return wallTimeOf(this.local(instant));
	}

	/** The instant with the branch's offset, read once a reply. */
	private local(instant: Instant): Instant {
		const known = this.locals.get(instant) ?? localIso(instant, this.context.zone);
		this.locals.set(instant, known);
		return known;
	}

	private dayText(date: CalendarDate, style: 'relative' | 'plain'): string {
		const key = `${style}${date}`;
		const known = this.dayTexts.get(key);
		if (known !== undefined) return known;
		const text = formatDay(date, this.context.lang, this.context, style);
		this.dayTexts.set(key, text);
		return text;
	}

	/** The handle shown to the client (`o2`) is kept as it is, so that a later «2» or a model's `{o2}` means the same. */
	private put(prefix: Prefix, text: string, ref = ''): string {
		if (text === '') return '';
		const known = this.handles.get(`${prefix}${ref}|${text}`);
		if (known !== undefined) return `{${known}}`;
		const free = KNOWN_REF.test(ref) && ref.startsWith(prefix) && !this.texts.has(ref);
		const handle = free ? ref : this.nextHandle(prefix);
		this.texts.set(handle, text);
		this.handles.set(`${prefix}${ref}|${text}`, handle);
		return `{${handle}}`;
	}

	private nextHandle(prefix: Prefix): string {
		let next = (this.counters.get(prefix) ?? 0) + 1;
		while (this.texts.has(`${prefix}${next}`)) next++;
		this.counters.set(prefix, next);
		return `${prefix}${next}`;
	}
}

function joined(...parts: readonly string[]): string {
	return parts.filter((part) => part !== '').join(', ');
}
