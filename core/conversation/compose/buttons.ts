import type { Button, ChannelProfile, Lang } from '../message';
import { buttonLimitsOf } from './channel';
import { buttonId } from './composer';
import { cutGraphemes } from './display';
import type { FactBook } from './facts';
import { OFFER_LIMIT } from './templates/lists';
import type { Intent, IntentData, OfferView, RecordView, Utterance } from './utterance';

/** Titles of fixed buttons. Those of the menu are words the assistant understands. */
const TITLES: Record<Lang, { readonly yes: string; readonly change: string; readonly keep: string; readonly other: string; readonly contact: string; readonly menu: readonly string[]; readonly reminder: readonly string[] }> = {
	ru: { yes: 'Да', change: 'Изменить', keep: 'Оставить', other: 'Другое', contact: 'Отправить мой номер', menu: ['Записаться', 'Мои записи', 'Цены'], reminder: ['Приду', 'Перенести', 'Отменить'] },
	en: { yes: 'Yes', change: 'Change', keep: 'Keep', other: 'Something else', contact: 'Share my number', menu: ['Book', 'My bookings', 'Prices'], reminder: ['I will come', 'Move', 'Cancel'] },
};

/** Turns facts into titles. */
interface Titles {
	readonly lang: Lang;
	show(handle: (book: FactBook) => string): string;
	/** «вт 24, 15:00». */
	start(item: OfferView | RecordView): string;
}

/** `whole`: a choice that cannot be shown in full is not shown as buttons at all. */
interface Choice {
	readonly buttons: readonly Button[];
	readonly whole: boolean;
}

/** Buttons that only channels with extras have, and only under the last thing said. */
const EXTRAS: { readonly [K in Intent]?: (lang: Lang) => readonly Button[] } = {
	hello: menu,
	who_are_you: menu,
	ask_phone: contactButton,
	ask_name_phone: contactButton,
};

type ButtonMaker = { readonly [K in Intent]?: (data: IntentData[K], titles: Titles) => Choice };

const MAKERS: ButtonMaker = {
	confirm_create: ({ pendingId }, { lang }) => confirmation(pendingId, TITLES[lang].yes, TITLES[lang].change),
	confirm_reschedule: ({ pendingId }, { lang }) => confirmation(pendingId, TITLES[lang].yes, TITLES[lang].change),
	confirm_cancel: ({ pendingId }, { lang }) => confirmation(pendingId, TITLES[lang].yes, TITLES[lang].keep),
	offer: ({ offers }, titles) => {
		const shown = offers.slice(0, OFFER_LIMIT);
		const starts = shown.map((offer) => titles.start(offer));
		const alike = new Set(starts.filter((start, index) => starts.indexOf(start) !== index));
		return {
			whole: false,
			buttons: shown.map((offer, index) => {
				const start = starts[index] ?? '';
				return { id: buttonId.pick(offer.id), title: alike.has(start) ? `${start} ${titles.show((book) => book.staffName(offer.staffName))}` : start };
			}),
		};
	},
	ask_service: ({ options }, titles) => choice('service', options.map((service) => titles.show((book) => book.service(service)))),
	ask_usual: (_, { lang }) => choice('usual', [TITLES[lang].yes, TITLES[lang].other]),
	ask_staff: ({ options }, titles) => choice('staff', options.map((person) => titles.show((book) => book.staff(person)))),
	ask_am_pm: ({ times }) => choice('am_pm', times),
	ask_which_week: ({ dates }, titles) => choice('which_week', dates.map((date) => titles.show((book) => book.day(date, 'plain')))),
	ask_client_choice: ({ names }, titles) => choice('client_choice', names.map((name) => titles.show((book) => book.name(name)))),
	reminder: (_, { lang }) => choice('reminder', TITLES[lang].reminder),
	review_request: () => choice('review', ['1', '2', '3', '4', '5']),
	choose_record: ({ records }, titles) => choice('record', records.map((record) => titles.start(record))),
};

/**
 * Buttons under a reply: those of its last question. Titles and ids keep the channel's limits; an id that does not fit
 * drops its button, because a cut id would act on something else. The text alone is always enough to answer.
 */
export function buttonsFor(utterances: readonly Utterance[], channel: ChannelProfile, lang: Lang, book: FactBook): readonly Button[] {
	if (channel.maxButtons < 1) return [];
	const titles = titlesFrom(book, lang);
	const { idBytes, extras } = buttonLimitsOf(channel.name);
	const last = utterances.at(-1);
	const extra = extras && last !== undefined ? EXTRAS[last.intent]?.(lang) : undefined;
	if (extra !== undefined) return extra;
	const made = utterances.map((utterance) => make(utterance, titles)).findLast((found) => found !== null && found.buttons.length > 0);
	if (made === null || made === undefined) return [];
	const usable = made.buttons.filter(({ id, title }) => title !== '' && Buffer.byteLength(id) <= idBytes);
	if (made.whole && (usable.length < made.buttons.length || usable.length > channel.maxButtons)) return [];
	return usable.slice(0, channel.maxButtons).map(({ id, title }) => ({ id, title: cutGraphemes(title, channel.buttonTitleLimit) }));
}

function make<K extends Intent>({ intent, data }: { readonly intent: K; readonly data: IntentData[K] }, titles: Titles): Choice | null {
	return MAKERS[intent]?.(data, titles) ?? null;
}

function confirmation(pendingId: string, yes: string, no: string): Choice {
	return {
		whole: true,
		buttons: [
			{ id: buttonId.confirm(pendingId), title: yes },
			{ id: buttonId.change(pendingId), title: no },
		],
	};
}

/** The index counts from 0 in the options of the question. */
function choice(question: string, titles: readonly string[]): Choice {
	return { whole: true, buttons: titles.map((title, index) => ({ id: buttonId.option(question, index), title })) };
}

function titlesFrom(book: FactBook, lang: Lang): Titles {
	const show = (handle: (from: FactBook) => string): string => book.facts.get(handle(book).slice(1, -1)) ?? '';
	return { lang, show, start: (item) => book.startTitle(item.start) };
}

/** Unknown to the engine, so that a press says the title in the client's name. */
function menu(lang: Lang): readonly Button[] {
	return TITLES[lang].menu.map((title, index) => ({ id: `menu:${index}`, title }));
}

/** The channel's adapter turns this id into a request for the client's own contact card. */
function contactButton(lang: Lang): readonly Button[] {
	return [{ id: 'contact:share', title: TITLES[lang].contact }];
}
