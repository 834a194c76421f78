import type { RefusalReason } from '../../../booking';
import { type Answer, createTransport, judgeByStatus, type RateWindow, type Transport, type TransportEvent, type TransportParts, type VendorRules, type Verdict } from '../../http';
import { isRecord } from '../../reading';
import type { ReadingEnd } from './breaker';
import type { WidgetMemory } from './memory';

export const WIDGET_BASE_URL = 'https://dikidi.net';

/** Nothing is published; public clients keep to this. */
export const WIDGET_RATE_WINDOWS: readonly RateWindow[] = [{ requests: 1, perMs: 1000 }];

/** The page serves its own script: it expects to be asked by one. */
const HEADERS = { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest', 'user-agent': 'Mozilla/5.0 (compatible; n8n-nodes-ai-admin)' };
const BLOCKED = 'It showed a page for people, such as a captcha; nothing goes around that. Use the booking link.';

/** Nobody waits longer for somebody else's page, whatever the lane. */
const LONGEST_MS = 10_000;

/** The transport of the public page. What comes back is told to the breaker of `memory`. */
export function createWidgetTransport(parts: Omit<TransportParts, 'rules' | 'baseUrl'> & { readonly baseUrl?: string; readonly memory: WidgetMemory }): Transport {
	const { memory, baseUrl = WIDGET_BASE_URL, onEvent, port, ...rest } = parts;
	let isPage = false;
	const rules: VendorRules = {
		vendor: 'The DIKIDI booking page',
		headers: HEADERS,
		judge: (answer) => {
			isPage = isHtml(answer);
			return isPage ? { kind: 'unreadable', message: BLOCKED } : judge(answer);
		},
	};
	return createTransport({
		...rest,
		port: { exchange: (request) => port.exchange({ ...request, timeoutMs: Math.min(request.timeoutMs, LONGEST_MS) }) },
		baseUrl,
		rules,
		onEvent: (event) => {
			// judged and told in one breath, so the flag is of this very exchange
			memory.breaker.record(isPage && event.status !== null ? 'blocked' : endOf(event));
			onEvent?.(event);
		},
	});
}

function endOf({ result }: TransportEvent): ReadingEnd {
	return result === 'ok' || result === 'refused' ? 'fine' : 'failed';
}

function isHtml({ headers, body }: Answer): boolean {
	if (body.kind === 'json') return false;
	return /text\/html/i.test(headers['content-type'] ?? '') || (body.kind === 'text' && /^</.test(body.text ?? ''));
}

const CODES: Readonly<Record<string, readonly [RefusalReason, string]>> = {
	COMPANY_ERROR: ['not_found', 'DIKIDI knows no company with this number; take it from the address of the booking page.'],
	USER_AUTHORISATION_ERROR: ['not_allowed', 'The booking page wants its visitor to sign in; use the booking link.'],
	NUMBER_NOT_TRUE: ['phone_invalid', 'DIKIDI does not accept the phone.'],
};

/** Three envelopes, and errors with 200. */
function judge(answer: Answer): Verdict {
	const { status, body } = answer;
	const isDone = status >= 200 && status < 300;
	if (body.kind !== 'json' || !isRecord(body.value)) return isDone ? { kind: 'unreadable' } : judgeByStatus(answer);
	if (!isDone) return judgeByStatus(answer);
	const { error, data } = body.value;
	const code = isRecord(error) ? (error.code ?? 0) : (error ?? 0);
	if (isFailure(code)) {
		const [reason, message] = typeof code === 'string' && Object.hasOwn(CODES, code) ? (CODES[code] ?? []) : [];
		return reason === undefined || message === undefined ? { kind: 'failed' } : { kind: 'refused', reason, message };
	}
	return { kind: 'success', payload: 'data' in body.value ? data : body.value };
}

/** Zero and an empty text are the two ways of no error. */
function isFailure(code: unknown): boolean {
	return code !== 0 && code !== '0' && code !== '' && code !== false;
}
