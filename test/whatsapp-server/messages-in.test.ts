import { Bench, type Linked } from './support/bench';

const CIPHERTEXT = 2;

const bench = Bench.ofTests();
let linked: Linked;
beforeAll(async () => {
	linked = await bench.linked('79990000101');
});

describe('to the client', () => {
	it('brings three messages in the order they were written, decrypted, each with its sender', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		const ids = await Promise.all([anna.write(salon, 'one'), anna.write(salon, 'two'), anna.write(salon, 'three')]);
		await client.message(ids[2] ?? '');
		const came = client.upserts.filter(({ message }) => ids.includes(message.key.id ?? ''));
		expect(came.map(({ message }) => message.message?.conversation)).toEqual(['one', 'two', 'three']);
		expect(came.map(({ type }) => type)).toEqual(['notify', 'notify', 'notify']);
		expect(came[0]?.message).toMatchObject({ pushName: 'Anna', key: { remoteJid: anna.lidJid, remoteJidAlt: anna.phoneJid, fromMe: false, addressingMode: 'lid' } });
		await Promise.all(ids.map((id) => anna.sending.marked(id, 'inactive')));
		expect(linked.device.mailbox.waiting).toEqual([]);
	});

	it('keeps the order of two chats written at once', async () => {
		const { salon, client } = linked;
		const writers = [bench.someone(), bench.someone({ addressing: 'pn' })];
		const ids = (await Promise.all(writers.map((writer) => Promise.all(Array.from({ length: 10 }, (_, place) => writer.write(salon, String(place))))))).flat();
		await Promise.all(ids.map((id) => client.message(id)));
		for (const writer of writers) {
			const texts = client.upserts.filter(({ message }) => message.key.remoteJid === writer.address).map(({ message }) => message.message?.conversation);
			expect(texts).toEqual(Array.from({ length: 10 }, (_, place) => String(place)));
		}
	});

	it('begins a session by a one-time key, and needs none once the client has answered', async () => {
		const { salon, client, device } = linked;
		const anna = bench.someone();
		const before = device.preKeys.length;
		await client.message(await anna.write(salon, 'first'));
		expect(device.preKeys).toHaveLength(before - 1);
		await client.send(anna.lidJid, { text: 'answer' });
		await anna.screen.text('answer');
		const types: string[] = [];
		client.socket.ws.on('CB:message', (node: { content: { attrs: { type: string } }[] }) => void types.push(node.content[0]?.attrs.type ?? ''));
		await client.message(await anna.write(salon, 'second'));
		expect(types).toEqual(['msg']);
		expect(device.preKeys).toHaveLength(before - 1);
	});

	it('gives no number for a LID nobody told it, and learns it from a later message', async () => {
		const { salon, client } = linked;
		const anna = bench.someone({ sharesNumber: false });
		const { message } = await client.message(await anna.write(salon, 'who am I'));
		expect(message.key).toMatchObject({ remoteJid: anna.lidJid });
		expect(message.key.remoteJidAlt).toBeUndefined();
		const { lidMapping } = client.socket.signalRepository;
		expect(await lidMapping.getPNForLID(anna.lidJid)).toBeNull();
		anna.sharesNumber = true;
		await client.message(await anna.write(salon, 'now you know'));
		expect(await lidMapping.getPNForLID(anna.lidJid)).toBe(`${anna.number}:0@s.whatsapp.net`);
	});

	it('asks again for what it could not read, and gets it under the same id', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		await client.message(await anna.write(salon, 'well'));
		const id = await anna.write(salon, 'broken on the way', { corrupt: true });
		expect((await client.message(id)).message.message?.conversation).toBe('broken on the way');
		const came = client.upserts.filter(({ message }) => message.key.id === id);
		expect(came[0]?.message).toMatchObject({ messageStubType: CIPHERTEXT });
		expect(came).toHaveLength(2);
		expect(bench.server.journal.find({ tag: 'receipt', attrs: { type: 'retry', id } })).toHaveLength(1);
	});

	it('can repeat a message byte for byte, which the client refuses, and encrypted anew, which it shows again', async () => {
		const { salon, client, device } = linked;
		const anna = bench.someone();
		const id = await anna.write(salon, 'once');
		await client.message(id);
		anna.sending.redeliver(id);
		await bench.server.journal.until({ tag: 'ack', attrs: { class: 'message', id, error: '487' } });
		expect(device.mailbox.waiting).toEqual([]);
		expect(client.upserts.filter(({ message }) => message.key.id === id)).toHaveLength(1);
		const again = await anna.write(salon, 'twice');
		await client.message(again);
		await anna.sending.repeat(again);
		await client.until(() => client.upserts.filter(({ message }) => message.key.id === again && message.message)[1], 'the same text again');
	});

	it('accepts a bare message of the server, and asks its phone for one without content', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		expect((await client.message(await anna.write(salon, 'bare', { plain: true }))).message.message?.conversation).toBe('bare');
		const id = await anna.write(salon, 'from an advertisement', { unavailable: true });
		await client.until(() => client.upserts.find(({ message }) => message.key.id === id), 'the stub');
		expect((await client.message(id)).message.message?.conversation).toBe('from an advertisement');
		expect(client.upserts.filter(({ message }) => message.key.id === id)[0]?.message.messageStubParameters?.[0]).toBe('Message absent from node');
	});

	it('tells edits, deletions, reactions and replies', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		const id = await anna.write(salon, 'on Monday');
		const edit = await anna.edit(salon, id, 'on Tuesday');
		const edited = await client.until(() => client.updates.find(({ key, update }) => key.id === id && update.message?.editedMessage), 'the edit');
		expect(edited.update.message?.editedMessage?.message?.conversation).toBe('on Tuesday');
		expect((await client.message(edit)).message.message?.editedMessage).toBeTruthy();
		const answer = await client.socket.sendMessage(anna.lidJid, { text: 'at ten?' });
		const answerId = answer?.key.id ?? '';
		await anna.screen.text('at ten?');
		const reply = await client.message(await anna.reply(salon, answerId, 'yes'));
		expect(reply.message.message?.extendedTextMessage).toMatchObject({ text: 'yes', contextInfo: { stanzaId: answerId } });
		const reaction = await client.message(await anna.react(salon, answerId, '👍'));
		expect(reaction.message.message?.reactionMessage).toMatchObject({ text: '👍', key: { id: answerId, fromMe: true } });
		await anna.revoke(salon, id);
		const revoked = await client.until(() => client.updates.find(({ key, update }) => key.id === id && update.message === null), 'the deletion');
		expect(revoked.update.messageStubType).toBe(1);
	});

	it('shows what the owner writes on the phone as its own, in the chat it went to', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		const { message, type } = await client.message(await salon.write(anna, 'typed by the owner'));
		expect(type).toBe('notify');
		expect(message).toMatchObject({ key: { fromMe: true, remoteJid: anna.lidJid }, message: { conversation: 'typed by the owner' } });
		expect(anna.screen.texts).toEqual(['typed by the owner']);
	});

	it('hears typing only after it asked for it', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		anna.types(salon);
		await client.socket.presenceSubscribe(anna.lidJid);
		expect(await client.event('presence.update')).toMatchObject({ id: anna.lidJid, presences: { [anna.lidJid]: { lastKnownPresence: 'available' } } });
		anna.types(salon, 'recording');
		const presences = () => client.events.filter(({ name }) => name === 'presence.update').map(({ payload }) => payload as { presences: Record<string, { lastKnownPresence: string }> });
		await client.until(() => presences()[1], 'typing');
		expect(presences().map(({ presences: all }) => all[anna.lidJid]?.lastKnownPresence)).toEqual(['available', 'recording']);
	});

	it('tells a call and its end', async () => {
		const { salon, client, device } = linked;
		const anna = bench.someone();
		const id = anna.calls(salon);
		anna.calls(salon, 'terminate', id);
		const calls = () => client.events.flatMap(({ name, payload }) => (name === 'call' ? (payload as { id: string; status: string; from: string }[]) : []));
		await client.until(() => calls()[1], 'both');
		expect(calls()).toMatchObject([{ id, from: anna.lidJid, status: 'offer' }, { id, status: 'terminate' }]);
		await device.mailbox.empty();
	});

	it('confirms and drops what comes from groups', async () => {
		const { salon, client, device } = linked;
		const id = bench.someone().writeToGroup('120363000000000001@g.us', salon);
		await bench.server.journal.until({ tag: 'ack', attrs: { class: 'message', id, error: '500' } });
		expect(device.mailbox.waiting).toEqual([]);
		expect(client.upserts.filter(({ message }) => message.key.id === id)).toEqual([]);
	});
});
