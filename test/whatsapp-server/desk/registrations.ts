import { createHmac } from 'node:crypto';
import { Curve, proto } from '@whiskeysockets/baileys';
import type { Link } from '../wire/link';
import type { ClientIntroduction } from '../wire/noise';
import { numberOf, SERVER_JID, type Stanza, stanza } from '../wire/stanza';
import { Watch } from '../wire/watch';
import type { Desk } from './desk';
import { Device, type DeviceKeys } from './device';
import type { Phone } from './phone';

const REFS = 6;
const ACCOUNT_SIGNATURE = Buffer.from([6, 0]);
const DEVICE_SIGNATURE = Buffer.from([6, 1]);
const QR_PREFIX = 'https://wa.me/settings/linked_devices#';

/** A connection that wants to become a linked device. */
export interface Registration {
	readonly link: Link;
	readonly keys: DeviceKeys;
	readonly refs: readonly string[];
}

interface Confirmation {
	readonly registration: Registration;
	readonly phone: Phone;
	readonly device: Device;
	readonly details: Uint8Array;
}

/** What goes wrong while a phone scans. */
export interface ScanOptions {
	/** The phone signs with another secret than the one in the QR code. */
	readonly forgesSecret?: boolean;
}

/** Keys of a client that registers. */
export function keysOf({ noiseKey, payload }: ClientIntroduction): DeviceKeys {
	const data = payload.devicePairingData;
	if (!data?.eRegid || !data.eIdent || !data.eSkeyId || !data.eSkeyVal || !data.eSkeySig) throw new Error('a registration without keys');
	return {
		noiseKey,
		registrationId: numberOf(data.eRegid),
		identity: Buffer.from(data.eIdent),
		signedPreKey: { id: numberOf(data.eSkeyId), value: Buffer.from(data.eSkeyVal), signature: Buffer.from(data.eSkeySig) },
	};
}

/** Links devices: hands out refs, lets phones scan them, and keeps what both signed. */
export class Registrations {
	readonly #open = new Map<Link, Registration>();
	readonly #unconfirmed = new Map<string, Confirmation>();
	readonly #watch = new Watch();

	constructor(private readonly desk: Desk) {}

	/** A client without an account came: it gets refs to show as QR codes. */
	begin(link: Link, introduction: ClientIntroduction): void {
		const refs = Array.from({ length: REFS }, () => `2@${this.desk.random.hex(40)}`);
		this.#open.set(link, { link, keys: keysOf(introduction), refs });
		link.send(stanza('iq', { from: SERVER_JID, type: 'set', id: this.desk.messageId(), xmlns: 'md' }, [stanza('pair-device', {}, refs.map((ref) => stanza('ref', {}, Buffer.from(ref))))]));
		this.#watch.notify();
	}

	of(link: Link): Registration | undefined {
		return this.#open.get(link);
	}

	end(link: Link): void {
		this.#open.delete(link);
	}

	/** What `CODE` or `QR` the phone reads has to belong to a live connection. Returns the new device once the client has signed it. */
	async scan(phone: Phone, qr: string, options: ScanOptions = {}): Promise<Device> {
		const [ref = '', noiseKey = '', identity = '', secret = ''] = (qr.startsWith(QR_PREFIX) ? qr.slice(QR_PREFIX.length) : qr).split(',');
		const registration = [...this.#open.values()].find(({ refs }) => refs.includes(ref));
		if (registration === undefined) throw new Error('this QR code is not valid any more');
		const { keys } = registration;
		if (keys.noiseKey.toString('base64') !== noiseKey || keys.identity.toString('base64') !== identity) throw new Error('the QR code holds other keys than the client registered');
		return await this.pair(phone, registration, Buffer.from(secret, 'base64'), options);
	}

	/** The phone signs the device with a secret that both know; resolves when the client has signed too. */
	async pair(phone: Phone, registration: Registration, secret: Buffer, { forgesSecret = false }: ScanOptions = {}): Promise<Device> {
		const { link, keys } = registration;
		if (phone.requiresPasskey) {
			link.send(stanza('notification', { from: SERVER_JID, type: 'passkey_prologue_request', id: this.desk.messageId(), t: this.desk.seconds() }, [stanza('passkey_prologue_request')]));
			throw new Error('the account asks for a passkey');
		}
		const index = Math.max(0, ...phone.devices.keys()) + 1;
		const device = new Device(phone, index, keys);
		const details = proto.ADVDeviceIdentity.encode({
			rawId: this.desk.random.integer(1, 2 ** 31),
			timestamp: this.desk.seconds(),
			keyIndex: index,
			accountType: proto.ADVEncryptionType.E2EE,
			deviceType: proto.ADVEncryptionType.E2EE,
		}).finish();
		const accountKey = phone.party.identity;
		const signed = proto.ADVSignedDeviceIdentity.encode({
			details,
			accountSignatureKey: accountKey.public,
			accountSignature: Curve.sign(accountKey.private, Buffer.concat([ACCOUNT_SIGNATURE, details, keys.identity])),
		}).finish();
		const hmac = createHmac('sha256', forgesSecret ? Buffer.alloc(32) : secret).update(signed).digest();
		const id = this.desk.messageId();
		this.#unconfirmed.set(id, { registration, phone, device, details });
		link.send(
			stanza('iq', { from: SERVER_JID, type: 'set', id, xmlns: 'md' }, [
				stanza('pair-success', {}, [
					stanza('device-identity', {}, proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish()),
					stanza('device', { jid: device.phoneJid, lid: device.lidJid }),
					stanza('platform', { name: phone.business === undefined ? 'android' : 'smba' }),
					...(phone.business === undefined ? [] : [stanza('biz', { name: phone.business })]),
				]),
			]),
		);
		void link.closed.then(() => this.#watch.notify());
		return await this.#watch.until(() => {
			if (phone.devices.get(index) === device) return device;
			if (!link.isOpen) throw new Error('the client left without signing');
			return undefined;
		}, 'the client signs the device');
	}

	/** The client's answer to `pair-success`: when its signature is right the device is linked, and the client has to reconnect. */
	confirm(link: Link, node: Stanza, signedBytes: Uint8Array): boolean {
		const confirmation = this.#unconfirmed.get(node.attrs['id'] ?? '');
		if (confirmation === undefined || confirmation.registration.link !== link) return false;
		const { phone, device, details } = confirmation;
		const accountKey = phone.party.identity.public;
		const { deviceSignature } = proto.ADVSignedDeviceIdentity.decode(signedBytes);
		const text = Buffer.concat([DEVICE_SIGNATURE, details, device.keys.identity, accountKey]);
		if (!deviceSignature || !Curve.verify(device.keys.identity, text, deviceSignature)) throw new Error('the client signed the device wrong');
		phone.devices.set(device.index, device);
		this.#watch.notify();
		link.streamError(515);
		return true;
	}
}
