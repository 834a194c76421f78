import { proto } from '@whiskeysockets/baileys';
import { verifySignature } from 'libsignal/src/curve';
import { request } from 'node:https';
import { WebSocket } from 'ws';
import { startWhatsAppServer, type WhatsAppServer } from '.';
import { frameOf, FrameReader, INTRO } from './wire/framing';
import { formatJid, parseJid } from './wire/jid';
import { createNoiseIdentity } from './wire/noise-certificates';

describe('frames', () => {
	const stream = Buffer.concat([INTRO, frameOf(Buffer.from('one')), frameOf(Buffer.alloc(700, 7)), frameOf(Buffer.alloc(0))]);

	it('come out whole however the bytes are cut', () => {
		for (const size of [1, 2, 3, 5, 1000, stream.length]) {
			const reader = new FrameReader();
			const frames: Buffer[] = [];
			for (let start = 0; start < stream.length; start += size) frames.push(...reader.push(stream.subarray(start, start + size)));
			expect(frames.map(({ length }) => length)).toEqual([3, 700, 0]);
			expect(reader.routingInfo).toBeNull();
		}
	});

	it('may follow routing information', () => {
		const reader = new FrameReader();
		const intro = Buffer.concat([Buffer.from('ED'), Buffer.from([0, 1, 0, 0, 4]), Buffer.from('path'), stream]);
		const frames = [...intro].flatMap((byte) => reader.push(Buffer.from([byte])));
		expect(frames).toHaveLength(3);
		expect(reader.routingInfo?.toString()).toBe('path');
	});

	it('are refused from who does not introduce itself', () => {
		expect(() => new FrameReader().push(Buffer.from('GET / HTTP'))).toThrow('introduce');
	});
});

it('reads and writes addresses', () => {
	for (const text of ['79161112233@s.whatsapp.net', '79161112233:12@s.whatsapp.net', '1000:1@lid', '120363@g.us', '@s.whatsapp.net']) {
		expect(formatJid(parseJid(text))).toBe(text);
	}
	expect(() => parseJid('nobody')).toThrow('not an address');
});

it('has a chain of certificates in which every signature is right', () => {
	const { chain, rootKey, keys } = createNoiseIdentity(1_795_000_000);
	const { intermediate, leaf } = proto.CertChain.decode(chain);
	const key = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from([5]), bytes]);
	const details = (certificate: typeof leaf) => proto.CertChain.NoiseCertificate.Details.decode(certificate?.details ?? new Uint8Array());
	const check = (signer: Uint8Array, certificate: typeof leaf): unknown => verifySignature(key(signer), certificate?.details ?? new Uint8Array(), certificate?.signature ?? new Uint8Array());
	expect(check(rootKey, intermediate)).toBe(true);
	expect(check(details(intermediate).key ?? new Uint8Array(), leaf)).toBe(true);
	expect(check(rootKey, leaf)).toBe(false);
	expect(Buffer.from(details(leaf).key ?? [])).toEqual(Buffer.from(keys.public));
	expect(details(intermediate).issuerSerial).toBe(0);
});

describe('a server', () => {
	let server: WhatsAppServer;
	beforeEach(async () => void (server = await startWhatsAppServer()));
	afterEach(async () => await server.close());

	it('cuts off a client that breaks the protocol, and remembers it', async () => {
		const socket = new WebSocket(server.url);
		await new Promise((resolve) => socket.once('open', resolve));
		socket.send(Buffer.concat([INTRO, frameOf(Buffer.from('no handshake'))]));
		await new Promise((resolve) => socket.once('close', resolve));
		expect(server.errors).toHaveLength(1);
	});

	it('is trusted over TLS by who knows its certificate only', async () => {
		const ask = async (ca: string[]): Promise<number | undefined> =>
			await new Promise((resolve, reject) => request(server.versionUrl, { ca }, (response) => resolve(response.resume().statusCode)).on('error', reject).end());
		expect(await ask([server.certificate])).toBe(200);
		await expect(ask([])).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
	});

	it('makes the same accounts and ids for the same seed', async () => {
		const [one, other, third] = await Promise.all([startWhatsAppServer({ seed: 5 }), startWhatsAppServer({ seed: 5 }), startWhatsAppServer({ seed: 6 })]);
		const draw = (from: WhatsAppServer): string => `${from.phone('79161112233').lid} ${from.desk.messageId()}`;
		expect(draw(one)).toBe(draw(other));
		expect(draw(third)).not.toBe(draw(one));
		await Promise.all([one, other, third].map((made) => made.close()));
	});
});
