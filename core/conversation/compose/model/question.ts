import { fold } from '../../../language/words';
import { ASKING } from '../template-composer';
import type { Intent, Utterance } from '../utterance';
import { FACT_MARK } from './own-words';

const NAME = 'зовут|им(?:я|ени)|обращаться|name|call you';
const PHONE = 'телефон|номер|phone|number';
const HELP = /помо|подска|напиш|интерес|нуж|хот|чем|дела|help|what|need|like|do for|which/u;

/** What a question of an intent is about; words that the question must hold. */
const TOPICS: { readonly [K in Intent]?: RegExp } = {
	ask_service: /услуг|процедур|что|чем|какую|service|treatment|what|which/u,
	ask_day: /ден|дня|дни|дат|когда|day|date|when/u,
	ask_time: /врем|во сколько|час|когда|time|when/u,
	ask_am_pm: new RegExp(`${FACT_MARK}|врем|обед|time|noon|morning`, 'u'),
	ask_which_week: new RegExp(`${FACT_MARK}|ден|недел|day|week`, 'u'),
	ask_staff: /мастер|специалист|к кому|кого|кто|specialist|who|whom/u,
	ask_name: new RegExp(NAME, 'u'),
	ask_phone: new RegExp(PHONE, 'u'),
	ask_name_phone: new RegExp(`(?=[^]*(?:${NAME}))(?=[^]*(?:${PHONE}))`, 'u'),
	ask_client_choice: /кого|кому|кто|кем|who|whom|which/u,
	ask_what_to_change: /измен|менять|поменя|помен|поправ|исправ|change|different|correct/u,
	offer: /подойд|подход|удоб|выбер|выбира|вариант|номер|врем|устро|перенес|suit|option|which|number|time|prefer/u,
	hello: HELP,
	how_are_you: HELP,
	smalltalk_other: HELP,
	services: HELP,
	not_understood: HELP,
};

/** What a reply asks about: of its questions, or of its talk when it has none. */
export function topicsOf(utterances: readonly Utterance[]): readonly RegExp[] {
	const asking = utterances.filter(({ intent }) => ASKING.has(intent));
	return (asking.length > 0 ? asking : utterances).flatMap(({ intent }) => TOPICS[intent] ?? []);
}

/**
 * Whether the model's words ask what the template asks: as many questions, never more than one, about the same thing.
 * A template that asks without a question mark («Напишите номер.») may be asked with one.
 */
export function asksTheSame(own: string, theirs: string, utterances: readonly Utterance[]): boolean {
	const asked = own.split('?').length - 1;
	const asks = utterances.some(({ intent }) => ASKING.has(intent));
	const wanted = theirs.includes('?');
	if (wanted ? asked !== 1 : asked > (asks ? 1 : 0)) return false;
	if (!wanted && !asks) return true;
	const question = fold(asked === 1 ? (/[^.!?\n]*\?/u.exec(own)?.[0] ?? '') : own);
	const topics = topicsOf(utterances);
	return topics.length === 0 || topics.some((topic) => topic.test(question));
}
