import { reupload } from '../desk/media-retry';
import { attribute, child, SERVER_JID, type Stanza, stanza } from '../wire/stanza';
import { answerDevice, answerStranger, readResult, reply } from './iq';
import { takeMessage } from './messages';
import type { Call, Visit } from './call';

/** What a logged-in device says, by tag; other tags need no answer. */
const TALK: Readonly<Record<string, (call: Call) => void>> = {
	message: takeMessage,
	receipt: takeReceipt,
	ack: ({ device, node }) => device.mailbox.readConfirmation(node),
	ib: ({ device, node }) => {
		if (child(node, 'offline_batch') !== undefined) device.mailbox.batchAsked();
	},
	presence: subscribe,
};

/** Answers a stanza of a device. */
export function routeCall(call: Call): void {
	if (call.node.tag === 'iq') routeIq(call, () => answerDevice(call));
	else TALK[call.node.tag]?.(call);
}

/** Answers a stanza of a client that is not logged in: it may only be linked. */
export function routeStranger(visit: Visit): void {
	if (visit.node.tag === 'iq') routeIq(visit, () => answerStranger(visit));
}

function routeIq(visit: Visit, answer: () => readonly Stanza[] | number): void {
	const type = visit.node.attrs['type'];
	if (type === 'result' || type === 'error') readResult(visit);
	else reply(visit, answer());
}

function takeReceipt({ office, phone, device, link, node }: Call): void {
	const type = node.attrs['type'];
	const id = attribute(node, 'id');
	const sender = office.desk.find(attribute(node, 'to'))?.phone;
	if (type === 'server-error') reupload(office.desk, phone, device, node);
	else if (type !== 'read' && type !== 'read-self' && type !== 'hist_sync') device.mailbox.readConfirmation(node);
	link.send(stanza('ack', { class: 'receipt', id, from: node.attrs['to'] ?? SERVER_JID, type }));
	if (sender === undefined) return;
	if (type === 'retry') office.background(sender.sending.retry(device, node));
	else sender.sending.mark(node);
}

function subscribe({ office, device, link, node }: Call): void {
	if (node.attrs['type'] !== 'subscribe') return;
	const to = attribute(node, 'to');
	const person = office.desk.find(to)?.phone;
	if (person === undefined) return;
	device.subscriptions.add(person.number);
	link.send(stanza('presence', { from: to, type: person.receiving.online ? 'available' : 'unavailable' }));
}
