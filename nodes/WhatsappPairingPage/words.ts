import type { SessionState } from '../../core/whatsapp';
import type { PairingProblem } from '../../core/whatsapp/session';

export type PageLanguage = 'en' | 'ru';

/** What the page says of a state. */
type StateWords = Readonly<Record<SessionState, string>>;
type ProblemWords = Readonly<Record<PairingProblem, string>>;

interface PageWords {
	readonly title: string;
	readonly risk: string;
	readonly agree: string;
	readonly byQr: string;
	readonly byCode: string;
	readonly qrHow: string;
	readonly codeHow: string;
	readonly phone: string;
	readonly getCode: string;
	readonly showQr: string;
	readonly qrTitle: string;
	/** Ends with the last digits of the number. */
	readonly connected: string;
	readonly scan: string;
	readonly type: string;
	readonly lost: string;
	readonly notHere: string;
	readonly notFound: string;
	readonly tooMany: string;
	readonly badPhone: string;
	readonly states: StateWords;
	readonly problems: ProblemWords;
}

const EN: PageWords = {
	title: 'Connect WhatsApp',
	risk: 'This connects your number as a linked device through an unofficial client. WhatsApp does not allow such clients and may restrict or ban the number. Use a number you can do without, answer only people who write first, and send no bulk messages. The official way is the WhatsApp Business Cloud API.',
	agree: 'I understand, continue',
	byQr: 'With a QR code',
	byCode: 'With a code',
	qrHow: 'On the phone: WhatsApp → Settings → Linked devices → Link a device, and point the camera here.',
	codeHow: 'Enter the number of this WhatsApp. Then on the phone: WhatsApp → Settings → Linked devices → Link a device → Link with phone number instead, and type the code.',
	phone: 'Phone number with country code',
	getCode: 'Get a code',
	showQr: 'Show a QR code',
	qrTitle: 'QR code for linking',
	connected: 'Connected. You can close this page. The number ends in',
	scan: 'Scan the QR code with the phone.',
	type: 'Type the code into the phone.',
	lost: 'The page has no connection to the server; it keeps trying.',
	notHere: 'The process that runs this number does not answer yet. Is a workflow with WhatsApp Session Trigger published?',
	notFound: 'This link does not work: it was opened before, has expired or is not complete. Ask for a new one.',
	tooMany: 'Too many attempts. Try again later.',
	badPhone: 'Enter the number in digits with its country code, for example 7 916 123-45-67.',
	states: {
		idle: 'Starting…',
		connecting: 'Connecting to WhatsApp…',
		needs_pairing: 'The number is not linked. Ask for a QR code or a code.',
		pairing: 'Waiting for the phone.',
		open: 'Connected. You can close this page.',
		degraded: 'Connected, with a bad line.',
		reconnecting: 'The line was lost; connecting again…',
		passkey_required: 'WhatsApp asks this account for a passkey, which linked devices of this kind cannot give. Use another number or the official API.',
		client_outdated: 'WhatsApp refuses this version of the client. The administrator has to update it.',
		logged_out: 'The device was unlinked on the phone. Ask for a QR code or a code to link it again.',
		conflict: 'The same device is connected somewhere else. The administrator has to stop one of the two.',
		banned: 'WhatsApp does not let this number in. Look into WhatsApp on the phone.',
		stopped: 'The session is stopped. The administrator has to start it again.',
	},
	problems: {
		qr_expired: 'Nobody scanned the QR code. Show it again, or use a code.',
		code_expired: 'The code was not typed in time. Get a new one, or use the QR code.',
		code_refused: 'WhatsApp did not give a code for this number. Check the number, or use the QR code.',
		wrong_number: 'This is another number than before: chats go on from it. If that was a mistake, ask the administrator to log it out, and link the right phone.',
		passkey_required: 'WhatsApp asks this account for a passkey, which linked devices of this kind cannot give. Use another number or the official API.',
		pairing_failed: 'The phone and WhatsApp did not agree. Try again.',
	},
};

