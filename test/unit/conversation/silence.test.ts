import type { TurnResult } from '../../../core/conversation/assistant';
import { CHANNELS } from '../../../core/conversation/compose/channel';
import { createRulesUnderstander } from '../../../core/conversation/understand/rules';
import { createAssistantStore, type Store } from '../../../core/store';
import { noteSilence } from '../../../core/store/outreach';
import { moscow } from '../../support/crm-double';
import { describeEngines } from '../../support/engines';
import { Desk, type DeskOptions, IRINA, noticeOf } from './desk';

const HOUR = 3_600_000;
const STRANGER = '+79990001122';
const SAID = [{ outcome: 'said', why: null }];
const SILENCED = [{ outcome: 'never', why: 'opted_out' }];
let tenants = 0;
let notices = 0;

/** The salon congratulates: a message that needs nothing of the CRM. */
async function begin(desk: Desk, phone: string = IRINA): Promise<TurnResult> {
	const id = `notice ${++notices}`;
	desk.nowMs += 60_000;
	return await desk.send(
		desk.message('', {
			messageId: id,
			kind: 'notice',
			notice: { id, kind: 'birthday', appointmentId: null, start: null, note: null, url: null },
			sender: { phone, name: null },
			receivedAt: moscow(desk.nowMs),
		}),
	);
}

const typesOf = ({ events }: TurnResult): readonly string[] => events.map(({ type }) => type);

