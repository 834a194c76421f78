/** The parts of a day a client names instead of an hour. */
export type DayPart = 'morning' | 'before_lunch' | 'lunch' | 'day' | 'after_lunch' | 'evening' | 'night';

/** What the dialogue has to ask before the reading may be used. */
export type WhenQuestion = 'am_pm' | 'which_week' | 'day' | 'time';

/** One stretch of work, wall time 'HH:mm' in the branch's zone, half-open. */
export interface WorkingHours {
	from: string;
	to: string;
}

/** Working hours by ISO weekday, 1 is Monday. A missing day is a closed one. */
export type WorkingWeek = Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, readonly WorkingHours[]>>;

export interface WhenOptions {
	/** ISO 8601 instant with an offset. */
	now: string;
	/** IANA zone of the branch; every date and time of the answer is wall time there. */
	zone: string;
	/** Decides between the morning and the evening reading of a bare hour. */
	workingHours?: WorkingHours | WorkingWeek;
	/** The tenant's own windows; missing parts keep the defaults. */
	dayParts?: Partial<Record<DayPart, readonly [string, string]>>;
}

export interface WhenReading {
	/** Nothing was found; no other key is set but `ask` (null) and the empty lists. */
	none?: true;
	/** YYYY-MM-DD; null when a time or a wish was said without a day. */
	date?: string | null;
	/** Inclusive end of a range of days that starts with `date`. */
	dateTo?: string;
	/** Several separate days; then there is no `date`. */
	dates?: string[];
	/** HH:mm, wall time. */
	time?: string;
	timeTo?: string;
	part?: DayPart;
	/** The time (or, without a time, the day) is a lower or an upper bound. */
	open?: 'after' | 'before';
	/** The moment lies before now: extracted, but to be refused. */
	past?: true;
	/** «каждый вторник»: not supported, and no date is given. */
	recurring?: true;
	/** «в ближайшее время», «как можно скорее». */
	soonest?: true;
	/** «пораньше» without a point to count from. */
	earlier?: true;
	/** «попозже» without a point to count from. */
	later?: true;
	ask: WhenQuestion | null;
	/** Every bookable reading when `ask` is set, the given one first; else empty. */
	readings: { date: string | null; time?: string }[];
	/** Half-open spans [from, to) of the original text that speak of the date. */
	spans: [number, number][];
}

/** A civil day as a count of days since 1970-01-01; no zone is involved. */
export type Day = number;

/** A clock time as it was said, before the half of the day is decided. */
export interface SpokenTime {
	hour: number;
	minute: number;
	/** Said on the twelve-hour dial, so both halves of the day are possible. */
	dial: boolean;
	/** «вечера», "pm": the half of the day was said with the hour. */
	part?: DayPart | 'am' | 'pm';
}

interface Located {
	/** Half-open range of token indexes. */
	start: number;
	end: number;
}

/** How a day was named: decides how it combines with its neighbours. */
export type DayBasis = 'relative' | 'weekday' | 'calendar' | 'period' | 'week';

export interface DayItem extends Located {
	kind: 'day';
	basis: DayBasis;
	from: Day;
	to?: Day;
	weekday?: number;
	/** Monday of the week that was named. */
	week?: Day;
	/** Another reading of the same words, a different week. */
	other?: Day;
	open?: 'after' | 'before';
	/** The words themselves point to the past («вчера», «неделю назад»). */
	bygone?: true;
	/** Introduced by «с» or "from": may be the origin of a move. */
	origin?: true;
	/** Introduced by «на» or "to". */
	target?: true;
}

export interface TimeItem extends Located {
	kind: 'time';
	begin: SpokenTime;
	finish?: SpokenTime;
	open?: 'after' | 'before';
	origin?: true;
	target?: true;
}

/** A fixed moment counted from now: «через час». */
export interface MomentItem extends Located {
	kind: 'moment';
	day: Day;
	minutes: number;
	until?: number;
	bygone?: true;
}

export interface PartItem extends Located {
	kind: 'part';
	part: DayPart;
	open?: 'after' | 'before';
}

export interface WishItem extends Located {
	kind: 'wish';
	wish: 'soonest' | 'earlier' | 'later' | 'recurring';
}

/** A number that was named only to be refused: «не 25, а 26 ноября». */
export interface RefusedItem extends Located {
	kind: 'refused';
}

export type Item = DayItem | TimeItem | MomentItem | PartItem | WishItem | RefusedItem;
