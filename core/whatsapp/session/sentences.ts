import type { SessionState } from '../ports';
import type { SessionSettings } from './settings';

export type Language = SessionSettings['language'];
export type Sentence = Readonly<Record<Language, string>>;

const STATES: Readonly<Record<SessionState, Sentence>> = {
	idle: { en: 'Nobody uses this number now. Activate a workflow that listens to it.', ru: 'Этот номер сейчас никто не использует. Включите сценарий, который его слушает.' },
	connecting: { en: 'Connecting to WhatsApp.', ru: 'Подключаемся к WhatsApp.' },
	needs_pairing: { en: 'No phone is linked. Open the pairing page and link one.', ru: 'Телефон не привязан. Откройте страницу привязки и привяжите его.' },
	pairing: { en: 'Waiting for the phone to be linked.', ru: 'Ждём, когда телефон будет привязан.' },
	open: { en: 'Connected.', ru: 'Подключено.' },
	degraded: { en: 'Connected, but something is not as it should be.', ru: 'Подключено, но не всё в порядке.' },
	reconnecting: { en: 'The connection was lost and is being made again. Messages wait at WhatsApp and are not lost.', ru: 'Связь пропала, подключаемся снова. Сообщения ждут в WhatsApp и не теряются.' },
	passkey_required: {
		en: 'WhatsApp asks this account for a passkey, which only its own web page can give. Link another number or use the official API. Devices that are linked already go on working: do not log them out.',
		ru: 'WhatsApp требует от этого аккаунта ключ доступа, который можно подтвердить только на его собственной странице. Привяжите другой номер или используйте официальный API. Уже привязанные устройства работают: не выходите на них.',
	},
	client_outdated: {
		en: 'WhatsApp refuses the version of the client. A newer one is looked for every 15 minutes; an administrator can set it by hand. The number stays linked.',
		ru: 'WhatsApp не принимает версию клиента. Новая ищется каждые 15 минут; администратор может задать её вручную. Номер остаётся привязанным.',
	},
	logged_out: { en: 'The phone has unlinked this device. Link it again on the pairing page.', ru: 'Устройство отвязали на телефоне. Привяжите его снова на странице привязки.' },
	conflict: {
		en: 'Another program is connected with the same linked device. Stop it, then restart this session. If there is none, log out and link the phone anew.',
		ru: 'К тому же привязанному устройству подключена другая программа. Остановите её и перезапустите сессию. Если такой нет, выйдите и привяжите телефон заново.',
	},
	banned: { en: 'WhatsApp has blocked this number. Open WhatsApp on the phone to see why and to ask for a review.', ru: 'WhatsApp заблокировал этот номер. Откройте WhatsApp на телефоне: там причина и запрос на проверку.' },
	stopped: { en: 'The session has stopped and needs a look. Restart it when the reason is gone.', ru: 'Сессия остановлена и требует внимания. Перезапустите её, когда причина устранена.' },
};

