/** A small Graph API for one app and one number: tokens, the app's webhook with its challenge and signatures, and messages. After Meta's documentation. */
import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { RedirectedApi, type Answer } from './redirected-api';

/** A body that was sent to a client. */
export interface SentBody {
	readonly to: string;
	readonly type: string;
	readonly text?: { readonly body: string };
	readonly interactive?: { readonly type: string; readonly body: { readonly text: string }; readonly action: { readonly buttons?: readonly { readonly reply: Choice }[]; readonly sections?: readonly { readonly rows: readonly Choice[] }[] } };
	readonly template?: { readonly name: string; readonly language: { readonly code: string } };
}
interface Choice {
	readonly id: string;
	readonly title: string;
}

interface Subscription {
	readonly callback_url: string;
	readonly verify_token: string;
}

const APP = { id: '10001', secret: 'app-secret' };
const NUMBER = { id: '20002', token: 'number-token', display: '79990000700' };
const LIMITS = { buttons: 3, rows: 10, buttonTitle: 20, rowTitle: 24, buttonBody: 1024, listBody: 4096, text: 4096 };

export class GraphApi extends RedirectedApi {
	protected readonly host = 'graph.facebook.com';
	readonly sent: SentBody[] = [];
	/** Statuses of the next answers to sends, in order; then 200. */
	readonly failNext: number[] = [];
	subscription: Subscription | null = null;
	readonly credentials = { whatsAppTriggerApi: { clientId: APP.id, clientSecret: APP.secret }, whatsAppApi: { accessToken: NUMBER.token, businessAccountId: '30003' } };
	#count = 0;

	/** A client writes or chooses, so many hours ago; delivered to the app's webhook with its signature. */
	async deliver(from: string, content: object, { secret = APP.secret, hoursAgo = 0 } = {}): Promise<number> {
		const message = { from, id: `wamid.${++this.#count}.${randomBytes(4).toString('hex')}`, timestamp: String(Math.floor(Date.now() / 1000) - hoursAgo * 3600), ...content };
		const value = { messaging_product: 'whatsapp', metadata: { display_phone_number: NUMBER.display, phone_number_id: NUMBER.id }, contacts: [{ profile: { name: 'Анна' }, wa_id: from }], messages: [message] };
		const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '30003', changes: [{ field: 'messages', value }] }] });
		const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
		const answer = await fetch(this.subscription?.callback_url ?? '', { method: 'POST', headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature }, body });
		return answer.status;
	}

	to(number: string): readonly SentBody[] {
		return this.sent.filter((one) => one.to === number);
	}

	protected answer(request: IncomingMessage, pathname: string, text: string): Answer | Promise<Answer> {
		const path = pathname.replace(/^\/v\d+\.\d+/, '');
		if (path === '/oauth/access_token') return ok({ access_token: 'app-token', token_type: 'bearer' });
		if (path === `/${APP.id}/subscriptions`) return this.#subscriptions(request, text);
		if (path === `/${NUMBER.id}/messages`) return this.#take(request, text);
		return refused(404, 'Unknown path');
	}

	async #subscriptions({ method, headers }: IncomingMessage, text: string): Promise<Answer> {
		if (headers.authorization !== 'Bearer app-token') return refused(401, 'Invalid OAuth access token');
		if (method === 'GET') return ok({ data: [] });
		if (method === 'DELETE') {
			this.subscription = null;
			return ok({ success: true });
		}
		const wanted = JSON.parse(text) as Subscription;
		const challenge = randomBytes(8).toString('hex');
		const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': wanted.verify_token });
		const said = await (await fetch(`${wanted.callback_url}?${query}`)).text();
		if (said !== challenge) return refused(400, 'The URL could not be validated');
		this.subscription = wanted;
		return ok({ success: true });
	}

	#take({ headers }: IncomingMessage, text: string): Answer {
		if (headers.authorization !== `Bearer ${NUMBER.token}`) return refused(401, 'Invalid OAuth access token');
		const body = JSON.parse(text) as SentBody & { messaging_product?: string };
		const wrong = body.messaging_product === 'whatsapp' ? wrongWith(body) : 'messaging_product is missing';
		if (wrong !== null) return refused(400, wrong);
		const status = this.failNext.shift() ?? 200;
		if (status !== 200) return refused(status, 'An unknown error has occurred');
		this.sent.push(body);
		return ok({ messaging_product: 'whatsapp', messages: [{ id: `wamid.out.${this.sent.length}` }] });
	}
}

function wrongWith({ type, text, interactive, template }: SentBody): string | null {
	if (type === 'text') return (text?.body ?? '') === '' || (text?.body.length ?? 0) > LIMITS.text ? 'text' : null;
	if (type === 'template') return template?.name === undefined || template.language?.code === undefined ? 'template' : null;
	if (interactive === undefined) return 'type';
	const isList = interactive.type === 'list';
	const choices = isList ? (interactive.action.sections ?? []).flatMap(({ rows }) => rows) : (interactive.action.buttons ?? []).map(({ reply }) => reply);
	if (choices.length === 0 || choices.length > (isList ? LIMITS.rows : LIMITS.buttons)) return 'count of choices';
	if (new Set(choices.map(({ id }) => id)).size < choices.length) return 'ids of choices';
	if (choices.some(({ title }) => title === '' || title.length > (isList ? LIMITS.rowTitle : LIMITS.buttonTitle))) return 'title of a choice';
	return interactive.body.text.length > (isList ? LIMITS.listBody : LIMITS.buttonBody) ? 'body' : null;
}

const ok = (body: unknown) => ({ status: 200, body });
const refused = (status: number, message: string) => ({ status, body: { error: { message, type: 'OAuthException', code: status } } });
