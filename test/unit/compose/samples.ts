import { REFUSAL_REASONS, type Company, type Service, type StaffMember } from '../../../core/booking';
import type { Catalogue } from '../../../core/conversation/catalogue';
import type { ComposeInput } from '../../../core/conversation/compose/composer';
import { CHANNELS } from '../../../core/conversation/compose/channel';
import { HANDOFF_CAUSES, type Intent, type IntentData, type OfferSituation, type OfferView, type RecordView, type Utterance } from '../../../core/conversation/compose/utterance';

/** Texts of one world: plain, or hostile in every field that the salon or a client can edit. */
export interface World {
	readonly catalogue: Catalogue;
	readonly offers: readonly OfferView[];
	readonly records: readonly RecordView[];
	readonly names: readonly string[];
}

const HOSTILE = 'Анна{o9}\u202Eтест\u0000\nЗдравствуйте! Вы записаны на 15:00, 500 ₽, скидка 50%, https://evil.example/{r1} '.repeat(3);

export function companyOf(patch: Partial<Company> = {}): Company {
	return {
		id: 'c1',
		name: 'Студия «Лотос»',
		zone: 'Europe/Moscow',
		currency: 'RUB',
		address: 'ул. Ленина, 5',
		phone: '+74951234567',
		workingHours: { 1: [{ from: '10:00', to: '20:00' }], 2: [{ from: '10:00', to: '20:00' }], 6: [{ from: '11:00', to: '18:00' }] },
		changeNoticeMinutes: 120,
		bookingNoticeMinutes: 30,
		bookingHorizonDays: 30,
		...patch,
	};
}

export function serviceOf(id: string, title: string, patch: Partial<Service> = {}): Service {
	return { id, title, aliases: [], category: 'Волосы', price: { min: 200_000, max: 200_000, currency: 'RUB' }, durationMinutes: 60, active: true, bookableOnline: true, ...patch };
}

export function staffOf(id: string, name: string, position: string | null = null): StaffMember {
	return { id, name, position, active: true, bookable: true, services: [{ serviceId: 's1' }] };
}

export function offerOf(index: number, patch: Partial<OfferView> = {}): OfferView {
	const hour = String(10 + index).padStart(2, '0');
	return {
		ref: `o${index}`,
		id: `offer-${index}`,
		start: `2026-11-2${3 + index}T${hour}:00:00+03:00`,
		end: `2026-11-2${3 + index}T${hour}:45:00+03:00`,
		staffName: 'Анна',
		serviceTitles: ['Стрижка женская'],
		price: { min: 200_000, max: 200_000, currency: 'RUB' },
		...patch,
	};
}

export function recordOf(index: number, patch: Partial<RecordView> = {}): RecordView {
	return {
		ref: `r${index}`,
		start: `2026-11-2${3 + index}T15:30:00+03:00`,
		end: `2026-11-2${3 + index}T16:30:00+03:00`,
		staffName: 'Мария',
		serviceTitles: ['Окрашивание'],
		price: { min: 300_000, max: 450_000, currency: 'RUB' },
		status: 'booked',
		...patch,
	};
}

export const PLAIN: World = {
	catalogue: {
		company: companyOf(),
		services: [
			serviceOf('s1', 'Стрижка женская', { aliases: ["Women's haircut"] }),
			serviceOf('s2', 'Окрашивание', { price: { min: 300_000, max: 450_000, currency: 'RUB' }, durationMinutes: 150 }),
			...Array.from({ length: 14 }, (_, index) => serviceOf(`s${index + 3}`, `Уход ${'абвгдежзиклмно'[index]}`, { category: 'Лицо', price: null })),
		],
		staff: [staffOf('p1', 'Анна', 'топ-стилист'), staffOf('p2', 'Мария'), staffOf('p3', 'Ольга Смирнова')],
	},
	offers: [offerOf(1), offerOf(2, { staffName: 'Мария' }), offerOf(3)],
	records: [recordOf(1), recordOf(2, { staffName: null, price: null })],
	names: ['Ирина', 'Маша'],
};

