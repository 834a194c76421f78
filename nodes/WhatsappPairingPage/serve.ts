import { randomBytes } from 'node:crypto';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createPairingLinks, VISIT_MS, type PairingLinks } from '../../core/whatsapp/pairing-links';
import type { SessionAnswer } from '../../core/whatsapp/session';
import { toNodeError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { now, salonOf } from '../shared/salon';
import { openNodeStore } from '../shared/store';
import { ANSWERED } from '../shared/webhook-answer';
import { openSession, type OpenedSession } from '../shared/whatsapp/open';
import { Attempts } from './attempts';
import { introPage, noticePage, pageHeaders, pairingPage } from './page';
import { viewOf } from './view';
import { languageOf, WORDS, type PageLanguage } from './words';

const COOKIE = 'ai_admin_pairing';
/** Keys of links and visitors: 32 bytes. */
const KEY = /^[\w-]{43}$/;
const PHONE = /^\+?\d{8,15}$/;
const ORDER_MS = 8_000;

const failures = new Attempts('wrong key', 10);
const orders = new Attempts('order', 12);

/** One request to the page. */
interface Visit {
	readonly functions: IWebhookFunctions;
	readonly tenant: string;
	readonly links: PairingLinks;
	readonly language: PageLanguage;
	readonly nonce: string;
}

/** Serves the page: the link's first page, the visitor's page, its state, and what the visitor asks for. */
export async function servePage(functions: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const tenant = salonOf(functions.getNodeParameter('salonId', ''));
		const { store } = await openNodeStore(functions);
		const language = languageOf(functions.getHeaderData()['accept-language']);
		const visit: Visit = { functions, tenant, links: createPairingLinks(store), language, nonce: randomBytes(16).toString('base64url') };
		const wait = failures.waitOf(addressOf(functions));
		if (wait > 0) return sendPage(visit, 429, noticePage(language, visit.nonce, WORDS[language].tooMany), { 'retry-after': String(wait) });
		return await (functions.getRequestObject().method === 'POST' ? takeOrder(visit) : showPage(visit));
	} catch (error) {
		throw toNodeError(functions.getNode(), error, 0);
	}
}

async function showPage(visit: Visit): Promise<IWebhookResponseData> {
	const { functions, links, tenant, language, nonce } = visit;
	const query = functions.getQueryData() as Record<string, unknown>;
	if (query.token !== undefined) {
		const token = textOf(query.token);
		if (!KEY.test(token) || !(await links.isGood(tenant, token))) return notFound(visit);
		return sendPage(visit, 200, introPage(language, nonce, token));
	}
	const session = await sessionOfVisitor(visit);
	if (session === null) return notFound(visit);
	if (query.view !== 'state') return sendPage(visit, 200, pairingPage(language, nonce));
	const opened = await openSession(functions, tenant, session);
	// every look keeps the session wanted while somebody pairs it
	await opened.service.ensure(opened.key);
	return sendJson(visit, 200, await currentView(opened, language));
}

async function takeOrder(visit: Visit): Promise<IWebhookResponseData> {
	const { functions } = visit;
	const site = functions.getHeaderData()['sec-fetch-site'];
	// the page of another site may not order anything in a visitor's name
	if (site !== undefined && site !== 'same-origin') return notFound(visit);
	const body = functions.getBodyData();
	if (body.action === 'open') return openLink(visit, textOf(body.token));
	const session = await sessionOfVisitor(visit);
	if (session === null) return notFound(visit);
	const wait = orders.waitOf(`${visit.tenant} ${session}`);
	if (wait > 0) return sendJson(visit, 429, { error: WORDS[visit.language].tooMany }, { 'retry-after': String(wait) });
	orders.count(`${visit.tenant} ${session}`);
	const opened = await openSession(functions, visit.tenant, session);
	await opened.service.ensure(opened.key);
	return pair(visit, opened, body);
}

