import { createCipheriv, createDecipheriv, hkdfSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import { Curve, type KeyPair } from '@whiskeysockets/baileys';
import type { Link } from '../wire/link';
import { attribute, child, childBytes, SERVER_JID, type Stanza, stanza } from '../wire/stanza';
import { parseJid } from '../wire/jid';
import { Watch } from '../wire/watch';
import type { Desk } from './desk';
import type { Device } from './device';
import type { Phone } from './phone';
import type { Registrations } from './registrations';

const SALT = 32;
const WRAP_IV = 16;
const BUNDLE_IV = 12;
const KEY = 32;
const ITERATIONS = 131_072;
/** The names under which WhatsApp lets a device be paired by code. */
const DISPLAY = /^(?:Chrome|Edge|Firefox|IE|Opera|Safari|Desktop) \((?:Mac OS|Windows|Ubuntu|Linux|Android)\)$/;

interface Hello {
	readonly link: Link;
	readonly ref: Buffer;
	readonly wrapped: Buffer;
}

interface Answered extends Hello {
	readonly ephemeral: KeyPair;
	readonly clientEphemeral: Buffer;
}

/** The key a code of eight characters stands for. */
const keyOf = (code: string, salt: Uint8Array): Buffer => pbkdf2Sync(code, salt, ITERATIONS, KEY, 'sha256');

/** Pairing by a code that the client shows and a person types into the phone. */
export class CodePairing {
	readonly #hellos = new Map<string, Hello>();
	readonly #answered = new Map<Link, Answered>();
	readonly #finished = new Map<Link, Stanza>();
	readonly #watch = new Watch();

	constructor(
		private readonly desk: Desk,
		private readonly registrations: Registrations,
	) {}

	/** The client asks to be paired by code: a ref, or a refusal when its name is not one WhatsApp knows. */
	hello(link: Link, request: Stanza): readonly Stanza[] | number {
		const display = childBytes(request, 'companion_platform_display').toString();
		if (!DISPLAY.test(display)) return 400;
		const ref = Buffer.from(`4@${this.desk.random.hex(32)}`);
		const { user } = parseJid(attribute(request, 'jid'));
		this.#hellos.set(user, { link, ref, wrapped: childBytes(request, 'link_code_pairing_wrapped_companion_ephemeral_pub') });
		this.#watch.notify();
		return [stanza('link_code_companion_reg', { stage: 'companion_hello' }, [stanza('link_code_pairing_ref', {}, ref)])];
	}

	/** Types the code into the phone; resolves with the linked device, rejects when the code is wrong. */
	async enter(phone: Phone, code: string): Promise<Device> {
		const hello = await this.#watch.until(() => this.#hellos.get(phone.number), 'a client asks to be paired by code');
		const { link, ref, wrapped } = hello;
		const registration = this.registrations.of(link);
		if (registration === undefined) throw new Error('the client is gone');
		const decipher = createDecipheriv('aes-256-ctr', keyOf(code, wrapped.subarray(0, SALT)), wrapped.subarray(SALT, SALT + WRAP_IV));
		const clientEphemeral = Buffer.concat([decipher.update(wrapped.subarray(SALT + WRAP_IV)), decipher.final()]);
		const ephemeral = Curve.generateKeyPair();
		this.#answered.set(link, { ...hello, ephemeral, clientEphemeral });
		link.send(
			stanza('notification', { from: SERVER_JID, type: 'link_code_companion_reg', id: this.desk.messageId(), t: this.desk.seconds() }, [
				stanza('link_code_companion_reg', { stage: 'primary_hello' }, [
					stanza('link_code_pairing_wrapped_primary_ephemeral_pub', {}, this.#wrap(code, ephemeral.public)),
					stanza('primary_identity_pub', {}, phone.party.identity.public),
					stanza('link_code_pairing_ref', {}, ref),
				]),
			]),
		);
		const finish = await this.#watch.until(() => this.#finished.get(link), 'the client finishes pairing by code');
		this.#hellos.delete(phone.number);
		return await this.registrations.pair(phone, registration, this.#secretOf(phone, link, finish));
	}

	/** The client's keys, wrapped with what only the two can know. */
	finish(link: Link, request: Stanza): readonly Stanza[] {
		this.#finished.set(link, request);
		this.#watch.notify();
		return [];
	}

	#wrap(code: string, key: Uint8Array): Buffer {
		const salt = randomBytes(SALT);
		const iv = randomBytes(WRAP_IV);
		const cipher = createCipheriv('aes-256-ctr', keyOf(code, salt), iv);
		return Buffer.concat([salt, iv, cipher.update(key), cipher.final()]);
	}

	#secretOf(phone: Phone, link: Link, finish: Stanza): Buffer {
		const answered = this.#answered.get(link);
		if (answered === undefined || child(finish, 'link_code_pairing_wrapped_key_bundle') === undefined) throw new Error('a finish without a beginning');
		const wrapped = childBytes(finish, 'link_code_pairing_wrapped_key_bundle');
		const shared = Curve.sharedKey(answered.ephemeral.private, answered.clientEphemeral);
		const key = Buffer.from(hkdfSync('sha256', shared, wrapped.subarray(0, SALT), 'link_code_pairing_key_bundle_encryption_key', KEY));
		const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(SALT, SALT + BUNDLE_IV));
		decipher.setAuthTag(wrapped.subarray(-16));
		let bundle: Buffer;
		try {
			bundle = Buffer.concat([decipher.update(wrapped.subarray(SALT + BUNDLE_IV, -16)), decipher.final()]);
		} catch {
			throw new Error('the code is not the one the client shows');
		}
		const clientIdentity = bundle.subarray(0, KEY);
		if (!bundle.subarray(KEY, 2 * KEY).equals(phone.party.identity.public)) throw new Error('the client saw another phone');
		const identities = Curve.sharedKey(phone.party.identity.private, clientIdentity);
		return Buffer.from(hkdfSync('sha256', Buffer.concat([shared, identities, bundle.subarray(2 * KEY)]), Buffer.alloc(0), 'adv_secret', KEY));
	}
}
