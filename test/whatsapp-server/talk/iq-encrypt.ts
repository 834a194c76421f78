import { bundleNodes, readPreKeys, readSignedPreKey } from '../desk/signal-party';
import { attribute, child, children, type Stanza, stanza } from '../wire/stanza';
import type { Call, IqAnswer } from './call';

/** Pre-keys: how many are left, more of them, a new signed one, and other people's. */
export function answerEncrypt(call: Call): IqAnswer {
	const { device, node } = call;
	if (child(node, 'count') !== undefined) return [stanza('count', { value: device.preKeys.length })];
	if (child(node, 'digest') !== undefined) return digest(call);
	const wanted = child(node, 'key');
	if (wanted !== undefined) return [stanza('list', {}, children(wanted, 'user').map((user) => keysFor(call, attribute(user, 'jid'))))];
	const signed = child(child(node, 'rotate') ?? node, 'skey');
	if (signed !== undefined) device.signedPreKey = readSignedPreKey(signed);
	device.addPreKeys(readPreKeys(child(node, 'list')));
	return [];
}

function digest({ device }: Call): readonly Stanza[] {
	const [registration, type, identity] = bundleNodes({ ...device.keys, signedPreKey: device.signedPreKey });
	if (registration === undefined || type === undefined || identity === undefined) throw new Error('a bundle without its head');
	return [stanza('digest', {}, [registration, type, identity])];
}

function keysFor({ office }: Call, jid: string): Stanza {
	const place = office.desk.find(jid);
	if (place === undefined || place.phone.keysMissing) return stanza('user', { jid }, [stanza('error', { code: 404, text: 'item-not-found' })]);
	return stanza('user', { jid }, bundleNodes(place.device?.takeBundle() ?? place.phone.party.bundle()));
}
