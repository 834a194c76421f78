import { Curve, generateSignalPubKey, type KeyPair, proto, signedKeyPair } from '@whiskeysockets/baileys';
import { ProtocolAddress, SessionBuilder, SessionCipher, SessionRecord, type SignalStorage } from 'libsignal';
import { guardConsole } from '../../../core/whatsapp/console-guard';
import type { Random } from '../../contract/simulators/kit';
import { bigEndian, childBytes, child, children, numberOf, type Stanza, stanza } from '../wire/stanza';

/** What a writer needs to begin a session with a device. */
export interface KeyBundle {
	readonly registrationId: number;
	readonly identity: Uint8Array;
	readonly signedPreKey: { readonly id: number; readonly value: Uint8Array; readonly signature: Uint8Array };
	/** Absent when the device has none left. */
	readonly preKey?: { readonly id: number; readonly value: Uint8Array };
}

/** An encrypted body as it travels: `pkmsg` begins a session, `msg` goes on with it. */
export interface Sealed {
	readonly type: 'pkmsg' | 'msg';
	readonly body: Buffer;
}

// a phone of the tests prints whole sessions as the salon's client would
guardConsole();

const PREKEY_MESSAGE = 3;
const KEY_TYPE = Buffer.from([5]);

/** One end of Signal sessions: a phone. The other ends are named by any text that stays the same for the device. */
export class SignalParty {
	readonly identity: KeyPair = Curve.generateKeyPair();
	readonly registrationId: number;
	readonly #signedPreKey = signedKeyPair(this.identity, 1);
	readonly #preKeys = new Map<number, KeyPair>();
	readonly #sessions = new Map<string, Uint8Array>();
	readonly #storage: SignalStorage;
	#lastPreKey = 0;

	constructor(
		private readonly name: string,
		private readonly random: Random,
	) {
		this.registrationId = random.integer(1, 16_380);
		this.#storage = this.#createStorage();
	}

