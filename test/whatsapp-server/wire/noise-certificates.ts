import { Curve, type KeyPair, proto, WA_CERT_DETAILS } from '@whiskeysockets/baileys';

/** The key a server answers handshakes with, and its certificates: intermediate, signed by the root, and leaf, which holds the key. */
export interface NoiseIdentity {
	readonly keys: KeyPair;
	readonly chain: Uint8Array;
	readonly rootKey: Buffer;
}

const INTERMEDIATE_SERIAL = 1;
const LEAF_SERIAL = 2;
const YEAR = 365 * 24 * 60 * 60;

/** A whole chain of its own, as the real one is built. `nowSeconds` is the time it is issued at. */
export function createNoiseIdentity(nowSeconds: number): NoiseIdentity {
	const root = Curve.generateKeyPair();
	const intermediate = Curve.generateKeyPair();
	const keys = Curve.generateKeyPair();
	const issue = (serial: number, issuerSerial: number, key: Buffer | Uint8Array, signer: Uint8Array) => {
		const details = proto.CertChain.NoiseCertificate.Details.encode({
			serial,
			issuerSerial,
			key,
			notBefore: Math.floor(nowSeconds) - YEAR,
			notAfter: Math.floor(nowSeconds) + YEAR,
		}).finish();
		return { details, signature: Curve.sign(signer, details) };
	};
	const chain = proto.CertChain.encode({
		intermediate: issue(INTERMEDIATE_SERIAL, WA_CERT_DETAILS.SERIAL, intermediate.public, root.private),
		leaf: issue(LEAF_SERIAL, INTERMEDIATE_SERIAL, keys.public, intermediate.private),
	}).finish();
	return { keys, chain, rootKey: Buffer.from(root.public) };
}

/**
 * Makes the client of this process trust the server's root instead of WhatsApp's; returns what undoes it. The present client accepts
 * any well-formed signature, so this only matters once it checks them. For tests only.
 */
export function trustNoiseRoot(rootKey: Uint8Array): () => void {
	const builtIn = Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY);
	WA_CERT_DETAILS.PUBLIC_KEY.set(rootKey);
	return () => void WA_CERT_DETAILS.PUBLIC_KEY.set(builtIn);
}
