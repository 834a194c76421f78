import { createTransport, type Answer, judgeByStatus, type RateWindow, type Transport, type TransportParts, type VendorRules, type Verdict } from '../http';
import { isRecord } from '../reading';
import { basicHeader, interfaceUrl } from './odata';

export const VENDOR = '1C';

/** No limit is published. Four requests a second leave a base with few licences to its people. */
export const RATE_WINDOWS: readonly RateWindow[] = [{ requests: 4, perMs: 1000 }];

/** Headers that sign a request of a script; in n8n the credential does the same. */
export function signingHeaders({ login, password }: { readonly login: string; readonly password: string }): Readonly<Record<string, string>> {
	return { authorization: basicHeader(login, password) };
}

/** The transport of one base; `baseUrl` as its owner knows it. Throws `TypeError` for an address that is none. */
export function createOnecTransport({ baseUrl, ...parts }: Omit<TransportParts, 'rules'>): Transport {
	return createTransport({ ...parts, baseUrl: interfaceUrl(baseUrl), rules: RULES });
}

export const RULES: VendorRules = { vendor: VENDOR, headers: { accept: 'application/json;odata=nometadata' }, judge };

/** What the platform said in the body of a refusal. */
interface Fault {
	readonly code: string;
	/** For matching only: it may repeat names and phones. */
	readonly text: string;
}

const LICENCE = /лиценз|licen[cs]e/i;
const NO_LICENCE = 'All licences of the base are taken, or the licence has ended: end idle sessions in 1C, or add licences.';
const PAGE = 'A page for people came in place of data: check the address of the base, and whether its provider wants a new sign-in.';
const REDIRECT = 'The server sends to another address: check the address of the base (https instead of http, the name of the base).';

function judge(answer: Answer): Verdict {
	const { status, body } = answer;
	const isDone = status >= 200 && status < 300;
	const fault = faultIn(answer);
	if (fault !== null) return judgeFault(isDone ? 500 : status, fault);
	if (isDone && body.kind === 'json') return { kind: 'success', payload: body.value };
	if (isDone && body.kind === 'empty') return { kind: 'success', payload: null };
	const text = body.kind === 'text' ? (body.text ?? '') : '';
	if (isDone) return isMetadata(text) ? { kind: 'success', payload: text } : { kind: 'unreadable', message: PAGE };
	if (status === 401) return { kind: 'refused', reason: 'credential_invalid', message: 'The base does not accept the credential: the login or the password is another one in 1C.' };
	if (status === 402) return { kind: 'refused', reason: 'not_allowed', message: NO_LICENCE };
	if (status >= 300 && status < 400) return { kind: 'unreadable', message: REDIRECT };
	if (status >= 500 && LICENCE.test(text)) return { kind: 'failed', message: NO_LICENCE };
	if (status < 500 && status !== 429 && status !== 408) return { kind: 'unreadable', message: PAGE };
	return judgeByStatus(answer);
}

/** Codes that are the same whatever the status. */
const CODES: Readonly<Record<string, Verdict>> = {
	'1': { kind: 'refused', reason: 'invalid_request', message: 'The base cannot read a value: its type in the mapping is another one.' },
	'6': { kind: 'refused', reason: 'unsupported', message: 'The base does not know a field or an action of the request; compare the mapping with the metadata.' },
	'9': { kind: 'refused', reason: 'not_found', message: 'The base has no such object.' },
	'13': { kind: 'refused', reason: 'unsupported', message: 'Rows of a tabular section are not written one by one.' },
	'14': { kind: 'refused', reason: 'unsupported', message: 'The base cannot run a filter; compare the fields of the mapping with the metadata.' },
};

/**
 * What the text of an exception tells, in the platform's own words. An exception rolls its transaction back: nothing was
 * done. A text that is not known is a fault whose effect is looked up.
 */
const TEXTS: readonly (readonly [RegExp, Verdict])[] = [
	[/заблокиров|открыт для редактирования|изменен или удален|изменён или удалён/i, { kind: 'refused', reason: 'version_conflict', message: 'Somebody holds the object open in 1C, or has changed it; try again in a minute.' }],
	[/не разреш[её]н|не поддерживается|запрещен|запрещён|not (allowed|supported)/i, { kind: 'refused', reason: 'unsupported', message: 'The base does not run this kind of question.' }],
	[/не заполнен/i, { kind: 'refused', reason: 'invalid_request', message: 'The configuration demands a field that is empty; add it to "createDefaults" of the mapping.' }],
	[/врем\S* (уже )?занят|занято|пересека/i, { kind: 'refused', reason: 'slot_taken', message: 'The configuration says that the time is taken; ask for free slots again.' }],
	[/помечен на удаление/i, { kind: 'refused', reason: 'already_cancelled', message: 'The object is marked for deletion in 1C.' }],
];

function judgeFault(status: number, { code, text }: Fault): Verdict {
	if (status === 429) return { kind: 'throttled' };
	if (status === 412) return { kind: 'refused', reason: 'version_conflict', message: 'The object was changed meanwhile; read it again.' };
	const known = CODES[code];
	if (known !== undefined && status < 500) return known;
	if (status >= 500) return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? (LICENCE.test(text) ? { kind: 'failed', message: NO_LICENCE } : { kind: 'failed' });
	if (status === 400 && /существует|already exists/i.test(text)) return { kind: 'refused', reason: 'slot_taken', message: 'A row with this key is in the register already.' };
	if (status === 403) return { kind: 'refused', reason: 'not_allowed', message: 'The user of the interface has no right to this in 1C, or row-level rights hide a part of it; widen the role, or set "allowedOnly" in the mapping.' };
	if (status === 404) return { kind: 'refused', reason: 'not_allowed', message: 'The base does not publish this set, or its name is misspelt; add it to the composition of the standard OData interface.' };
	return judgeByStatus({ status, headers: {}, body: { kind: 'json', value: null } });
}

/** A refusal in the platform's own form: JSON, or XML where it did not hear that JSON was asked for. */
function faultIn({ body }: Answer): Fault | null {
	if (body.kind === 'json' && isRecord(body.value)) {
		const error = body.value['odata.error'];
		if (!isRecord(error)) return error === undefined ? null : { code: '', text: '' };
		const message = isRecord(error.message) ? error.message.value : error.message;
		return { code: typeof error.code === 'string' || typeof error.code === 'number' ? String(error.code) : '', text: typeof message === 'string' ? message : '' };
	}
	if (body.kind !== 'text' || !/<(?:\w+:)?error[\s>]/.test((body.text ?? '').slice(0, 500))) return null;
	const part = (name: string): string => new RegExp(`<(?:\\w+:)?${name}[^>]*>([^<]*)<`).exec(body.text ?? '')?.[1]?.trim() ?? '';
	return { code: part('code'), text: part('message') };
}

function isMetadata(text: string): boolean {
	// half a description would hide half of the base
	return /^(<\?xml[^>]*>\s*)?<edmx:Edmx[\s>]/.test(text) && text.endsWith('</edmx:Edmx>');
}
