import { CHANNELS } from '../../../core/conversation/compose/channel';
import { createModelComposer } from '../../../core/conversation/compose/model';
import { say, type Utterance } from '../../../core/conversation/compose/utterance';
import { PLAIN, companyOf, inputOf, offerOf, recordOf, utterancesOf } from '../compose/samples';
import { ScriptedAids, compose, lead, templates } from './harness';

const OFFERS = (situation: 'exact' | 'taken'): readonly Utterance[] => [say('offer', { offers: PLAIN.offers, situation, purpose: 'create' })];
const PRICES: readonly Utterance[] = [say('prices', { services: PLAIN.catalogue.services.slice(0, 1), more: 0 })];

/** What the template says to pure talk after its first sentence. */
function afterFirst(intent: 'smalltalk_other' | 'how_are_you'): string {
	const [, ...rest] = templates([say(intent, {})]).reply.text.split(/(?<=[.!?]) /);
	return rest.join(' ');
}

describe('without a model', () => {
	it.each(['lead', 'model'] as const)('answers exactly what templates answer (%s)', async (wording) => {
		for (const utterance of utterancesOf(PLAIN)) {
			for (const lang of ['ru', 'en'] as const) {
				const patch = { lang, greet: true, clientName: 'Ирина', draft: 'Понимаю вас.', lastReplies: ['Чем могу помочь?'] };
				expect(await compose(wording, [utterance], null, patch)).toEqual(templates([utterance], patch));
			}
		}
	});
	it('answers at once, without a promise', () => {
		expect(createModelComposer().compose(inputOf(PRICES))).toEqual(templates(PRICES));
	});
	it('says nothing when there is nothing to say', async () => {
		expect((await lead('Понимаю вас.', [])).reply.text).toBe('');
	});
});

