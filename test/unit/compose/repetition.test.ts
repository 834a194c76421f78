import * as fc from 'fast-check';
import type { ComposeInput, Composed } from '../../../core/conversation/compose/composer';
import { trigramSimilarity } from '../../../core/conversation/compose/repetition';
import { createTemplateComposer } from '../../../core/conversation/compose/template-composer';
import { say, type Utterance } from '../../../core/conversation/compose/utterance';
import { PLAIN, companyOf, inputOf, offerOf, recordOf } from './samples';

const composer = createTemplateComposer();

/** A conversation in which the assistant says the same things turn after turn. */
function turns(count: number, utterances: readonly Utterance[], patch: Partial<ComposeInput> = {}): Composed[] {
	const done: Composed[] = [];
	for (let turn = 0; turn < count; turn++) {
		const lastReplies = done.slice(-3).map(({ reply }) => reply.text);
		done.push(composer.compose(inputOf(utterances, { ...patch, lastReplies, told: done.at(-1)?.told ?? {} })));
	}
	return done;
}

describe('trigramSimilarity', () => {
	it('is 1 for equal texts whatever their case and marks, 0 for texts without a common trigram', () => {
		expect(trigramSimilarity('Какой день?', 'какой  ДЕНЬ')).toBe(1);
		expect(trigramSimilarity('ё', 'е')).toBe(1);
		expect(trigramSimilarity('абв', 'xyz')).toBe(0);
		expect(trigramSimilarity('', '')).toBe(1);
		expect(trigramSimilarity('', 'да')).toBe(0);
	});
	it('is symmetric and within 0..1', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (left, right) => {
				const similarity = trigramSimilarity(left, right);
				expect(similarity).toBe(trigramSimilarity(right, left));
				expect(similarity).toBeGreaterThanOrEqual(0);
				expect(similarity).toBeLessThanOrEqual(1);
			}),
			{ verbose: 1 },
		);
	});
});

describe('repetition', () => {
	const questions: readonly Utterance[] = [
		say('ask_day', { serviceTitles: [] }),
		say('ask_time', { date: null }),
		say('ask_name', {}),
		say('not_understood', { attempt: 1 }),
		say('thanks', {}),
		say('hello', {}),
		say('who_are_you', { company: companyOf(), name: null }),
	];
	// Mutants: wording chosen without the last replies, shift not applied.
	it.each(questions.map((utterance) => [utterance.intent, utterance] as const))('words %s otherwise the next time', (_, utterance) => {
		for (const lang of ['ru', 'en'] as const) {
			const [first, second] = turns(2, [utterance], { lang });
			expect(second?.reply.text).not.toBe(first?.reply.text);
			expect(trigramSimilarity(first?.reply.text ?? '', second?.reply.text ?? '')).toBeLessThanOrEqual(0.8);
		}
	});

	it('asks in fewer words what was asked before', () => {
		const options = PLAIN.catalogue.staff;
		const [first, second] = turns(2, [say('ask_staff', { options, why: 'missing' })]);
		expect(second?.reply.text.length).toBeLessThan(first?.reply.text.length ?? 0);
		for (const { name } of options) expect(second?.reply.text).toContain(name);
	});

	it('does not repeat an address already told, tells it again when it has changed or is asked for', () => {
		const [told] = turns(1, [say('address', { company: companyOf() })]);
		const booked = (company = companyOf()): string => composer.compose(inputOf([say('booked', { record: recordOf(1), company, clientName: null })], { told: told?.told ?? {} })).reply.text;
		expect(booked()).not.toContain('Ленина');
		expect(booked(companyOf({ address: 'пр. Мира, 1' }))).toContain('пр. Мира, 1');
		expect(composer.compose(inputOf([say('address', { company: companyOf() })], { told: told?.told ?? {} })).reply.text).toContain('Ленина');
		expect(composer.compose(inputOf([say('booked', { record: recordOf(1), company: companyOf(), clientName: null })])).reply.text).toContain('Ленина');
	});

	// Mutants: a guard that drops what it finds repeated.
	it.each<[string, Utterance, readonly string[]]>([
		['offers', say('offer', { offers: [offerOf(1), offerOf(2)], situation: 'exact', purpose: 'create' }), ['11:00', '12:00', 'Анна']],
		['a confirmation', say('confirm_cancel', { record: recordOf(1), pendingId: 'p' }), ['15:30', 'Мария', 'Окрашивание']],
		['a report', say('cancelled', { record: recordOf(1) }), ['отменена', '15:30']],
		['a refusal', say('refused', { reason: 'not_own', phone: null }), ['собственные записи']],
		['a hand-off', say('handoff', { cause: 'not_understood' }), ['администратор']],
	])('never drops %s', (_, utterance, facts) => {
		for (const { reply } of turns(5, [utterance])) {
			for (const fact of facts) expect(reply.text).toContain(fact);
		}
	});

	it('says so in the audit', () => {
		const [first] = turns(1, [say('ask_name_phone', {})]);
		const kept = composer.compose(inputOf([say('refused', { reason: 'not_own', phone: null })], { lastReplies: ['Могу показать и изменить только ваши собственные записи.'] }));
		expect(first?.interventions).toEqual([]);
		expect(kept.interventions).toEqual(['repetition_kept']);
	});

	it('depends on nothing but its input', () => {
		const input = inputOf([say('ask_name', {})], { lastReplies: ['Какой день?'] });
		expect(composer.compose(input)).toEqual(composer.compose(input));
	});

	it('keeps what other turns told', () => {
		expect(composer.compose(inputOf([say('hello', {})], { told: { address: 'x1' } })).told).toEqual({ address: 'x1' });
	});
});
