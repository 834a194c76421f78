import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { Curve, proto } from '@whiskeysockets/baileys';
import type { NoiseIdentity } from './noise-certificates';
import { INTRO } from './framing';

const PROTOCOL = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0');
const TAG_LENGTH = 16;
const NOTHING = Buffer.alloc(0);

function seal(plain: Uint8Array, key: Uint8Array, counter: number, extra: Uint8Array): Buffer {
	const cipher = createCipheriv('aes-256-gcm', key, nonceOf(counter));
	cipher.setAAD(extra);
	return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(sealed: Buffer, key: Uint8Array, counter: number, extra: Uint8Array): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(counter));
	decipher.setAAD(extra);
	decipher.setAuthTag(sealed.subarray(-TAG_LENGTH));
	return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_LENGTH)), decipher.final()]);
}

function nonceOf(counter: number): Buffer {
	const nonce = Buffer.alloc(12);
	nonce.writeUInt32BE(counter, 8);
	return nonce;
}

function splitKeys(ikm: Uint8Array, salt: Uint8Array): readonly [Buffer, Buffer] {
	const both = Buffer.from(hkdfSync('sha256', ikm, salt, NOTHING, 64));
	return [both.subarray(0, 32), both.subarray(32)];
}

/** The link after the handshake: one counter a direction, no further data authenticated. */
export class NoiseTransport {
	#read = 0;
	#written = 0;

	constructor(
		private readonly readKey: Uint8Array,
		private readonly writeKey: Uint8Array,
	) {}

	open(frame: Buffer): Buffer {
		return open(frame, this.readKey, this.#read++, NOTHING);
	}

	seal(plain: Uint8Array): Buffer {
		return seal(plain, this.writeKey, this.#written++, NOTHING);
	}
}

/** What a client says of itself when the handshake ends. */
export interface ClientIntroduction {
	/** Its noise key: what a device is recognised by at login. */
	readonly noiseKey: Buffer;
	readonly payload: proto.ClientPayload;
}

/** The answering side of Noise XX; one for a connection. */
export class NoiseResponder {
	readonly #ephemeral = Curve.generateKeyPair();
	#hash: Buffer = PROTOCOL;
	#salt: Buffer = PROTOCOL;
	#key: Buffer = PROTOCOL;
	#counter = 0;

	constructor(private readonly identity: NoiseIdentity) {
		this.#authenticate(INTRO);
	}

	/** Answers the client's hello with our keys and certificates. */
	answerHello(body: Uint8Array): Uint8Array {
		const client = proto.HandshakeMessage.decode(body).clientHello?.ephemeral;
		if (!client) throw new Error('a hello without a key');
		this.#authenticate(client);
		this.#authenticate(this.#ephemeral.public);
		this.#mix(Curve.sharedKey(this.#ephemeral.private, client));
		const sealedKey = this.#seal(this.identity.keys.public);
		this.#mix(Curve.sharedKey(this.identity.keys.private, client));
		const payload = this.#seal(this.identity.chain);
		return proto.HandshakeMessage.encode({ serverHello: { ephemeral: this.#ephemeral.public, static: sealedKey, payload } }).finish();
	}

	/** Reads who the client is; throws when it does not hold the key it names. */
	readFinish(body: Uint8Array): ClientIntroduction {
		const finish = proto.HandshakeMessage.decode(body).clientFinish;
		if (!finish?.static || !finish.payload) throw new Error('a finish without a key or a payload');
		const noiseKey = this.#open(Buffer.from(finish.static));
		this.#mix(Curve.sharedKey(this.#ephemeral.private, noiseKey));
		return { noiseKey, payload: proto.ClientPayload.decode(this.#open(Buffer.from(finish.payload))) };
	}

	transport(): NoiseTransport {
		const [fromClient, toClient] = splitKeys(NOTHING, this.#salt);
		return new NoiseTransport(fromClient, toClient);
	}

	#authenticate(data: Uint8Array): void {
		this.#hash = createHash('sha256').update(this.#hash).update(data).digest();
	}

	#mix(shared: Uint8Array): void {
		[this.#salt, this.#key] = splitKeys(shared, this.#salt);
		this.#counter = 0;
	}

	#seal(plain: Uint8Array): Buffer {
		const sealed = seal(plain, this.#key, this.#counter++, this.#hash);
		this.#authenticate(sealed);
		return sealed;
	}

	#open(sealed: Buffer): Buffer {
		const plain = open(sealed, this.#key, this.#counter++, this.#hash);
		this.#authenticate(sealed);
		return plain;
	}
}
