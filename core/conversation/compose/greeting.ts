import type { Instant, Zone } from '../../booking';
import { formatTime } from '../../language/render';
import type { Lang } from '../message';

interface Greetings {
	readonly morning: string;
	readonly day: string;
	readonly evening: string;
	readonly night: string;
}

const GREETINGS: Record<Lang, Greetings> = {
	ru: { morning: 'Доброе утро', day: 'Добрый день', evening: 'Добрый вечер', night: 'Здравствуйте' },
	en: { morning: 'Good morning', day: 'Good afternoon', evening: 'Good evening', night: 'Hello' },
};

/** The greeting for the wall clock of the salon: morning from 5, day from 12, evening from 18, night from 23. */
export function greetingAt(now: Instant, zone: Zone, lang: Lang): string {
	const hour = Number(formatTime(now, zone).slice(0, 2));
	const { morning, day, evening, night } = GREETINGS[lang];
	if (hour < 5 || hour >= 23) return night;
	if (hour < 12) return morning;
	return hour < 18 ? day : evening;
}