async function openLink(visit: Visit, token: string): Promise<IWebhookResponseData> {
	const { functions, links, tenant } = visit;
	const opened = KEY.test(token) ? await links.open(tenant, token) : null;
	if (opened === null) return notFound(visit);
	const request = functions.getRequestObject();
	const path = String(request.originalUrl ?? request.url).split('?', 1)[0] ?? '/';
	const isSecure = functions.getNodeWebhookUrl('default')?.startsWith('https:') === true;
	const cookie = `${COOKIE}=${opened.visitor}; Path=${path}; Max-Age=${VISIT_MS / 1000}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
	functions.getResponseObject().status(303).set({ ...pageHeaders(visit.nonce), 'set-cookie': cookie, location: path }).end();
	const session = await openSession(functions, tenant, opened.session);
	await session.service.ensure(session.key);
	return { ...ANSWERED, workflowData: [[{ json: { event: 'linkOpened', salonId: tenant, session: opened.session, at: now() } }]] };
}

async function pair(visit: Visit, opened: OpenedSession, body: { readonly action?: unknown; readonly phone?: unknown }): Promise<IWebhookResponseData> {
	const words = WORDS[visit.language];
	if (body.action === 'qr') return afterOrder(visit, opened, await opened.service.command(opened.key, { kind: 'pairQr' }, ORDER_MS));
	if (body.action !== 'code') return notFound(visit);
	// a "+" says that the country is in it
	const phone = textOf(body.phone).replace(/[^\d+]/g, '');
	const answer = PHONE.test(phone) ? await opened.service.command(opened.key, { kind: 'pairCode', phone }, ORDER_MS) : null;
	if (answer === null || (answer.status === 'refused' && answer.reason === 'phone_invalid')) return sendJson(visit, 400, { error: words.badPhone });
	return afterOrder(visit, opened, answer);
}

async function afterOrder(visit: Visit, opened: OpenedSession, answer: SessionAnswer): Promise<IWebhookResponseData> {
	const view = await currentView(opened, visit.language);
	const problem = answer.status === 'unavailable' ? WORDS[visit.language].notHere : '';
	return sendJson(visit, 200, { problem: view.isLinked ? '' : problem, view });
}

async function currentView({ service, key }: OpenedSession, language: PageLanguage): Promise<object & { readonly isLinked: boolean }> {
	const [status, pairing] = await Promise.all([service.status(key), service.pairing(key)]);
	return viewOf(status, pairing, language, Date.now());
}

async function sessionOfVisitor({ functions, links, tenant }: Visit): Promise<string | null> {
	const cookies = String(functions.getHeaderData().cookie ?? '').split(';');
	const [, visitor = ''] = cookies.map((one) => one.trim().split('=', 2)).find(([name]) => name === COOKIE) ?? [];
	return KEY.test(visitor) ? links.sessionOf(tenant, visitor) : null;
}

function notFound(visit: Visit): IWebhookResponseData {
	failures.count(addressOf(visit.functions));
	return sendPage(visit, 404, noticePage(visit.language, visit.nonce, WORDS[visit.language].notFound));
}

/** Behind a proxy n8n is told how many there are (N8N_PROXY_HOPS); else all visitors share the proxy's limit. */
function addressOf(functions: IWebhookFunctions): string {
	return functions.getRequestObject().ip ?? 'unknown';
}

function sendPage({ functions, nonce }: Visit, status: number, html: string, headers: Readonly<Record<string, string>> = {}): IWebhookResponseData {
	functions.getResponseObject().status(status).set({ ...pageHeaders(nonce), ...headers, 'content-type': 'text/html; charset=utf-8' }).send(html);
	return ANSWERED;
}

function sendJson({ functions, nonce }: Visit, status: number, body: object, headers: Readonly<Record<string, string>> = {}): IWebhookResponseData {
	functions.getResponseObject().status(status).set({ ...pageHeaders(nonce), ...headers }).json(body);
	return ANSWERED;
}