export const HOSTILE_WORLD: World = {
	catalogue: {
		company: companyOf({ name: HOSTILE, address: HOSTILE, phone: 'call +7 999 {o1}' }),
		services: [serviceOf('s1', HOSTILE, { aliases: [HOSTILE], category: HOSTILE }), serviceOf('s2', '\u200B{}', { category: '{' })],
		staff: [staffOf('p1', HOSTILE, HOSTILE), staffOf('p2', '{}')],
	},
	offers: [offerOf(1, { staffName: HOSTILE, serviceTitles: [HOSTILE], ref: '{o1}' }), offerOf(2, { staffName: '', serviceTitles: [] })],
	records: [recordOf(1, { staffName: HOSTILE, serviceTitles: [HOSTILE], ref: 'o1' }), recordOf(2, { serviceTitles: [] })],
	names: [HOSTILE, '💅{n1}'],
};

/** Worlds of empty lists and absent fields: what a bare CRM account gives. */
export const BARE_WORLD: World = {
	catalogue: { company: companyOf({ address: null, phone: null, workingHours: {} }), services: [], staff: [] },
	offers: [],
	records: [],
	names: [],
};

const SITUATIONS: readonly OfferSituation[] = ['exact', 'free_that_day', 'nearest', 'taken', 'outside_hours', 'closed_day', 'nothing_that_day', 'staff_not_that_day', 'soonest'];
const KINDS = ['create', 'reschedule', 'cancel'] as const;
const DATE = '2026-11-24';
const CLOSED_DATE = '2026-11-29';

type Samples = { readonly [K in Intent]: readonly IntentData[K][] };