describe('who asked for silence', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let tenant: string;
		beforeAll(async () => {
			store = await engine.open();
		});
		beforeEach(() => {
			tenant = `silence-${dialect}-${++tenants}`;
		});

		const open = (options: DeskOptions = {}): Desk => new Desk({ understander: createRulesUnderstander(), store, tenant, ...options });
		/** A chat whose channel vouches for no phone. */
		const openWeb = (chatId = 'web'): Desk => open({ channel: CHANNELS.web, phone: null, chatId });
		const copyCard = async (id: string, phone: string, of = tenant): Promise<void> => {
			const at = moscow(Date.now());
			await store.write((trx) => trx.insertInto('sync_client').values({ tenant: of, id, name: 'Ирина', phone, extra: '{}', revision: 1, first_seen_at: at, updated_at: at, services_amount: 0, goods_sold: 0, money_mismatch: 0 }).execute());
		};
		const optedOut = async (of = tenant): Promise<readonly string[]> =>
			(await store.db.selectFrom('sync_client').select('id').where('tenant', '=', of).where('opted_out_at', 'is not', null).orderBy('id').execute()).map(({ id }) => id);

		it('is answered when they write, and is not written to first until they take it back', async () => {
			const desk = open();
			expect(noticeOf(await begin(desk))).toEqual(SAID);
			expect(await desk.write('стоп')).toContain('старт');
			expect(typesOf(desk.last)).toEqual(['stopped']);
			expect(await desk.write('какой у вас адрес?')).toContain('Ленина');
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
			expect(desk.last.reply).toBeNull();
			desk.nowMs += 30 * 24 * HOUR;
			await desk.write('здравствуйте');
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
			// said again it is answered again, and is no news
			expect(await desk.write('стоп')).not.toBe('');
			expect(typesOf(desk.last)).toEqual([]);
			expect(await desk.write('старт')).toMatch(/снова/);
			expect(typesOf(desk.last)).toEqual(['resumed']);
			expect(noticeOf(await begin(desk))).toEqual(SAID);
		});

		it.each(['start', 'Подписаться', 'пишите снова!', 'можете мне снова писать'])('takes it back with «%s»', async (text) => {
			const desk = open();
			await desk.write('не пишите мне больше');
			expect(await desk.write(text)).not.toBe('');
			expect(typesOf(desk.last)).toEqual(['resumed']);
			expect(noticeOf(await begin(desk))).toEqual(SAID);
		});

		it('is asked on with the booking they are in, when they take it back', async () => {
			const desk = open();
			await desk.write('стоп');
			await desk.write('хочу на стрижку женскую');
			const reply = await desk.write('старт');
			expect(reply).toMatch(/снова/);
			expect(reply).toContain('?');
		});

		it.each(['старт', 'подписаться'])('is nobody for whom «%s» says nothing', async (text) => {
			const desk = open();
			await desk.write(text);
			expect(typesOf(desk.last)).toEqual([]);
			expect(await store.db.selectFrom('outreach_silence').select('asked').where('tenant', '=', tenant).execute()).toEqual([]);
		});

		it('is spared in every chat of the phone, and on every card of it in the copy, of this salon alone', async () => {
			const other = `${tenant}-other`;
			await copyCard('1', IRINA);
			await copyCard('2', IRINA);
			await copyCard('3', STRANGER);
			await copyCard('1', IRINA, other);
			const [whatsapp, telegram] = [open({ chatId: 'a' }), open({ chatId: 'b' })];
			await whatsapp.write('стоп');
			expect(await optedOut()).toEqual(['1', '2']);
			expect(await optedOut(other)).toEqual([]);
			expect(noticeOf(await begin(telegram))).toEqual(SILENCED);
			expect(noticeOf(await begin(open({ tenant: other })))).toEqual(SAID);
			await telegram.write('старт');
			expect(await optedOut()).toEqual([]);
			expect(noticeOf(await begin(whatsapp))).toEqual(SAID);
		});

		it('speaks for this chat alone where the channel vouches for no phone', async () => {
			await copyCard('1', IRINA);
			const web = openWeb();
			await web.write(`мой телефон ${IRINA}`);
			await web.write('стоп');
			expect(await optedOut()).toEqual([]);
			expect(noticeOf(await begin(open()))).toEqual(SAID);
			expect(noticeOf(await begin(web))).toEqual(SILENCED);
		});

		it('is not spoken for by a chat that vouches for no phone', async () => {
			await copyCard('1', IRINA);
			await open().write('стоп');
			const web = openWeb();
			await web.write(`мой телефон ${IRINA}`);
			await web.write('старт');
			expect(typesOf(web.last)).toEqual([]);
			expect(await optedOut()).toEqual(['1']);
			expect(noticeOf(await begin(web))).toEqual(SILENCED);
		});

		it.each([
			['a phone', () => open()],
			['a chat without a phone', () => openWeb()],
		])('may be written to again when the staff say so later: %s', async (_whose, make) => {
			const desk = make();
			const staff = (asked: boolean): Promise<void> => {
				desk.nowMs += 60_000;
				return store.write((trx) => noteSilence(trx, store.vault, tenant, { chat: null, phone: IRINA }, { asked, at: moscow(desk.nowMs) }));
			};
			await staff(false);
			await desk.write('стоп');
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
			await staff(false);
			expect(noticeOf(await begin(desk))).toEqual(SAID);
			await desk.write('стоп');
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
		});

		it('is spared by a card the staff marked, and undoes that themselves', async () => {
			await copyCard('1', IRINA);
			await store.write((trx) => trx.updateTable('sync_client').set({ opted_out_at: moscow(Date.now()) }).where('tenant', '=', tenant).execute());
			const desk = open();
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
			await desk.write('пишите снова');
			expect(typesOf(desk.last)).toEqual(['resumed']);
			expect(await optedOut()).toEqual([]);
			expect(noticeOf(await begin(desk))).toEqual(SAID);
		});

		it('is heard while a person answers, and nothing is said to it', async () => {
			const desk = open();
			await desk.write('позовите администратора');
			await desk.write('стоп');
			expect(desk.last).toMatchObject({ kind: 'silent', reply: null });
			expect(typesOf(desk.last)).toEqual(['stopped']);
			await desk.conversations.setMode(desk.chat, 'bot', null, moscow(desk.nowMs));
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
		});

		it('is heard and answered while the CRM is away', async () => {
			const desk = open();
			desk.crm.fail('company', { kind: 'unavailable' });
			expect(await desk.write('стоп')).toContain('старт');
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
		});

		it('is heard in a line of what they wrote, and on a button of somebody else’s', async () => {
			const desk = open();
			expect(await desk.write('Спасибо\nстоп\nудачи вам')).toContain('старт');
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
			expect(await desk.press('optin', 'Старт')).toMatch(/снова/);
			expect(noticeOf(await begin(desk))).toEqual(SAID);
			await desk.press('optout', 'STOP');
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
		});

		it('is taken at the last word of several', async () => {
			const desk = open();
			await desk.write('стоп\nстарт');
			expect(noticeOf(await begin(desk))).toEqual(SAID);
			await desk.write('старт\nстоп');
			expect(noticeOf(await begin(desk))).toEqual(SILENCED);
		});

		it('is spared after they were erased too', async () => {
			const desk = open();
			await desk.write('стоп');
			await createAssistantStore(store).erasure.eraseClient(tenant, { phone: IRINA, chat: desk.chat });
			expect(await desk.conversations.get(desk.chat)).toBeNull();
			const anew = open({ chatId: 'anew' });
			expect(noticeOf(await begin(anew))).toEqual(SILENCED);
			await anew.write('старт');
			expect(noticeOf(await begin(anew))).toEqual(SAID);
			expect(noticeOf(await begin(desk))).toEqual(SAID);
		});
	});
});