const RU: PageWords = {
	title: 'Подключение WhatsApp',
	risk: 'Номер подключается как связанное устройство через неофициальный клиент. WhatsApp такие клиенты не разрешает и может ограничить или заблокировать номер. Берите номер, без которого можно обойтись, отвечайте только тем, кто написал первым, и не делайте рассылок. Официальный путь — WhatsApp Business Cloud API.',
	agree: 'Понятно, продолжить',
	byQr: 'По QR-коду',
	byCode: 'По коду',
	qrHow: 'На телефоне: WhatsApp → Настройки → Связанные устройства → Привязка устройства, и наведите камеру сюда.',
	codeHow: 'Введите номер этого WhatsApp. Потом на телефоне: WhatsApp → Настройки → Связанные устройства → Привязка устройства → Связать по номеру телефона, и наберите код.',
	phone: 'Номер телефона с кодом страны',
	getCode: 'Получить код',
	showQr: 'Показать QR-код',
	qrTitle: 'QR-код для привязки',
	connected: 'Подключено. Страницу можно закрыть. Номер оканчивается на',
	scan: 'Отсканируйте QR-код телефоном.',
	type: 'Введите код на телефоне.',
	lost: 'Нет связи с сервером; страница пробует снова.',
	notHere: 'Процесс, который ведёт этот номер, пока не отвечает. Опубликован ли рабочий процесс с WhatsApp Session Trigger?',
	notFound: 'Ссылка не работает: её уже открывали, она истекла или неполная. Попросите новую.',
	tooMany: 'Слишком много попыток. Попробуйте позже.',
	badPhone: 'Введите номер цифрами с кодом страны, например 7 916 123-45-67.',
	states: {
		idle: 'Запуск…',
		connecting: 'Соединение с WhatsApp…',
		needs_pairing: 'Номер не привязан. Запросите QR-код или код.',
		pairing: 'Ждём телефон.',
		open: 'Подключено. Страницу можно закрыть.',
		degraded: 'Подключено, связь плохая.',
		reconnecting: 'Связь пропала, соединяемся снова…',
		passkey_required: 'WhatsApp требует для этого аккаунта ключ доступа, который такое устройство дать не может. Возьмите другой номер или официальный API.',
		client_outdated: 'WhatsApp не принимает эту версию клиента. Администратору нужно её обновить.',
		logged_out: 'Устройство отвязали на телефоне. Запросите QR-код или код, чтобы привязать снова.',
		conflict: 'То же устройство подключено где-то ещё. Администратору нужно остановить одно из двух.',
		banned: 'WhatsApp не пускает этот номер. Посмотрите в WhatsApp на телефоне.',
		stopped: 'Сессия остановлена. Администратору нужно её запустить.',
	},
	problems: {
		qr_expired: 'QR-код никто не отсканировал. Покажите его снова или возьмите код.',
		code_expired: 'Код не ввели вовремя. Получите новый или возьмите QR-код.',
		code_refused: 'WhatsApp не выдал код для этого номера. Проверьте номер или возьмите QR-код.',
		wrong_number: 'Это не тот номер, что был раньше: переписка пойдёт с него. Если это ошибка, попросите администратора отвязать его и привяжите нужный телефон.',
		passkey_required: 'WhatsApp требует для этого аккаунта ключ доступа, который такое устройство дать не может. Возьмите другой номер или официальный API.',
		pairing_failed: 'Телефон и WhatsApp не договорились. Попробуйте ещё раз.',
	},
};

export const WORDS: Readonly<Record<PageLanguage, PageWords>> = { en: EN, ru: RU };

/** The language of a browser: Russian where it comes before English or stands alone, else English. */
export function languageOf(acceptLanguage: unknown): PageLanguage {
	const wanted = typeof acceptLanguage === 'string' ? acceptLanguage.toLowerCase().slice(0, 500) : '';
	const first = wanted.split(',').map((part) => part.trim().slice(0, 2)).find((code) => code === 'ru' || code === 'en');
	return first === 'ru' ? 'ru' : 'en';
}
