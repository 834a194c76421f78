import type { Answer } from '../kit';

/** A refusal of the platform. `code` is the one of the answer's body; null where only the status speaks. */
export class OneCError extends Error {
	constructor(
		readonly status: number,
		readonly code: string | null,
		text: string,
	) {
		super(text);
	}
}

/** An answer that is no OData at all: a web server's page. */
export class PageError extends Error {
	constructor(readonly answer: Answer) {
		super('a page of the web server');
	}
}

export const badValue = (value: unknown, type: string): OneCError => new OneCError(400, '1', `Ошибка преобразования значения '${String(value)}' к типу ${type}`);
export const badPath = (segment: string): OneCError => new OneCError(400, '6', `Метод не найден: ${segment}`);
export const badFilter = (): OneCError => new OneCError(400, '14', 'Ошибка разбора опции запроса $filter');
export const notFound = (): OneCError => new OneCError(404, '9', 'Экземпляр сущности не найден');
export const notPublished = (set: string): OneCError => new OneCError(404, null, `Сущность не найдена: ${set}`);
/** An exception of the configuration's code or of the platform's query. */
export const exception = (text: string): OneCError => new OneCError(500, '-1', text);

/** The vendor's body of a refusal. */
export function errorAnswer({ status, code, message }: OneCError): Answer {
	const body = { 'odata.error': { code: code ?? '', message: { lang: 'ru', value: message } } };
	return { status, headers: { 'content-type': 'application/json;charset=utf-8', dataserviceversion: '3.0' }, body: JSON.stringify(body) };
}

/** The page of a web server, in the form IIS writes it. */
export function serverPage(status: number, title: string): Answer {
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h2>${title}</h2></body></html>` };
}

/** The page a person signs in on, answered with success to a program. */
export function loginPage(): Answer {
	return serverPage(200, 'Вход в систему');
}
