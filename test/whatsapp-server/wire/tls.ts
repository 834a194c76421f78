import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** A key and a certificate for loopback, both PEM. */
export interface TlsIdentity {
	readonly key: string;
	readonly certificate: string;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT = 0x06;
const UTF8 = 0x0c;
const UTC_TIME = 0x17;
const BOOLEAN = 0x01;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const SAN_DNS = 0x82;
const SAN_ADDRESS = 0x87;
const YES = Buffer.from([0xff]);

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
	const body = Buffer.concat(parts);
	const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const oid = (hex: string): Buffer => der(OBJECT, Buffer.from(hex, 'hex'));
const ECDSA_SHA256 = der(SEQUENCE, oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const BASIC_CONSTRAINTS = oid('551d13');
const ALTERNATIVE_NAMES = oid('551d11');

const utcTime = (moment: Date): Buffer => der(UTC_TIME, Buffer.from(`${moment.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

/** Self-signed, its own authority, good for `localhost` and 127.0.0.1, a year either way of `now` (milliseconds). */
export function createTlsIdentity(now: number): TlsIdentity {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const publicDer = publicKey.export({ type: 'spki', format: 'der' });
	const year = 365 * 24 * 60 * 60 * 1000;
	const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from('WhatsApp test server')))));
	const serial = createHash('sha256').update(publicDer).digest().subarray(0, 8);
	const names = der(SEQUENCE, der(SAN_DNS, Buffer.from('localhost')), der(SAN_ADDRESS, Buffer.from([127, 0, 0, 1])));
	const content = der(
		SEQUENCE,
		der(VERSION, der(INTEGER, Buffer.from([2]))),
		der(INTEGER, Buffer.from([1]), serial),
		ECDSA_SHA256,
		name,
		der(SEQUENCE, utcTime(new Date(now - year)), utcTime(new Date(now + year))),
		name,
		publicDer,
		der(
			EXTENSIONS,
			der(
				SEQUENCE,
				der(SEQUENCE, BASIC_CONSTRAINTS, der(BOOLEAN, YES), der(OCTET_STRING, der(SEQUENCE, der(BOOLEAN, YES)))),
				der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTET_STRING, names)),
			),
		),
	);
	const signature = sign('sha256', content, privateKey);
	const whole = der(SEQUENCE, content, ECDSA_SHA256, der(BIT_STRING, Buffer.from([0]), signature));
	const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
	};
}

/** Lets this process trust the certificate for everything it fetches, as NODE_EXTRA_CA_CERTS would from its start; returns what undoes it. */
export function trustCertificate(certificate: string): () => void {
	const before = getCACertificates('default');
	setDefaultCACertificates([...before, certificate]);
	return () => setDefaultCACertificates(before);
}
