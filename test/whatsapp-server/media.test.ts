import { downloadMediaMessage, type WAMessage } from '@whiskeysockets/baileys';
import { createHash, randomBytes } from 'node:crypto';
import type { FileContent } from '.';
import { Bench, type Linked } from './support/bench';

const bench = Bench.ofTests();
let linked: Linked;
beforeAll(async () => {
	linked = await bench.linked('79990000301');
});

const SILENT = { level: 'silent', child: () => SILENT, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
function quiet(): void {
	// downloads log what the tests assert
}

const download = async (message: WAMessage): Promise<Buffer> =>
	await downloadMediaMessage(message, 'buffer', {}, { reuploadRequest: linked.client.socket.updateMediaMessage, logger: SILENT });

const FILES: readonly FileContent[] = [
	{ kind: 'voice', bytes: randomBytes(5000), mimetype: 'audio/ogg; codecs=opus', seconds: 3 },
	{ kind: 'image', bytes: randomBytes(70_000), mimetype: 'image/jpeg', caption: 'before and after' },
	{ kind: 'document', bytes: randomBytes(1), mimetype: 'application/pdf', fileName: 'price.pdf' },
	{ kind: 'video', bytes: randomBytes(200_000), mimetype: 'video/mp4' },
	{ kind: 'sticker', bytes: randomBytes(333), mimetype: 'image/webp' },
];

it.each(FILES)('brings a $kind of a person, byte for byte', async (file) => {
	const anna = bench.server.phone('79164440001');
	const { message } = await linked.client.message(await anna.sendFile(linked.salon, file));
	expect((await download(message)).equals(file.bytes)).toBe(true);
});

it('uploads a picture and a voice note of the client, which the phone can open', async () => {
	const anna = bench.server.phone('79164440002');
	const { client } = linked;
	const bytes = randomBytes(40_000);
	await client.send(anna.lidJid, { image: bytes, caption: 'your booking', jpegThumbnail: '' });
	const { imageMessage } = (await anna.screen.text('your booking')).content;
	expect((await bench.server.media.open(reference(imageMessage), 'image')).equals(bytes)).toBe(true);
	const voice = randomBytes(2000);
	await client.send(anna.lidJid, { audio: voice, ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds: 2 });
	const { audioMessage } = (await anna.screen.until(({ content }) => content.audioMessage?.ptt === true)).content;
	expect((await bench.server.media.open(reference(audioMessage), 'audio')).equals(voice)).toBe(true);
});

it.each(['missing', 'gone'] as const)('says by its status that a file is %s; the phone uploads it again when asked', async (fault) => {
	const anna = bench.server.phone('79164440003');
	const { message } = await linked.client.message(await anna.sendFile(linked.salon, { kind: 'image', bytes: Buffer.from(`old ${fault}`), mimetype: 'image/jpeg' }));
	bench.server.media.spoil(message.message?.imageMessage?.directPath ?? '', fault);
	// the client looks for this status where it never is, so that it does not ask the phone by itself
	await expect(download(message)).rejects.toMatchObject({ output: { statusCode: fault === 'missing' ? 404 : 410 } });
	expect((await download(await linked.client.socket.updateMediaMessage(message))).toString()).toBe(`old ${fault}`);
});

it('is told when the phone has the file no longer', async () => {
	const anna = bench.server.phone('79164440003');
	const { message } = await linked.client.message(await anna.sendFile(linked.salon, { kind: 'image', bytes: Buffer.from('lost'), mimetype: 'image/jpeg' }));
	bench.server.media.forget(message.message?.imageMessage?.directPath ?? '');
	await expect(linked.client.socket.updateMediaMessage(message)).rejects.toThrow('Failed to re-upload media');
});

it('does not pass off a file that was broken on its way as the right one', async () => {
	const anna = bench.server.phone('79164440004');
	const { message } = await linked.client.message(await anna.sendFile(linked.salon, { kind: 'image', bytes: randomBytes(50_000), mimetype: 'image/jpeg' }));
	bench.server.media.spoil(message.message?.imageMessage?.directPath ?? '', 'broken');
	const bytes = await download(message).catch(() => Buffer.alloc(0));
	expect(createHash('sha256').update(bytes).digest().equals(Buffer.from(message.message?.imageMessage?.fileSha256 ?? []))).toBe(false);
});

it('can cut a download in its middle', async () => {
	// not through the client: it leaves the error of a cut stream unheard, which ends its process
	const anna = bench.server.phone('79164440004');
	const { message } = await linked.client.message(await anna.sendFile(linked.salon, { kind: 'image', bytes: randomBytes(50_000), mimetype: 'image/jpeg' }));
	bench.server.media.spoil(message.message?.imageMessage?.directPath ?? '', 'cut');
	const response = await fetch(message.message?.imageMessage?.url ?? '');
	expect(response.status).toBe(200);
	await expect(response.arrayBuffer()).rejects.toThrow('terminated');
});

it('fails a send whose upload the server refuses', async () => {
	bench.server.media.failingUploads = 1;
	const anna = bench.server.phone('79164440005');
	await expect(linked.client.socket.sendMessage(anna.lidJid, { document: randomBytes(10), mimetype: 'application/pdf', fileName: 'a.pdf' })).rejects.toThrow('upload failed');
});

it('serves chat over TLS as well, to a client that trusts the certificate', async () => {
	const { TestClient } = await import('./support/client');
	const client = new TestClient(bench.server.secureUrl).start();
	await bench.server.scan(bench.server.phone('79990000302'), await client.qr());
	expect(await client.ending()).toMatchObject({ code: 515 });
});

function reference(media: { directPath?: string | null; mediaKey?: Uint8Array | null; fileSha256?: Uint8Array | null; fileEncSha256?: Uint8Array | null } | null | undefined) {
	const bytes = (value: Uint8Array | null | undefined): Buffer => Buffer.from(value ?? []);
	return { directPath: media?.directPath ?? '', mediaKey: bytes(media?.mediaKey), fileSha256: bytes(media?.fileSha256), fileEncSha256: bytes(media?.fileEncSha256) };
}
