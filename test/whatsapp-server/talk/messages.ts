import { addressingOf, formatJid, parseJid } from '../wire/jid';
import { attribute, child, children, type Stanza, stanza } from '../wire/stanza';
import type { Call } from './call';

/** A device writes: the server answers by its script, then hands each body to whom it is for. */
export function takeMessage(call: Call): void {
	const { office, phone, link, node } = call;
	const to = attribute(node, 'to');
	const receiver = office.desk.find(to)?.phone;
	const newChat = node.attrs['category'] !== 'peer' && receiver !== phone && !phone.wroteTo.has(receiver?.number ?? '');
	const outcome = phone.acks.next(newChat, office.desk.seconds());
	if (outcome.kind === 'swallowed') return;
	if (outcome.kind !== 'ackLost') {
		const error = outcome.kind === 'refused' ? outcome.code : undefined;
		link.send(stanza('ack', { class: 'message', id: node.attrs['id'], from: to, t: office.desk.seconds(), error }));
	}
	if (outcome.kind !== 'refused') distribute(call, to);
}

function distribute(call: Call, to: string): void {
	const fanOut = children(child(call.node, 'participants'), 'to');
	for (const part of fanOut) hand(call, attribute(part, 'jid'), to, child(part, 'enc'));
	// a repeated message and one to the own phone carry a single body
	if (fanOut.length === 0) hand(call, to, call.node.attrs['recipient'] ?? to, child(call.node, 'enc'));
}

function hand(call: Call, jid: string, chat: string, body: Stanza | undefined): void {
	const { office, device, node } = call;
	const place = office.desk.find(jid);
	if (place === undefined || body === undefined) return;
	const id = attribute(node, 'id');
	const { phone, device: linked } = place;
	if (linked === null) {
		phone.receiving.take({ device, id, address: formatJid({ ...parseJid(chat), device: 0 }), body });
		return;
	}
	const lid = addressingOf(parseJid(jid)) === 'lid';
	const own = phone === call.phone;
	const attrs = {
		from: lid ? device.lidJid : device.phoneJid,
		id,
		t: office.desk.seconds(),
		type: node.attrs['type'],
		notify: call.phone.name,
		edit: node.attrs['edit'],
		addressing_mode: lid ? 'lid' : 'pn',
		recipient: own ? chat : undefined,
		...(lid ? { sender_pn: call.phone.phoneJid } : { sender_lid: call.phone.lidJid }),
	};
	phone.wroteTo.add(call.phone.number);
	linked.mailbox.post(stanza('message', attrs, [body]));
}
