import { sendHistory } from '../desk/history';
import { attribute, bytesOf, child, children, SERVER_JID, stanza } from '../wire/stanza';
import { answerEncrypt } from './iq-encrypt';
import { answerUsync } from './iq-usync';
import type { Call, IqAnswer, Visit } from './call';

type Answering = (call: Call) => IqAnswer;

const REFUSAL_TEXT: Readonly<Record<number, string>> = { 400: 'bad-request', 404: 'item-not-found', 429: 'rate-overlimit', 500: 'internal-server-error', 503: 'service-unavailable' };

const PRIVACY = { last: 'all', online: 'all', profile: 'all', status: 'all', groupadd: 'all', calladd: 'all' };

/** What a logged-in device may ask, by namespace; anything else gets an empty result. */
const ANSWERS: Readonly<Record<string, Answering>> = {
	encrypt: answerEncrypt,
	usync: answerUsync,
	passive: activate,
	abt: () => [stanza('props', { protocol: 1, hash: '0a1b2c3d' })],
	blocklist: () => [stanza('list')],
	privacy: ({ phone, node }) => (child(node, 'tokens') === undefined ? [stanza('privacy', {}, privacyOf(phone.readReceipts))] : []),
	'w:m': ({ office }) => [stanza('media_conn', { auth: 'test', ttl: 3600, auth_ttl: 3600, max_buckets: 12 }, [stanza('host', { hostname: office.desk.media.host, maxContentLengthBytes: 100_000_000 })])],
	'w:sync:app:state': ({ node }) => [
		stanza('sync', {}, children(child(node, 'sync'), 'collection').map(({ attrs }) => stanza('collection', { name: attrs['name'], version: attrs['version'] }))),
	],
	'w:mex': reachOut,
	md: unlink,
};

const privacyOf = (readreceipts: string) => Object.entries({ ...PRIVACY, readreceipts }).map(([name, value]) => stanza('category', { name, value }));

/** The device is ready: it gets its backlog, then, the first time, its history. */
function activate(call: Call): IqAnswer {
	const { office, device, node } = call;
	if (child(node, 'active') !== undefined) {
		const isNew = device.isNew;
		device.isNew = false;
		// after the answer to this request, and without holding up the next stanza: the backlog waits for one
		setImmediate(() => office.background(begin(call, isNew)));
	}
	return [];
}

async function begin({ office, phone, device, link }: Call, isNew: boolean): Promise<void> {
	await device.activate(link);
	if (isNew && phone.sendsHistory) await sendHistory(office.desk, phone, device);
}

function reachOut({ phone }: Call): IqAnswer {
	const { lockedUntil } = phone.acks;
	const data = {
		xwa2_fetch_account_reachout_timelock: { is_active: lockedUntil !== null, time_enforcement_ends: String(lockedUntil ?? 0), enforcement_type: lockedUntil === null ? 'DEFAULT' : 'BIZ_COMMERCE_VIOLATION_ALCOHOL' },
		xwa2_message_capping_info: { total_quota: 1000, used_quota: 0 },
	};
	return [stanza('result', {}, Buffer.from(JSON.stringify({ data })))];
}

function unlink({ phone, device, node, link }: Call): IqAnswer {
	if (child(node, 'remove-companion-device') !== undefined) {
		phone.devices.delete(device.index);
		void link.flushed().then(() => link.close());
	}
	return [];
}

/** What a client may ask before it has an account: to be linked. */
export function answerStranger({ office, link, node }: Visit): IqAnswer {
	const request = child(node, 'link_code_companion_reg');
	if (request === undefined) return [];
	return attribute(request, 'stage') === 'companion_hello' ? office.codes.hello(link, request) : office.codes.finish(link, request);
}

/** The client's own results: the only one that matters is the signature of its device. */
export function readResult({ office, link, node }: Visit): void {
	const signature = child(child(node, 'pair-device-sign'), 'device-identity');
	if (signature !== undefined) office.registrations.confirm(link, node, bytesOf(signature));
}

export const answerDevice: Answering = (call) => (ANSWERS[call.node.attrs['xmlns'] ?? ''] ?? (() => []))(call);

/** Sends the result or the refusal under the request's id. */
export function reply({ link, node }: Visit, answer: IqAnswer): void {
	const id = attribute(node, 'id');
	if (typeof answer === 'number') {
		link.send(stanza('iq', { from: SERVER_JID, type: 'error', id }, [stanza('error', { code: answer, text: REFUSAL_TEXT[answer] ?? 'refused' })]));
	} else {
		link.send(stanza('iq', { from: SERVER_JID, type: 'result', id }, answer));
	}
}
