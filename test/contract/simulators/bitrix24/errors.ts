/** A refusal in the vendor's words; the code may be a string, a number or empty, as the sheet says. */
export class BitrixError extends Error {
	constructor(
		readonly status: number,
		readonly code: string | number,
		description: string,
	) {
		super(description);
	}
}

/** A mandatory parameter is missing or of the wrong type. */
export function missingParameter(name: string): BitrixError {
	return new BitrixError(400, 100, `Could not find value for parameter {${name}}`);
}

/** No such element of the CRM. */
export function itemNotFound(): BitrixError {
	return new BitrixError(400, 'NOT_FOUND', 'Элемент не найден');
}

/** A field, a filter or an order the method does not know or take. */
export function invalidArgument(name: string): BitrixError {
	return new BitrixError(400, 'INVALID_ARG_VALUE', `Invalid value for argument ${name}`);
}

/** No right to the object or to the method. */
export function accessDenied(): BitrixError {
	return new BitrixError(403, 'ACCESS_DENIED', 'Access denied');
}

/** The calendar's way: an empty code and a sentence in the portal's language. */
export function calendarError(sentence: string): BitrixError {
	return new BitrixError(400, '', sentence);
}