function samplesOf({ catalogue, offers, records, names }: World): Samples {
	const { company, services, staff } = catalogue;
	const offer = offers[0] ?? offerOf(1);
	const record = records[0] ?? recordOf(1);
	const oneDay = offers.map((one, index) => ({ ...one, start: `${DATE}T1${index}:00:00+03:00`, end: `${DATE}T1${index}:45:00+03:00` }));
	const name = names[0] ?? null;
	return {
		ask_service: (['missing', 'ambiguous', 'not_found'] as const).flatMap((why) => [{ options: services, why }, { options: [], why }]),
		ask_usual: [{ serviceTitles: offer.serviceTitles, staff: staff[0] ?? null }, { serviceTitles: offer.serviceTitles, staff: null }],
		ask_day: [{ serviceTitles: offer.serviceTitles }, { serviceTitles: [] }],
		ask_time: [{ date: null }, { date: DATE }],
		ask_am_pm: [{ times: ['03:00', '15:00'], date: DATE }, { times: ['07:00', '19:00'], date: null }, { times: [], date: null }],
		ask_which_week: [{ dates: [DATE, '2026-12-01'] }, { dates: [] }],
		ask_staff: (['missing', 'ambiguous', 'not_found', 'unqualified'] as const).flatMap((why) => [{ options: staff, why }, { options: [], why }]),
		ask_name: [{}],
		ask_phone: [{ why: 'missing' }, { why: 'invalid' }],
		ask_name_phone: [{}],
		ask_client_choice: [{ names }],
		ask_what_to_change: [{}],
		offer: SITUATIONS.flatMap((situation) =>
			(['create', 'reschedule'] as const).flatMap((purpose) => [
				{ offers, situation, purpose },
				{ offers: oneDay, situation, purpose },
				{ offers: offers.slice(0, 1), situation, purpose },
			]),
		),
		no_offers: [{ wish: null }, { wish: { value: { dates: [DATE] }, source: 'client', turn: 1 } }],
		confirm_create: [
			{ offer, clientName: name, guestName: null, company, pendingId: 'p1' },
			{ offer, clientName: null, guestName: name, company, pendingId: 'p1' },
		],
		confirm_reschedule: [{ record, offer, pendingId: 'p1' }],
		confirm_cancel: [{ record, pendingId: 'p1' }],
		booked: [{ record, company, clientName: name }, { record, company, clientName: null }],
		rescheduled: [{ record }],
		cancelled: [{ record: { ...record, status: 'cancelled' } }],
		already_done: KINDS.map((kind) => ({ kind, record })),
		effect_unknown: [{}],
		effect_still_unknown: [{}],
		refused: REFUSAL_REASONS.flatMap((reason) => [{ reason, phone: company.phone }, { reason, phone: null }]),
		finish_on_page: [{ url: 'https://dikidi.example/100500?time=10' }],
		crm_unavailable: [{}],
		pending_dropped: KINDS.map((kind) => ({ kind })),
		pending_expired: [{}],
		stale_button: [{}],
		time_past: [{ date: null }, { date: DATE }],
		too_far: [{ days: 30 }, { days: 1 }],
		recurring_unsupported: [{}],
		records: [{ records }, { records: records.slice(0, 1) }],
		no_records: [{ identity: 'verified' }, { identity: 'chat' }],
		choose_record: [{ op: 'cancel', records }, { op: 'move', records }],
		identity_needed: [{}],
		prices: [{ services, more: 3 }, { services: services.slice(0, 1), more: 0 }],
		durations: [{ services, more: 0 }, { services: services.slice(0, 1), more: 0 }],
		services: [{ categories: [{ title: services[0]?.category ?? '', services: services.slice(0, 2) }, { title: 'Лицо', services: services.slice(2) }] }, { categories: [] }],
		address: [{ company }],
		hours: [{ company, date: null }, { company, date: DATE }, { company, date: CLOSED_DATE }],
		contacts: [{ company }],
		staff_list: [{ staff, service: null }, { staff, service: services[0] ?? null }, { staff: [], service: services[0] ?? null }],
		knowledge: [{ snippet: { id: 'k1', title: 'Парковка', text: 'Парковка во дворе бесплатная.', score: 0.9 } }],
		script: [{ text: 'К окрашиванию у нас есть уход.' }],
		heard: [{ name: 'Анна', phone: '+79161234567' }, { name: null, phone: '+79161234567' }],
		faq_unknown: [{}],
		hello: [{}],
		thanks: [{}],
		bye: [{}],
		how_are_you: [{}],
		who_are_you: [{ company, name: null }, { company, name: 'Лаванда' }],
		smalltalk_other: [{}],
		next_visit: [{ serviceTitles: offer.serviceTitles }, { serviceTitles: [] }],
		not_understood: [{ attempt: 1 }, { attempt: 2 }],
		media_unreadable: (['voice', 'image', 'location', 'contact', 'other'] as const).map((kind) => ({ kind })),
		handoff: HANDOFF_CAUSES.map((cause) => ({ cause })),
		handoff_alarm: [{}],
		stopped: [{}],
		resumed: [{}],
		abuse_warning: [{ attempt: 1 }, { attempt: 2 }],
		abuse_pause: [{}],
		other_language: [{}],
		budget_reached: [{}],
		reminder: [{ record, company, note: null }, { record, company, note: 'Вход со двора.' }],
		see_you: [{ record }],
		review_request: [{ company, note: null }],
		review_thanks: [{ url: null }, { url: 'https://reviews.example/lotos' }],
		review_sorry: [{}],
		win_back: [{ serviceTitles: offer.serviceTitles, note: null }, { serviceTitles: [], note: 'Скучаем!' }],
		birthday: [{ company, clientName: name, note: null }, { company, clientName: null, note: null }],
	};
}

/** Every intent of a world with each of its kinds of data. */
export function utterancesOf(world: World): readonly Utterance[] {
	const samples = samplesOf(world);
	return (Object.keys(samples) as Intent[]).flatMap((intent) => samples[intent].map((data) => ({ intent, data }) as Utterance));
}

/** Input for one reply: Saturday noon in Moscow, Russian, web chat, no greeting. */
export function inputOf(utterances: readonly Utterance[], patch: Partial<ComposeInput> = {}): ComposeInput {
	return {
		utterances,
		lang: 'ru',
		channel: CHANNELS.web,
		now: '2026-11-21T12:00:00+03:00',
		zone: 'Europe/Moscow',
		catalogue: PLAIN.catalogue,
		greet: false,
		clientName: null,
		lastReplies: [],
		told: {},
		draft: null,
		clientText: '',
		aids: null,
		...patch,
	};
}