describe('a first sentence', () => {
	it('stands before what it colours, and costs no call', async () => {
		const aids = new ScriptedAids();
		const { reply, interventions, told } = await compose('lead', PRICES, aids, { draft: 'Хороший вопрос!' });
		expect(reply.text).toBe(`Хороший вопрос!\n${templates(PRICES).reply.text}`);
		expect(interventions).toEqual(['lead_used']);
		expect(told).toEqual(templates(PRICES).told);
		expect(aids.calls).toEqual([]);
	});

	// Mutants: any kind added to those that take a first sentence; a check of one utterance in place of all.
	it('is never put before a confirmation, an effect, a record, a hand-off, an alarm, abuse, a stop or a matter of identity', async () => {
		const silent = utterancesOf(PLAIN).filter(({ intent }) =>
			/^(?:confirm_|booked|rescheduled|cancelled|already_done|effect_|records|choose_record|no_records|identity|handoff|stopped|resumed|abuse|pending_|stale|budget|other_language|who_are_you|next_visit|media)/.test(intent),
		);
		expect(silent.length).toBeGreaterThan(25);
		for (const utterance of silent) {
			for (const utterances of [[utterance], [...PRICES, utterance], [utterance, ...PRICES]]) {
				const composed = await lead('Понимаю вас.', utterances);
				expect(composed).toEqual(templates(utterances));
			}
		}
	});

	it.each(['not_own', 'not_allowed', 'client_blocked', 'credential_invalid'] as const)('is never put before the refusal %s', async (reason) => {
		const refusal = [say('refused', { reason, phone: null })];
		expect(await lead('Понимаю вас.', refusal)).toEqual(templates(refusal));
	});

	it.each<[string, readonly Utterance[]]>([
		['a refusal', [say('refused', { reason: 'slot_taken', phone: null })]],
		['no offers', [say('no_offers', { wish: null })]],
		['offers of other times', OFFERS('taken')],
		['what is not known', [say('faq_unknown', {})]],
	])('is sorry, not cheerful, before %s', async (_, utterances) => {
		expect((await lead('Очень жаль, понимаю вас.', utterances)).interventions).toEqual(['lead_used']);
		for (const cheer of ['Отлично!', 'С удовольствием помогу.', 'Вот отличные варианты.', 'Подобрала для вас варианты.']) {
			expect((await lead(cheer, utterances)).interventions).toEqual(['lead_rejected:mood']);
		}
	});

	it('is cheerful, not sorry, before offers that fit', async () => {
		expect((await lead('С удовольствием помогу.', OFFERS('exact'))).interventions).toEqual(['lead_used']);
		expect((await lead('Увы, мне очень жаль.', OFFERS('exact'))).interventions).toEqual(['lead_rejected:mood']);
	});

	it.each<[string, string]>([
		['Чем вам помочь сегодня?', 'question'],
		['', 'empty'],
		['🌸', 'empty'],
		['Здравствуйте!', 'empty'],
		['Понимаю вас, очень хорошо понимаю вас, и мне правда хочется, чтобы всё сложилось как вам удобно, потому что такие дела требуют внимания, терпения и хорошего настроения.', 'length'],
		['Понимаю вас.\nОчень.', 'markup'],
		['Понимаю {o1} вас.', 'markup'],
		[`${'Понимаю вас. '.repeat(700)}`, 'length'],
	])('is refused: %s', async (draft, kind) => {
		const { reply, interventions } = await lead(draft, PRICES);
		expect(reply).toEqual(templates(PRICES).reply);
		expect(interventions).toEqual([`lead_rejected:${kind}`]);
	});

	it('loses its greeting, and only code greets', async () => {
		const { reply } = await lead('Здравствуйте, Ирина! Спасибо за вопрос!', PRICES, { greet: true, clientName: 'Ирина' });
		expect(reply.text).toBe(`Добрый день, Ирина! Спасибо за вопрос!\n${templates(PRICES).reply.text}`);
	});

	it('is not said twice, nor after the template has said it', async () => {
		expect((await lead('Спасибо за вопрос!', PRICES, { lastReplies: ['Спасибо за вопрос!\nМожно так.'] })).interventions).toEqual(['lead_rejected:repetition']);
		expect((await lead('Спасибо за  вопрос', PRICES, { lastReplies: ['Ну что ж. Спасибо за вопрос!'] })).interventions).toEqual(['lead_rejected:repetition']);
		const talk = [say('how_are_you', {})];
		const [own = ''] = templates(talk).reply.text.split(/(?<=\.) /);
		expect((await lead(own, talk)).interventions).toEqual(['lead_rejected:repetition']);
	});

	it('takes the place of the template’s own first sentence in pure talk', async () => {
		const { reply } = await lead('Погода и правда чудесная!', [say('smalltalk_other', {})]);
		expect(reply.text).toBe(`Погода и правда чудесная! ${afterFirst('smalltalk_other')}`);
		const how = await lead('Улыбнулась вашему сообщению.', [say('how_are_you', {})]);
		expect(how.reply.text).toBe(`Улыбнулась вашему сообщению. ${afterFirst('how_are_you')}`);
	});

	it('adds to talk that goes with something else', async () => {
		const both = [say('how_are_you', {}), ...PRICES];
		expect((await lead('Улыбнулась вашему сообщению.', both)).reply.text).toBe(`Улыбнулась вашему сообщению.\n${templates(both).reply.text}`);
	});

	// Mutants: policy read from the prompt only; a clock or a tick let through as decoration.
	it.each<[string, 'none' | 'few', string]>([
		['Понимаю вас 😊💛😊', 'few', 'Понимаю вас 😊'],
		['😊 Понимаю 💛 вас.', 'few', '😊 Понимаю вас.'],
		['Понимаю вас 😊💛', 'none', 'Понимаю вас.'],
		['Понимаю ✅ вас 🕒 🎁 🆓 👍🏽', 'few', 'Понимаю вас.'],
		['Понимаю 👩‍🦰 вас.', 'none', 'Понимаю вас.'],
	])('keeps the emoji policy: %s with %s', async (draft, emoji, shown) => {
		const { reply } = await lead(draft, PRICES, {}, { emoji });
		expect(reply.text).toBe(`${shown}\n${templates(PRICES).reply.text}`);
	});

	it('leaves the buttons to the templates', async () => {
		const patch = { channel: CHANNELS.telegram };
		expect((await lead('С удовольствием помогу.', OFFERS('exact'), patch)).reply.buttons).toEqual(templates(OFFERS('exact'), patch).reply.buttons);
	});

	it('is left out when the voice cannot be read', async () => {
		const aids = new ScriptedAids([], {}, true);
		expect(await compose('lead', PRICES, aids, { draft: 'Понимаю вас.' })).toEqual(templates(PRICES));
	});

	it('does not touch a confirmation that an answer goes with', async () => {
		const both = [...PRICES, say('confirm_create', { offer: offerOf(1), clientName: null, guestName: null, company: companyOf(), pendingId: 'p' }), say('cancelled', { record: recordOf(1) })];
		expect((await lead('Понимаю вас.', both)).reply.text).toBe(templates(both).reply.text);
	});
});
