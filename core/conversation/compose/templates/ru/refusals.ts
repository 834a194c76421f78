import type { RefusalReason } from '../../../../booking';
import type { RefusalWording, Wordings } from '../../wording';
import { sentences } from '../lists';

/** Every reason, in words for a client; a reason without words does not compile. */
const REFUSALS: { readonly [R in RefusalReason]: RefusalWording } = {
	slot_taken: { texts: ['К сожалению, это время уже занято.', 'Это время только что заняли.'], call: false },
	slot_in_past: { texts: ['Это время уже прошло.', 'Это время уже позади, нужно выбрать другое.'], call: false },
	too_soon: { texts: ['До этого времени осталось слишком мало, записать уже не получится.', 'Это слишком скоро: мастер не успеет подготовиться.'], call: false },
	too_far: { texts: ['Так далеко вперёд расписание ещё не открыто.', 'На эту дату запись пока не открыта.'], call: false },
	outside_hours: { texts: ['В это время мы не работаем.', 'Это время вне часов работы.'], call: false },
	staff_unqualified: { texts: ['Этот мастер не выполняет выбранную услугу.', 'Выбранную услугу делает другой мастер.'], call: false },
	staff_inactive: { texts: ['К этому мастеру сейчас нет записи.', 'Этот мастер сейчас не принимает.'], call: false },
	service_inactive: { texts: ['Этой услуги сейчас нет в записи.', 'На эту услугу сейчас записать не получится.'], call: false },
	resource_busy: { texts: ['На это время занят кабинет или оборудование.', 'В это время не хватает свободного оборудования.'], call: false },
	self_overlap: { texts: ['На это время у вас уже есть другая запись.', 'Это время пересекается с другой вашей записью.'], call: false },
	client_blocked: { texts: ['Записать онлайн не получится. Пожалуйста, свяжитесь с администратором.'], call: true },
	client_invalid: { texts: ['Не получилось принять ваши данные. Проверьте, пожалуйста, имя и телефон.'], call: false },
	phone_invalid: { texts: ['Система записи не приняла номер телефона. Проверьте его, пожалуйста.'], call: false },
	name_missing: { texts: ['Для записи нужно имя.', 'Без имени записать не получится.'], call: false },
	not_found: { texts: ['Такой записи не видно.', 'Этой записи в расписании нет.'], call: false },
	not_own: { texts: ['Могу показать и изменить только ваши собственные записи.'], call: false },
	already_cancelled: { texts: ['Этой записи в расписании уже нет.'], call: false },
	too_late_to_change: { texts: ['До визита осталось слишком мало времени, здесь изменить запись уже не получится.'], call: true },
	version_conflict: { texts: ['Эта запись в салоне уже выглядит иначе. Давайте посмотрим её заново.'], call: false },
	not_allowed: { texts: ['Это может сделать только администратор.'], call: true },
	credential_invalid: { texts: ['Сейчас не получается обратиться к расписанию. Попробуйте, пожалуйста, позже.'], call: true },
	invalid_request: { texts: ['Не получилось выполнить просьбу. Попробуйте, пожалуйста, другой вариант.'], call: true },
	unsupported: { texts: ['Здесь это сделать нельзя, поможет администратор.'], call: true },
};

export const refusals = {
	refused: ({ reason, phone }, w, c) => {
		const { texts, call } = REFUSALS[reason];
		const number = call && phone !== null ? w.phone(phone) : '';
		return sentences(c.vary(...texts), number === '' ? '' : `Телефон: ${number}.`);
	},
	finish_on_page: ({ url }, w) => `В этом салоне записываются на странице салона. Откройте её и выберите там время: ${w.page(url)}`,
	crm_unavailable: (_, __, c) =>
		c.vary(
			'Сейчас не получается открыть расписание. Попробуйте, пожалуйста, через несколько минут.',
			'Расписание сейчас не отвечает. Напишите, пожалуйста, чуть позже.',
		),
	pending_dropped: ({ kind }, _, c) => (kind === 'create' ? c.vary('Хорошо, не записываю.', 'Хорошо, отложим запись.') : c.vary('Хорошо, ничего не меняю.', 'Хорошо, запись остаётся как есть.')),
	pending_expired: (_, __, c) =>
		c.vary('Прошло много времени, поэтому проверю всё заново.', 'Это предложение устарело, нужно посмотреть время заново.'),
	stale_button: (_, __, c) => c.vary('Эта кнопка уже неактуальна.', 'Это уже неактуально.'),
	time_past: ({ date }, w, c) =>
		date === null ? c.vary('Это время уже прошло.', 'Это время уже позади.') : `${w.day(date)}: это время уже прошло.`,
	too_far: ({ days }, w) => `Записать можно не дальше чем на ${w.days(days)} вперёд.`,
	recurring_unsupported: () => 'Повторяющиеся визиты оформляются по одному. Давайте начнём с ближайшего.',
} satisfies Partial<Wordings>;
