import { decryptPollVote, type proto } from '@whiskeysockets/baileys';
import { createHash } from 'node:crypto';
import { textOf } from '.';
import { Bench, type Linked } from './support/bench';

const bench = Bench.ofTests();
let linked: Linked;
beforeAll(async () => {
	linked = await bench.linked('79990000111');
});

describe('from the client', () => {
	it('reaches the phone once, readable, with the server\'s word and the receipts of the reader', async () => {
		const { client } = linked;
		const anna = bench.someone();
		const id = '3EB0AAAABBBBCCCCDDDD01';
		expect(await client.send(anna.phoneJid, { text: 'good morning' }, id)).toMatchObject({ tag: 'ack', attrs: { class: 'message', id } });
		const shown = await anna.screen.text('good morning');
		expect(shown).toMatchObject({ id, copies: 1, chat: '79990000111', fromMe: false });
		anna.read(id);
		await client.until(() => client.updates.find(({ key, update }) => key.id === id && update.status === 4), 'the read receipt');
		expect(client.updates.filter(({ key }) => key.id === id).map(({ update }) => update.status)).toEqual(expect.arrayContaining([4]));
	});

	it('shows a message sent twice under one id once, and tells how often it came', async () => {
		const { client } = linked;
		const anna = bench.someone();
		await client.send(anna.lidJid, { text: 'same id' }, '3EB0AAAABBBBCCCCDDDD02');
		await client.send(anna.lidJid, { text: 'same id' }, '3EB0AAAABBBBCCCCDDDD02');
		await anna.screen.becomes('3EB0AAAABBBBCCCCDDDD02', ({ copies }) => copies === 2);
		expect(anna.screen.texts).toEqual(['same id']);
	});

	it('also reaches the owner\'s phone, as sent by them', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		await client.send(anna.lidJid, { text: 'for both' }, '3EB0AAAABBBBCCCCDDDD03');
		await anna.screen.text('for both');
		await salon.receiving.idle();
		expect(salon.screen.find('3EB0AAAABBBBCCCCDDDD03')).toMatchObject({ fromMe: true, chat: anna.number });
	});

	it('edits, deletes, reacts and marks as read', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		const written = await anna.write(salon, 'hello');
		const { message } = await client.message(written);
		const sent = await client.socket.sendMessage(anna.lidJid, { text: 'at ten' });
		const key = sent?.key ?? {};
		const id = key.id ?? '';
		await anna.screen.text('at ten');
		await client.socket.sendMessage(anna.lidJid, { text: 'at eleven', edit: key });
		expect(textOf((await anna.screen.becomes(id, ({ edited }) => edited)).content)).toBe('at eleven');
		await client.socket.sendMessage(anna.lidJid, { react: { text: '❤️', key: message.key } });
		expect((await anna.screen.becomes(written, ({ reactions }) => reactions.size > 0)).reactions.get('79990000111')).toBe('❤️');
		await client.socket.sendMessage(anna.lidJid, { delete: key });
		await anna.screen.becomes(id, ({ revoked }) => revoked);
		await client.socket.readMessages([message.key]);
		await anna.sending.marked(written, 'read');
		await client.socket.sendPresenceUpdate('composing', anna.lidJid);
		await bench.server.journal.until({ tag: 'chatstate', child: 'composing' });
	});

	it('asks a poll; votes come back readable with the poll\'s secret, whatever the addressing', async () => {
		const { client } = linked;
		for (const addressing of ['lid', 'pn'] as const) {
			const voter = bench.someone({ addressing });
			const sent = await client.socket.sendMessage(voter.address, { poll: { name: 'When?', values: ['10:00', '11:00'], selectableCount: 1 } });
			const id = sent?.key.id ?? '';
			await voter.screen.until((shown) => shown.id === id);
			const { message } = await client.message(await voter.vote(linked.salon, id, ['11:00']));
			const vote = message.message?.pollUpdateMessage?.vote as proto.Message.PollEncValue;
			const creator = addressing === 'lid' ? linked.salon.lidJid : linked.salon.phoneJid;
			const secret = sent?.message?.messageContextInfo?.messageSecret as Uint8Array;
			const { selectedOptions } = decryptPollVote(vote, { pollCreatorJid: creator, pollMsgId: id, pollEncKey: secret, voterJid: voter.address });
			expect(Buffer.from(selectedOptions?.[0] ?? [])).toEqual(createHash('sha256').update('11:00').digest());
		}
	});

	it('sends again when the reader cannot read it, from its memory and after a reconnect from the store', async () => {
		const kept = new Map<string, proto.IMessage>();
		const other = await bench.linked('79990000112', { getMessage: async ({ id }) => kept.get(id ?? '') });
		const anna = bench.someone();
		await other.client.send(anna.lidJid, { text: 'first' });
		await anna.screen.text('first');
		anna.party.forgetSessions();
		await anna.receiving.idle();
		const id = '3EB0AAAABBBBCCCCDDDD04';
		await other.client.send(anna.lidJid, { text: 'after the loss' }, id);
		expect((await anna.screen.text('after the loss')).id).toBe(id);
		const late = '3EB0AAAABBBBCCCCDDDD05';
		kept.set(late, { conversation: 'from the store' });
		await bench.reconnect(other);
		anna.receiving.askAgain({ device: other.device, id: late, address: anna.lidJid });
		expect((await anna.screen.text('from the store')).id).toBe(late);
	});

	it('is told by a code what the server refuses, hears nothing of what is lost, and may not begin new chats under a lock', async () => {
		const { salon, client } = linked;
		const anna = bench.someone();
		salon.acks.refuse(479);
		expect(await client.send(anna.lidJid, { text: 'refused' })).toMatchObject({ attrs: { error: '479' } });
		salon.acks.lose();
		// without the server's word, the first stanza under the id is the reader's receipt
		expect(await client.send(anna.lidJid, { text: 'word lost' })).toMatchObject({ tag: 'receipt' });
		await anna.screen.text('word lost');
		salon.acks.swallow();
		expect(await client.send(anna.lidJid, { text: 'swallowed' }, undefined, 300)).toBeUndefined();
		const until = bench.server.desk.seconds() + 3600;
		salon.lockReachOut(until);
		const lock = await client.until(() => client.states.find(({ reachoutTimeLock }) => reachoutTimeLock), 'the lock');
		expect(lock.reachoutTimeLock).toMatchObject({ isActive: true, timeEnforcementEnds: new Date(until * 1000) });
		expect(await client.send(anna.lidJid, { text: 'a new chat' })).toMatchObject({ attrs: { error: '463' } });
		expect(await client.socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: true });
		await client.message(await anna.write(salon, 'I write first'));
		expect((await client.send(anna.lidJid, { text: 'an answer' }))?.attrs['error']).toBeUndefined();
		await anna.screen.text('an answer');
		expect(anna.screen.texts).toEqual(['word lost', 'an answer']);
		salon.acks.clear();
	});

	it('learns which numbers use WhatsApp; the others are left out', async () => {
		const anna = bench.someone();
		const found = await linked.client.socket.onWhatsApp(anna.number, '79169999999', '123');
		expect(found).toEqual([{ jid: anna.phoneJid, exists: true }]);
	});

	it('fails a message to someone without keys, and reaches a phone that was off when it comes back', async () => {
		const { client } = linked;
		const anna = bench.someone();
		anna.keysMissing = true;
		await expect(client.socket.sendMessage(anna.lidJid, { text: 'no keys' })).rejects.toThrow('item-not-found');
		anna.keysMissing = false;
		anna.receiving.goOffline();
		const id = '3EB0AAAABBBBCCCCDDDD06';
		await client.send(anna.lidJid, { text: 'while off' }, id);
		expect(anna.screen.texts).toEqual([]);
		anna.receiving.goOnline();
		await anna.screen.text('while off');
		await client.until(() => client.updates.find(({ key, update }) => key.id === id && update.status === 3), 'the delivery receipt');
	});

	it('reaches another client, and that one answers', async () => {
		const other = await bench.linked('79990000113');
		const { client, salon } = linked;
		const id = '3EB0AAAABBBBCCCCDDDD07';
		await client.send(other.salon.lidJid, { text: 'from client to client' }, id);
		expect((await other.client.message(id)).message).toMatchObject({ key: { remoteJid: salon.lidJid }, message: { extendedTextMessage: { text: 'from client to client' } } });
		expect(other.salon.screen.texts).toEqual(['from client to client']);
		const answer = '3EB0AAAABBBBCCCCDDDD08';
		await other.client.send(salon.lidJid, { text: 'and back' }, answer);
		expect((await client.message(answer)).message.message?.extendedTextMessage?.text).toBe('and back');
	});
});
