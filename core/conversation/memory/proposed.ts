import type { Instant } from '../../booking';
import { matchGroups } from '../../language/match';
import { findPhone } from '../../language/phone';
import { hasAny, lexicon, toWords } from '../../language/words';
import type { NewFact } from '../../store/assistant';
import type { Catalogue } from '../catalogue';
import { MEMORY_KEYS, type MemoryKey, type RememberedFact } from '../context';
import type { Lang } from '../message';
import { newFact } from './expiry';
import { partIn } from './parts';
import { relationIn } from './relations';

/** Why a proposal is not remembered. */
export type Rejection = 'key' | 'length' | 'alphabet' | 'contact' | 'instruction' | 'health' | 'unreadable' | 'too_many';

export interface ProposalRules {
	/** The tenant has decided that data on health may be kept. */
	readonly allowHealth: boolean;
	readonly catalogue: Catalogue;
	readonly lang: Lang;
	/** ISO 3166 country by which a phone without a country code is read. */
	readonly phoneCountry: string;
	readonly now: Instant;
}

export interface Accepted {
	readonly facts: readonly NewFact[];
	/** For the audit log: no values. */
	readonly rejected: readonly { readonly key: MemoryKey | null; readonly why: Rejection }[];
}

const MOST_PROPOSALS = 5;
const LONGEST = 80;
const ALPHABET = /^[\p{L}\p{M}\p{N} ,.()'’«»"№%+-]+$/u;
const LINK = /(?:^|[^\p{L}\p{N}])(?:https?|www|t\.me|wa\.me)|[\p{L}\p{N}]\.(?:ru|com|net|org|me|io|рф|su|info|biz|xyz|link|site|shop)(?![\p{L}\p{N}])/iu;
const LONG_NUMBER = /\d(?:[ ().+-]*\d){4,}/;
const instruction = lexicon([
	'игнорир*|проигнорир*', 'забудь|забудьте', 'инструкци*', 'промпт*|промт*', 'систем* сообщен*|промпт*|запрос*', 'ты|вы должен|должна|должны|обязан|обязана|обязаны', 'теперь ты|вы', 'отвечай*|отвечать',
	'всегда|никогда .. скажи|говори|отвечай|давай|делай|пиши', 'скидк*|скидоч*', 'бесплатн*', 'промокод*', 'админ|администратор|владелец|директор|разработчик*', 'подтвержд*|оплачен*|оплатил*',
	'ignore|disregard|override|bypass', 'instruction|instructions|prompt|system|jailbreak|developer', 'you must|are|should', 'from now on', 'act as', 'pretend*', 'always|never .. say|tell|answer|give|reply|offer',
	'discount|discounts|free|promo|coupon', 'admin|administrator|owner|manager', 'confirmed|paid|vip',
]);
const health = lexicon([
	'аллерг*', 'астм*', 'диабет*', 'беремен*', 'кормя*|кормлен*', 'болезн*|болен|больна|болеет|болею|заболев*', 'диагноз*', 'лекарств*|таблет*|препарат*|антибиотик*', 'эпилепс*', 'онколог*|рак|химиотерап*', 'давлени*|гипертон*|гипотон*',
	'псориаз*|экзем*|дерматит*|герпес*|гепатит*|вич|спид', 'кардиостимулятор*|стимулятор', 'варикоз*|тромб*', 'операци*', 'непереносимост*|не переносит|переношу', 'инвалид*', 'травм*|перелом*', 'сердц*|щитовид*|гормон*', 'депресс*|психи*',
	'allerg*|asthma*|diabet*|pregnan*|breastfe*|illness|disease*|sick|diagnos*|medicine*|medication*|epilep*|cancer|chemo*|psoria*|eczema|dermatit*|herpes|hepatit*|hiv|pacemaker|surgery|intoleran*|disab*|injur*|depress*|thyroid|hormon*|heart', 'blood pressure',
]);

type Reader = (value: string, rules: ProposalRules) => string | null;

/** Whom a value names is taken from the catalogue, a part of the day and a relation from closed lists. */
const READERS: Readonly<Record<MemoryKey, Reader>> = {
	preferred_staff: (value, { catalogue }) => staffNamed(value, catalogue),
	preferred_time: (value, { lang }) => partIn(value, lang),
	companion: (value, { lang }) => relationIn(value, lang),
	note: (value) => value,
	allergy: (value) => value,
};

function staffNamed(value: string, catalogue: Catalogue): string | null {
	const groups = matchGroups(value, catalogue.staff.map((person) => ({ id: person.id, names: [person.name], kind: 'person' as const })));
	const [group] = groups;
	if (group === undefined || groups.length > 1 || group.ids.length > 1) return null;
	return catalogue.staff.find((person) => person.id === group.ids[0])?.name ?? null;
}

/**
 * Checks what a model proposes to remember. Keys are a closed list; a value is a short line of letters and numbers
 * without phones, links, orders or promises; data on health needs the tenant's leave, under whatever key it comes.
 * Staff, parts of the day and relations are stored in their own words, not the model's.
 */
export function acceptProposed(proposed: readonly RememberedFact[], rules: ProposalRules): Accepted {
	const facts: NewFact[] = [];
	const rejected: { key: MemoryKey | null; why: Rejection }[] = [];
	proposed.forEach(({ key, value }, index) => {
		const known = MEMORY_KEYS.find((one) => one === key) ?? null;
		const checked = known === null ? ('key' as const) : index >= MOST_PROPOSALS ? ('too_many' as const) : check(known, value, rules);
		if (known !== null && typeof checked === 'object') facts.push(newFact(known, checked.value, 'model', rules.now));
		else if (typeof checked === 'string') rejected.push({ key: known, why: checked });
	});
	return { facts, rejected };
}

function check(key: MemoryKey, raw: unknown, rules: ProposalRules): { readonly value: string } | Rejection {
	if (typeof raw !== 'string') return 'alphabet';
	const value = raw.normalize('NFKC').trim();
	if (value === '' || value.length > LONGEST) return 'length';
	if (!ALPHABET.test(value)) return 'alphabet';
	if (LINK.test(value) || LONG_NUMBER.test(value) || findPhone(value, rules.phoneCountry) !== null) return 'contact';
	const words = toWords(value);
	if (hasAny(words, instruction)) return 'instruction';
	if (!rules.allowHealth && (key === 'allergy' || hasAny(words, health))) return 'health';
	const read = READERS[key](value, rules);
	return read === null ? 'unreadable' : { value: read };
}