/** Reasons that say more than the state does. */
const REASONS: Readonly<Record<string, Sentence>> = {
	client_missing: {
		en: 'WhatsApp needs the package @whiskeysockets/baileys 7.0.0-rc14, which is not installed. In the folder of n8n-nodes-ai-admin run "npm install --no-save --ignore-scripts @whiskeysockets/baileys@7.0.0-rc14", then restart.',
		ru: 'Для WhatsApp нужен пакет @whiskeysockets/baileys 7.0.0-rc14, он не установлен. Выполните в папке n8n-nodes-ai-admin «npm install --no-save --ignore-scripts @whiskeysockets/baileys@7.0.0-rc14» и перезапустите.',
	},
	state_unreadable: {
		en: 'The stored state of this session cannot be read. It was not linked anew: restore it from a backup, or add the earlier encryption key.',
		ru: 'Сохранённое состояние сессии не читается. Заново она не привязывалась: восстановите её из копии или добавьте прежний ключ шифрования.',
	},
	state_not_saved: { en: 'The database did not take the state of this session. It connects again as soon as the database works.', ru: 'База не приняла состояние сессии. Она подключится снова, как только база заработает.' },
	store_unreachable: { en: 'The database does not answer. The session connects again as soon as it does.', ru: 'База не отвечает. Сессия подключится снова, как только та ответит.' },
	settings_invalid: { en: 'The settings of this session are not valid. Correct them and restart.', ru: 'Настройки сессии неверны. Исправьте их и перезапустите.' },
	proxy_unsupported: { en: 'A proxy needs Node 24.5 or newer. Update it, or remove the proxy from the settings.', ru: 'Для прокси нужен Node 24.5 или новее. Обновите его или уберите прокси из настроек.' },
	not_multi_device: { en: 'This account is not one for linked devices. Update WhatsApp on the phone.', ru: 'Этот аккаунт не поддерживает связанные устройства. Обновите WhatsApp на телефоне.' },
	queue_old: { en: 'Connected, but messages wait to be sent for more than two minutes.', ru: 'Подключено, но сообщения ждут отправки больше двух минут.' },
	delivery_low: {
		en: 'Connected, but few of the last messages reached their phones. New chats are paused for an hour.',
		ru: 'Подключено, но мало последних сообщений дошло до телефонов. Новые чаты приостановлены на час.',
	},
	phone_silent: {
		en: 'The phone was not heard of for ten days. After fourteen WhatsApp unlinks all devices: open WhatsApp on the phone.',
		ru: 'Телефон не выходил на связь десять дней. После четырнадцати WhatsApp отвяжет все устройства: откройте WhatsApp на телефоне.',
	},
	qr_expired: { en: 'Nobody scanned the code in time. Show a new one, or link with a code typed into the phone.', ru: 'Код никто не отсканировал. Покажите новый или привяжите телефон по коду, который вводится вручную.' },
	code_expired: { en: 'The code was not typed in time. Ask for a new one.', ru: 'Код не ввели вовремя. Запросите новый.' },
	code_refused: { en: 'WhatsApp gave no code for this number. Check the number, or scan a QR code.', ru: 'WhatsApp не выдал код для этого номера. Проверьте номер или отсканируйте QR-код.' },
	phone_invalid: { en: 'This is no phone number: digits with the country, as 79161234567.', ru: 'Это не номер телефона: нужны цифры с кодом страны, например 79161234567.' },
	wrong_number: {
		en: 'Linked, but with another number than before: chats go on from it. If that was a mistake, log out and link the right phone.',
		ru: 'Привязано, но номер не тот, что был раньше: переписка пойдёт с него. Если это ошибка, выйдите и привяжите нужный телефон.',
	},
	pairing_failed: { en: 'The phone and this device did not agree. Try again.', ru: 'Телефон и устройство не договорились. Попробуйте ещё раз.' },
	already_linked: { en: 'A phone is linked already. Log it out before linking another one.', ru: 'Телефон уже привязан. Выйдите, прежде чем привязывать другой.' },
	not_linked: { en: 'No phone is linked.', ru: 'Телефон не привязан.' },
	not_open: { en: 'The session is not connected now. Try again when it is.', ru: 'Сессия сейчас не подключена. Повторите, когда связь появится.' },
	nobody_runs_it: { en: 'No process runs this session now. Activate a workflow that listens to it, or start a session host.', ru: 'Эту сессию сейчас никто не ведёт. Включите сценарий, который её слушает, или запустите хост сессий.' },
	timeout: { en: 'There was no answer in time; it is not known what was done.', ru: 'Ответ не пришёл вовремя; что было сделано, неизвестно.' },
	order_invalid: { en: 'The order is not one a session knows.', ru: 'Такой команды у сессии нет.' },
	failed: { en: 'WhatsApp did not do it. Try again later.', ru: 'WhatsApp этого не сделал. Попробуйте позже.' },
	pairing_qr: { en: 'On the phone: Settings, Linked devices, Link a device; then scan the code.', ru: 'На телефоне: Настройки, Связанные устройства, Привязка устройства; затем отсканируйте код.' },
	pairing_code: { en: 'On the phone: Settings, Linked devices, Link a device, Link with phone number; then type the code.', ru: 'На телефоне: Настройки, Связанные устройства, Привязка устройства, Связать по номеру телефона; затем введите код.' },
	pairing_begins: { en: 'A code comes in a moment.', ru: 'Код появится через мгновение.' },
	restored: {
		en: 'The session is restored. The backup is older than the last messages: some that come now cannot be read until their senders repeat them, which they do by themselves. Make sure that no other program uses the same linked device.',
		ru: 'Сессия восстановлена. Копия старше последних сообщений: часть новых не прочитается, пока отправители не повторят их сами. Убедитесь, что другая программа не использует то же устройство.',
	},
};

const BANNED_UNTIL = /^banned_until (\S+)$/;

/** How a temporary ban is noted. */
export const bannedUntil = (until: number): string => `banned_until ${new Date(until).toISOString()}`;

/** When a noted ban ends; null when the reason is none, or has no end. */
export function endOfBan(reason: string | null): number | null {
	const [, instant] = BANNED_UNTIL.exec(reason ?? '') ?? [];
	return instant === undefined ? null : Date.parse(instant);
}

/** What a state means and what to do, for its owner. */
export function sentenceOf(state: SessionState, reason: string | null, language: Language): string {
	const end = endOfBan(reason);
	if (state === 'banned' && end !== null) {
		const instant = `${new Date(end).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
		return language === 'ru' ? `WhatsApp временно заблокировал номер до ${instant}. После этого сессия подключится сама.` : `WhatsApp has blocked this number until ${instant}. The session connects by itself afterwards.`;
	}
	return (REASONS[reason ?? ''] ?? STATES[state])[language];
}

/** What a word of ours means; the word itself when there is no sentence for it. */
export const explain = (reason: string, language: Language): string => REASONS[reason]?.[language] ?? reason;