	/** Keys for one more writer; the one-time key is used up by it. */
	bundle(): KeyBundle {
		const pair = Curve.generateKeyPair();
		this.#preKeys.set(++this.#lastPreKey, pair);
		return {
			registrationId: this.registrationId,
			identity: this.identity.public,
			signedPreKey: { id: this.#signedPreKey.keyId, value: this.#signedPreKey.keyPair.public, signature: this.#signedPreKey.signature },
			preKey: { id: this.#lastPreKey, value: pair.public },
		};
	}

	knows(peer: string): boolean {
		const record = this.#sessions.get(this.#address(peer).toString());
		return record !== undefined && SessionRecord.deserialize(record).haveOpenSession();
	}

	/** Begins a new session, in place of the open one. */
	async begin(peer: string, bundle: KeyBundle): Promise<void> {
		const builder = new SessionBuilder(this.#storage, this.#address(peer));
		const { signedPreKey, preKey } = bundle;
		const device = {
			registrationId: bundle.registrationId,
			identityKey: Buffer.from(generateSignalPubKey(bundle.identity)),
			signedPreKey: { keyId: signedPreKey.id, publicKey: Buffer.from(generateSignalPubKey(signedPreKey.value)), signature: signedPreKey.signature },
		};
		// The typing of the library wants a one-time key that its code does without.
		const oneTime = preKey === undefined ? undefined : { keyId: preKey.id, publicKey: Buffer.from(generateSignalPubKey(preKey.value)) };
		await builder.initOutgoing({ ...device, preKey: oneTime } as Parameters<SessionBuilder['initOutgoing']>[0]);
	}

	/** Encrypts for a device a session was begun with. */
	async seal(peer: string, message: proto.IMessage): Promise<Sealed> {
		const padding = this.random.integer(1, 16);
		const plain = Buffer.concat([proto.Message.encode(message).finish(), Buffer.alloc(padding, padding)]);
		const { type, body } = await new SessionCipher(this.#storage, this.#address(peer)).encrypt(plain);
		return { type: type === PREKEY_MESSAGE ? 'pkmsg' : 'msg', body: Buffer.from(body, 'binary') };
	}

	/** Throws when no session of ours fits, as a phone that then asks for a retry. */
	async open(peer: string, { type, body }: Sealed): Promise<proto.Message> {
		const cipher = new SessionCipher(this.#storage, this.#address(peer));
		const plain = type === 'pkmsg' ? await cipher.decryptPreKeyWhisperMessage(body) : await cipher.decryptWhisperMessage(body);
		return proto.Message.decode(plain.subarray(0, plain.length - (plain.at(-1) ?? 0)));
	}

	/** Loses every session, as a phone that was set up anew from an old backup. */
	forgetSessions(): void {
		this.#sessions.clear();
	}

	/** The library queues work by address for the whole process: ours carry our name, so that no two parties wait for each other. */
	#address(peer: string): ProtocolAddress {
		return new ProtocolAddress(`${this.name}>${peer}`, 0);
	}

	#createStorage(): SignalStorage {
		const own = { privKey: Buffer.from(this.identity.private), pubKey: Buffer.from(generateSignalPubKey(this.identity.public)) };
		const pairOf = (pair: KeyPair) => ({ privKey: Buffer.from(pair.private), pubKey: Buffer.from(generateSignalPubKey(pair.public)) });
		return {
			loadSession: async (id) => {
				const record = this.#sessions.get(id);
				return record === undefined ? null : SessionRecord.deserialize(record);
			},
			storeSession: async (id, session) => void this.#sessions.set(id, session.serialize()),
			isTrustedIdentity: () => true,
			loadPreKey: async (id) => {
				const pair = this.#preKeys.get(Number(id));
				return pair === undefined ? undefined : pairOf(pair);
			},
			removePreKey: (id) => void this.#preKeys.delete(id),
			loadSignedPreKey: () => pairOf(this.#signedPreKey.keyPair),
			getOurRegistrationId: () => this.registrationId,
			getOurIdentity: () => own,
		};
	}
}

/** The keys of a device as the server hands them out. */
export function bundleNodes({ registrationId, identity, signedPreKey, preKey }: KeyBundle): readonly Stanza[] {
	const key = preKey === undefined ? [] : [stanza('key', {}, [stanza('id', {}, bigEndian(preKey.id, 3)), stanza('value', {}, preKey.value)])];
	return [
		stanza('registration', {}, bigEndian(registrationId, 4)),
		stanza('type', {}, KEY_TYPE),
		stanza('identity', {}, identity),
		stanza('skey', {}, [
			stanza('id', {}, bigEndian(signedPreKey.id, 3)),
			stanza('value', {}, signedPreKey.value),
			stanza('signature', {}, signedPreKey.signature),
		]),
		...key,
	];
}

/** A signed pre-key as a client uploads it. */
export function readSignedPreKey(node: Stanza | undefined): KeyBundle['signedPreKey'] {
	return { id: numberOf(childBytes(node, 'id')), value: childBytes(node, 'value'), signature: childBytes(node, 'signature') };
}

/** One-time keys as a client uploads them. */
export function readPreKeys(list: Stanza | undefined): readonly NonNullable<KeyBundle['preKey']>[] {
	return children(list, 'key').map((key) => ({ id: numberOf(childBytes(key, 'id')), value: childBytes(key, 'value') }));
}

/** The bundle a retry receipt may hold, so that the sender need not ask the server for one. */
export function bundleOfReceipt(receipt: Stanza, registrationId: number): KeyBundle | null {
	const keys = child(receipt, 'keys');
	if (keys === undefined) return null;
	const [preKey] = readPreKeys(keys);
	return { registrationId, identity: childBytes(keys, 'identity'), signedPreKey: readSignedPreKey(child(keys, 'skey')), ...(preKey === undefined ? {} : { preKey }) };
}
