import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';
import { Person, startTelegramApi, type PersonOptions, type Sent, type TelegramApi } from './support/telegram-api';
import { endings, importTemplate, publishTemplate } from './support/template';
import { startVoiceServer, type VoiceServer } from './support/voice-server';
import { opusFile } from '../unit/voice-file/ogg-pages';

const TEMPLATE = '02-telegram-assistant.json';
const STAFF = 900;
const HEARD = 'Сколько стоит маникюр?';
const BROKEN_SECONDS = 5;

describe('the Telegram template in a real n8n', () => {
	let n8n: N8n;
	let telegram: TelegramApi;
	let voice: VoiceServer;
	let rows: ReturnType<typeof salonRows>;
	let workflowId: string;
	let ended: ReturnType<typeof endings>;
	let taken = 0;
	let people = 100;

	beforeAll(async () => {
		[n8n, telegram, voice] = await Promise.all([startN8n(), startTelegramApi(), startVoiceServer('voice-key', (bytes) => (bytes.equals(opusFile(BROKEN_SECONDS)) ? 500 : HEARD))]);
		const workflow = await publishTemplate(n8n, TEMPLATE, {
			credentials: { telegramApi: { accessToken: telegram.token, baseUrl: telegram.url }, openAiApi: { apiKey: 'voice-key', url: voice.url } },
			settings: { adminChatId: String(STAFF), transcribeVoice: true },
			activate: ['Transcribe voice'],
		});
		workflowId = workflow.id;
		ended = endings(n8n, workflowId);
		await update(() => person({ id: 1 }).say('Здравствуйте'));
		rows = salonRows(n8n.userFolder);
	});

	afterAll(async () => {
		rows?.close();
		await n8n?.stop();
		await Promise.all([telegram?.close(), voice?.close()]);
	});

	function person(options: Partial<PersonOptions> = {}): Person {
		return new Person(telegram, { id: ++people, language: 'ru', ...options });
	}

	/** Lets something happen in Telegram and waits until n8n is done with it; gives the ending of its execution. */
	async function update(happen: () => Promise<{ attempts: number }>): Promise<string> {
		if ((await happen()).attempts > 0) taken++;
		return ended.reach(taken);
	}

	/** What the bot sent to a person in answer to something they did. */
	async function answers(who: Person, happen: () => Promise<{ attempts: number }>): Promise<readonly Sent[]> {
		const before = who.inbox.length;
		expect(await update(happen)).toBe('success');
		return who.inbox.slice(before);
	}

	const titles = (message: Sent | undefined): readonly string[] => message?.markup?.inline_keyboard?.flat().map(({ text }) => text) ?? [];

	/** Answers by buttons and the contact, by words only where there is neither, until the bot's words match. */
	async function goOn(who: Person, first: readonly Sent[], until: RegExp, words: (text: string) => string): Promise<{ said: string[]; texts: string[] }> {
		let last = first.at(-1);
		const said: string[] = [];
		const texts = first.map(({ text }) => text);
		for (let step = 0; step < 12 && !texts.some((text) => until.test(text)); step++) {
			const [title] = titles(last).filter((one) => one !== 'Цены');
			const asksContact = last?.markup?.keyboard !== undefined;
			said.push(asksContact ? '(contact)' : (title ?? 'words'));
			const sent = await answers(who, () => (asksContact ? who.shareContact() : title === undefined ? who.say(words(last?.text ?? '')) : who.press(title)));
			texts.push(...sent.map(({ text }) => text));
			last = sent.at(-1);
		}
		return { said, texts };
	}

	const inWords = (text: string): string => (/как вас зовут|имя/i.test(text) ? 'Анна' : /день|когда/i.test(text) ? 'послезавтра после обеда' : 'маникюр');

	it('registers its webhook with a secret, and n8n takes no update without it', async () => {
		const { webhook } = telegram.world;
		expect(webhook?.url).toContain(n8n.url);
		expect(webhook?.allowed).toEqual(['message', 'callback_query']);
		const forged = await fetch(webhook?.url ?? '', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ update_id: 1, message: { message_id: 1, chat: { id: 1 }, text: 'x' } }) });
		expect(forged.status).toBe(403);
	});

	it('books a visit by buttons and the contact, and the visit stands in the CRM', async () => {
		const who = person({ phone: '79165550101' });
		const greeting = await answers(who, () => who.say('/start'));
		expect(greeting.at(-1)?.text).toMatch(/^(Здравствуйте|Доброе|Добрый)/);
		expect(titles(greeting.at(-1))).toEqual(['Записаться', 'Мои записи', 'Цены']);
		const { said, texts } = await goOn(who, greeting, /записаны/i, inWords);
		expect(texts.join('\n')).toMatch(/записаны/i);
		expect(said).toContain('(contact)');
		expect(said).toContain('Да');
		expect(rows.visitsOf('+79165550101').map(({ status, client_phone }) => [status, client_phone])).toEqual([['booked', '+79165550101']]);
		expect(who.keyboard).toBeNull();
		expect(telegram.world.waitingQueries.size).toBe(0);

		const own = await answers(who, () => who.say('/my_visits'));
		expect(own.at(-1)?.text).toMatch(/маникюр|стрижка/i);
		await answers(who, () => who.say('отмените мою запись'));
		await answers(who, () => who.press('Да'));
		expect(rows.visitsOf('+79165550101').map(({ status }) => status)).toEqual(['cancelled']);
	});

	it('answers a redelivered update once, and a redelivered press books once', async () => {
		const who = person({ phone: '79165550102' });
		const first = await answers(who, () => who.say('Хочу на маникюр послезавтра после обеда, меня зовут Ольга'));
		expect(first).not.toEqual([]);
		expect(await answers(who, () => who.redeliver())).toEqual([]);
		await goOn(who, first, /записаны/i, inWords);
		expect(await answers(who, () => who.redeliver())).toEqual([]);
		expect(rows.visitsOf('+79165550102')).toHaveLength(1);
	});

	it('answers a button of something that is over, and books nothing by it', async () => {
		const who = person({ phone: '79165550103' });
		const first = await answers(who, () => who.say('Хочу на маникюр послезавтра, меня зовут Ольга'));
		const old = first.at(-1);
		const [slot = ''] = titles(old);
		expect(slot).not.toBe('');
		await answers(who, () => who.say('не надо, лучше на педикюр в другой день'));
		const stale = await answers(who, () => (old === undefined ? Promise.reject(new Error('no message')) : who.pressIn(old, slot)));
		expect(stale.map(({ text }) => text).join('\n')).toMatch(/неактуальн|устарел|уже не/i);
		expect(rows.visitsOf('+79165550103')).toEqual([]);
		expect(telegram.world.waitingQueries.size).toBe(0);
	});

	it('greets once however often /start comes, in the language of the app, and /help tells what it can do', async () => {
		const who = person({ language: 'en-GB' });
		const [first] = await answers(who, () => who.say('/start'));
		const [second] = await answers(who, () => who.say('/start'));
		expect(first?.text).toMatch(/good (morning|afternoon|evening)|hello/i);
		expect(second?.text).not.toMatch(/good (morning|afternoon|evening)|hello/i);
		expect(titles(second)).toEqual(['Book', 'My bookings', 'Prices']);
		const [help] = await answers(who, () => who.say('/help'));
		expect(help?.text).toMatch(/book/i);
		expect(titles(help)).toEqual(['Book', 'My bookings', 'Prices']);
		const [prices] = await answers(who, () => who.press('Prices'));
		expect(prices?.text).toMatch(/\d/);
	});

	it('leaves groups, channels and edits alone', async () => {
		const group = person({ chat: { id: -1000, type: 'supergroup' } });
		expect(await answers(group, () => group.say('на когда я записан?'))).toEqual([]);
		expect(telegram.world.calls.filter(({ parameters }) => Number(parameters['chat_id']) === -1000)).toEqual([]);
		const who = person();
		for (const kind of ['edited_message', 'channel_post']) expect((await who.send(kind, { message_id: 5, chat: who.chat, text: 'x' })).attempts).toBe(0);
		expect(who.inbox).toEqual([]);
	});

	it('says that it sees no pictures and no places, and goes on', async () => {
		const who = person();
		for (const [happen, words] of [[() => who.photo(), /изображение/i], [() => who.location(), /геопозици/i]] as const) {
			expect((await answers(who, happen)).map(({ text }) => text).join('\n')).toMatch(words);
		}
	});

	it('does not take another person’s contact for the client’s own', async () => {
		const owner = person({ phone: '79165550104' });
		const done = await goOn(owner, await answers(owner, () => owner.say('Хочу на маникюр послезавтра, меня зовут Ольга')), /записаны/i, inWords);
		expect(done.texts.join('\n')).toMatch(/записаны/i);
		const stranger = person();
		await answers(stranger, () => stranger.say('на когда я записан?'));
		for (const happen of [() => stranger.attachContact('79165550104', 77), () => stranger.attachContact('+79165550104')]) await answers(stranger, happen);
		const asked = await answers(stranger, () => stranger.say('на когда я записан?'));
		expect(asked.map(({ text }) => text).join('\n')).not.toMatch(/маникюр/i);
		await answers(stranger, () => stranger.say('отмените мою запись'));
		await answers(stranger, () => stranger.say('да'));
		expect(rows.visitsOf('+79165550104').map(({ status }) => status)).toEqual(['booked']);
	});

	const triesFor = (who: Person): readonly number[] =>
		telegram.world.calls.filter(({ method, parameters }) => method === 'sendMessage' && Number(parameters['chat_id']) === who.chat.id).map(({ status }) => status);

	it('waits as long as Telegram says and sends every bubble once and in order', async () => {
		const who = person();
		telegram.world.limitedUntil.set(who.chat.id, Date.now() + 2_500);
		const sent = await answers(who, () => who.say('какие у вас услуги и цены?'));
		expect(sent.map(({ text }) => /Цены:|Наши услуги:/.exec(text)?.[0])).toEqual(['Цены:', 'Наши услуги:']);
		const tries = triesFor(who);
		expect(tries.slice(-2)).toEqual([200, 200]);
		expect(tries.filter((status) => status === 429).length).toBe(tries.length - 2);
		expect([1, 2]).toContain(tries.length - 2);
	});

	it('repeats only the bubble that did not arrive', async () => {
		const who = person();
		telegram.world.failNext.set('sendMessage', [0, 502]);
		const sent = await answers(who, () => who.say('какие у вас услуги и цены?'));
		expect(sent.map(({ text }) => /Цены:|Наши услуги:/.exec(text)?.[0])).toEqual(['Цены:', 'Наши услуги:']);
		expect(triesFor(who)).toEqual([200, 502, 200]);
	});

	it('gives up on a bubble after four tries and still ends well', async () => {
		const who = person();
		telegram.world.failNext.set('sendMessage', [500, 500, 500, 500]);
		expect(await answers(who, () => who.say('Здравствуйте'))).toEqual([]);
		expect(triesFor(who)).toHaveLength(4);
	}, 60_000);

	it('does not insist when the client has blocked the bot, and goes on when they come back', async () => {
		const who = person();
		telegram.world.blocked.add(who.chat.id);
		expect(await answers(who, () => who.say('где вы находитесь?'))).toEqual([]);
		expect(triesFor(who)).toEqual([403]);
		telegram.world.blocked.delete(who.chat.id);
		expect(await answers(who, () => who.say('до скольки работаете?'))).not.toEqual([]);
	});

	it('answers the client also when the spinner and the typing sign cannot be shown', async () => {
		const who = person();
		telegram.world.failNext.set('sendChatAction', [400]);
		expect(await answers(who, () => who.say('/start'))).toHaveLength(1);
		telegram.world.failNext.set('answerCallbackQuery', [400]);
		expect(await answers(who, () => who.press('Цены'))).not.toEqual([]);
	});

	it('calls the staff once with who wrote what, and marks in the text break nothing', async () => {
		const staff = person({ id: STAFF });
		const who = person({ firstName: 'An<n>a_&' });
		const before = staff.inbox.length;
		expect((await answers(who, () => who.say('позовите человека_ <b>*'))).at(-1)?.text).toMatch(/администратор/i);
		expect(staff.inbox.slice(before)).toHaveLength(1);
		expect(staff.inbox.at(-1)?.text).toMatch(/An<n>a_&: позовите человека_ <b>\*/);
		expect(await answers(who, () => who.say('вы тут?'))).toEqual([]);
	});

	describe('voice', () => {
		it('is heard: the service gets the bytes under a name it takes', async () => {
			const who = person();
			const bytes = opusFile(3);
			const sent = await answers(who, () => who.voice(bytes, 3));
			expect(voice.heard.at(-1)).toMatchObject({ fileName: 'voice.ogg', mimeType: 'audio/ogg', language: 'ru', status: 200 });
			expect(voice.heard.at(-1)?.bytes.equals(bytes)).toBe(true);
			expect(sent.map(({ text }) => text).join('\n')).toMatch(/маникюр[^\n]*\d/i);
			expect(voice.heard.filter(({ status }) => status === 400)).toEqual([]);
		});

		it.each([
			['too long by what Telegram says', opusFile(2), 61],
			['too long by its own pages', opusFile(75), 10],
			['no voice at all', Buffer.from('<html>not found</html>'), 3],
			['one the service fails at', opusFile(BROKEN_SECONDS), 5],
		])('that is %s is asked for in writing', async (_title, bytes, duration) => {
			const who = person();
			expect((await answers(who, () => who.voice(bytes, duration))).map(({ text }) => text).join('\n')).toMatch(/голосовое/i);
		});

		it('that Telegram does not give out is asked for in writing', async () => {
			const who = person();
			telegram.world.failNext.set('getFile', [400]);
			expect((await answers(who, () => who.voice(opusFile(2), 2))).map(({ text }) => text).join('\n')).toMatch(/голосовое/i);
		});
	});

	it('runs without a transcription service and without a staff chat, as it is shipped', async () => {
		await n8n.rest.unpublish(workflowId);
		const heard = voice.heard.length;
		const shipped = await importTemplate(n8n, TEMPLATE, { name: 'Shipped', credentials: { telegramApi: { accessToken: telegram.token, baseUrl: telegram.url } } });
		workflowId = (await n8n.rest.publish(shipped)).id;
		ended = endings(n8n, workflowId);
		taken = 0;
		const who = person();
		expect((await answers(who, () => who.voice(opusFile(2), 2))).map(({ text }) => text).join('\n')).toMatch(/голосовое/i);
		expect((await answers(who, () => who.say('позовите человека'))).at(-1)?.text).toMatch(/администратор/i);
		expect(voice.heard).toHaveLength(heard);
	});
});
