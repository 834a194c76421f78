import type { Wordings } from '../../wording';
import { lines, recordList, sentences } from '../lists';
import { andMore } from './words';

export const visits = {
	records: ({ records }, w, c) => {
		const [first, ...others] = records;
		if (first === undefined) return 'Предстоящих записей у вас нет.';
		if (others.length === 0) return lines(c.vary('Ваша запись:', 'Вот ваша запись:'), w.record(first));
		return lines(c.vary('Ваши записи:', 'Вот ваши записи:'), recordList(records, w, andMore(w)));
	},
	no_records: ({ identity }, _, c) =>
		identity === 'verified'
			? c.vary('Предстоящих записей у вас нет.', 'Записей впереди не видно.')
			: c.vary('Записей, сделанных в этом чате, не видно.', 'В этом чате записей пока нет.'),
	choose_record: ({ op, records }, w, c) => {
		if (records.length === 0) return 'Предстоящих записей у вас нет.';
		const question = op === 'cancel' ? c.vary('Какую запись отменить?', 'Какую из записей отменить?') : c.vary('Какую запись перенести?', 'Какую из записей перенести?');
		return lines(question, recordList(records, w, andMore(w)), c.again ? '' : 'Напишите номер.');
	},
	identity_needed: (_, __, c) =>
		sentences(
			c.vary('Ваши записи могу показать, только когда номер телефона подтверждает сам мессенджер.', 'Записи откроются, как только мессенджер подтвердит ваш номер телефона.', 'Пока мессенджер не ручается за номер телефона, записи показать не могу.'),
			c.vary('Поделитесь, пожалуйста, своим контактом или попросите позвать администратора.', 'Отправьте, пожалуйста, свой контакт кнопкой или попросите позвать администратора.', 'Нажмите кнопку с контактом или напишите, что нужен администратор.'),
		),
} satisfies Partial<Wordings>;
