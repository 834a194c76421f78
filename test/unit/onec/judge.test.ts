import type { Answer } from '../../../core/crm/http';
import { RULES, signingHeaders } from '../../../core/crm/onec';

const fault = (status: number, code: string, value: string): Answer => ({ status, headers: {}, body: { kind: 'json', value: { 'odata.error': { code, message: { lang: 'ru', value } } } } });
const json = (status: number, value: unknown): Answer => ({ status, headers: {}, body: { kind: 'json', value } });
const page = (status: number, text: string): Answer => ({ status, headers: {}, body: { kind: 'text', text } });
const xml = (status: number, code: string, message: string): Answer => page(status, `<?xml version="1.0"?><m:error xmlns:m="x"><m:code>${code}</m:code><m:message xml:lang="ru">${message}</m:message></m:error>`);

function said(answer: Answer): string {
	const verdict = RULES.judge(answer);
	return verdict.kind === 'refused' ? verdict.reason : verdict.kind;
}

describe('what an answer of 1C means', () => {
	it.each<[string, Answer, string]>([
		['a list', json(200, { value: [] }), 'success'],
		['a made object', json(201, { Ref_Key: 'x' }), 'success'],
		['an empty 204', { status: 204, headers: {}, body: { kind: 'empty' } }, 'success'],
		['an error under 200', fault(200, '-1', 'Внутренняя ошибка'), 'failed'],
		['an error that is no object', json(200, { 'odata.error': 'x' }), 'failed'],
		['whole metadata', page(200, '<?xml version="1.0"?><edmx:Edmx Version="1.0"></edmx:Edmx>'), 'success'],
		['half of metadata', page(200, '<?xml version="1.0"?><edmx:Edmx Version="1.0"><edmx:Data'), 'unreadable'],
		['Atom in place of JSON', page(200, '<?xml version="1.0"?><feed></feed>'), 'unreadable'],
		['a sign-in page', page(200, '<html>Вход в систему</html>'), 'unreadable'],
		['a redirect', page(302, ''), 'unreadable'],
		['a value of another type', fault(400, '1', 'x'), 'invalid_request'],
		['an unknown method', fault(400, '6', 'x'), 'unsupported'],
		['a row of a section', fault(400, '13', 'x'), 'unsupported'],
		['a filter that cannot be read', fault(400, '14', 'x'), 'unsupported'],
		['the same in XML', xml(400, '14', 'x'), 'unsupported'],
		['a second row with one key', fault(400, '', 'Запись с такими ключевыми полями существует'), 'slot_taken'],
		['a wrong password in plain text', page(401, 'Идентификация пользователя не выполнена'), 'credential_invalid'],
		['an ended licence', page(402, 'x'), 'not_allowed'],
		['a missing right', fault(403, '', 'Недостаточно прав'), 'not_allowed'],
		['a page of 403', page(403, '<html>'), 'unreadable'],
		['no such object', fault(404, '9', 'Экземпляр сущности не найден'), 'not_found'],
		['no such object in XML', xml(404, '9', 'x'), 'not_found'],
		['a set that is not published', fault(404, '', 'Сущность не найдена'), 'not_allowed'],
		['a page of 404', page(404, '<html>404.15</html>'), 'unreadable'],
		['a stale version', fault(412, '', 'x'), 'version_conflict'],
		['429', page(429, ''), 'throttled'],
		['a held object', fault(500, '-1', 'Не удалось заблокировать запись'), 'version_conflict'],
		['a forbidden question', fault(500, '-1', 'Операция не разрешена в предложении "ГДЕ"'), 'unsupported'],
		['an empty mandatory field', fault(500, '-1', 'Поле "Контрагент" не заполнено'), 'invalid_request'],
		['taken time by the configuration', fault(500, '-1', 'Время занято'), 'slot_taken'],
		['another exception', fault(500, '-1', 'Внутренняя ошибка'), 'failed'],
		['no free licence', page(503, 'Не обнаружена свободная лицензия'), 'failed'],
		['a bad gateway', page(502, '<html>'), 'failed'],
	])('%s', (_what, answer, expected) => {
		expect(said(answer)).toBe(expected);
	});

	it('says what to do, and repeats no words of the base', () => {
		const verdicts = [fault(500, '-1', 'Вера Иванова +79161234501 не заполнено'), page(503, 'лицензия Вера'), page(200, '<html>Вера'), fault(403, '', 'Вера')].map((answer) => RULES.judge(answer));
		expect(JSON.stringify(verdicts)).not.toMatch(/Вера|7916/);
		for (const verdict of verdicts) expect(verdict).toHaveProperty('message');
		expect(RULES.judge(page(302, ''))).toMatchObject({ message: expect.stringContaining('another address') as string });
		expect(RULES.judge(page(503, 'Не обнаружена свободная лицензия'))).toMatchObject({ message: expect.stringContaining('icence') as string });
	});

	it('signs in UTF-8', () => {
		expect(Buffer.from(signingHeaders({ login: 'Бот', password: 'пароль' }).authorization?.slice(6) ?? '', 'base64').toString('utf8')).toBe('Бот:пароль');
		expect(RULES.headers).toEqual({ accept: 'application/json;odata=nometadata' });
	});
});
