import type { Phone } from '../desk/phone';
import { phoneJid } from '../wire/jid';
import { bytesOf, child, children, type Stanza, stanza } from '../wire/stanza';
import type { Call, IqAnswer } from './call';

const SHORTEST_NUMBER = 7;

/** Who uses WhatsApp, with which devices, under which LID. */
export function answerUsync({ office, node }: Call): IqAnswer {
	const usync = child(node, 'usync');
	const query = child(usync, 'query');
	const asked = children(child(usync, 'list'), 'user');
	const users = asked.flatMap((user) => {
		const jid = user.attrs['jid'];
		return jid === undefined ? contact(office.desk.known(numberOf(user)), numberOf(user)) : person(office.desk.find(jid)?.phone, jid, query);
	});
	return [stanza('usync', { ...usync?.attrs }, [stanza('result'), stanza('list', {}, users)])];
}

const numberOf = (user: Stanza): string => bytesOf(child(user, 'contact')).toString().replace(/\D/g, '');

/** A number that cannot be one is left out of the answer, as the real server does. */
function contact(phone: Phone | undefined, number: string): readonly Stanza[] {
	if (number.length < SHORTEST_NUMBER) return [];
	return [stanza('user', { jid: phoneJid(number) }, [stanza('contact', { type: phone === undefined ? 'out' : 'in' })])];
}

/** The answer keeps the form of the address that was asked; the LID is told for numbers only. */
function person(phone: Phone | undefined, jid: string, query: Stanza | undefined): readonly Stanza[] {
	if (phone === undefined) return [];
	const linked = [...phone.devices.keys()].map((id) => stanza('device', { id, 'key-index': id }));
	const devices = stanza('devices', {}, [stanza('device-list', {}, [stanza('device', { id: 0 }), ...linked])]);
	const lid = jid.endsWith('@lid') ? [] : [stanza('lid', { val: phone.lidJid })];
	const wants = (tag: string) => child(query, tag) !== undefined;
	return [stanza('user', { jid }, [...(wants('devices') ? [devices] : []), ...(wants('lid') ? lid : [])])];
}
