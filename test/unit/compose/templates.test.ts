import { FactBook } from '../../../core/conversation/compose/facts';
import { effectsOf, lintDraft } from '../../../core/conversation/compose/lint';
import { renderDraft, withoutHandles } from '../../../core/conversation/compose/render';
import { EN } from '../../../core/conversation/compose/templates/en';
import { RU } from '../../../core/conversation/compose/templates/ru';
import type { Intent, IntentData, Utterance } from '../../../core/conversation/compose/utterance';
import type { WordingContext, Wordings } from '../../../core/conversation/compose/wording';
import { stripGreetingsFromReply } from '../../../core/language/greeting';
import { BARE_WORLD, HOSTILE_WORLD, PLAIN, utterancesOf, type World } from './samples';

const WORDINGS: Record<'ru' | 'en', Wordings> = { ru: RU, en: EN };
const WORLDS: Readonly<Record<string, World>> = { plain: PLAIN, hostile: HOSTILE_WORLD, bare: BARE_WORLD };
const SITUATIONS = [false, true].flatMap((again) => [0, 1, 2, 3].map((choice) => ({ again, choice })));

interface Draft {
	readonly label: string;
	readonly draft: string;
	readonly book: FactBook;
	readonly utterance: Utterance;
}

function worded<K extends Intent>(wordings: Wordings, { intent, data }: { readonly intent: K; readonly data: IntentData[K] }, book: FactBook, context: WordingContext): string {
	return wordings[intent](data, book, context);
}

function draftsOf(lang: 'ru' | 'en', world: World): Draft[] {
	return utterancesOf(world).flatMap((utterance) =>
		SITUATIONS.map(({ again, choice }) => {
			const book = new FactBook({ lang, now: '2026-11-21T12:00:00+03:00', zone: 'Europe/Moscow', catalogue: world.catalogue });
			const draft = worded(WORDINGS[lang], utterance, book, {
				again,
				greeted: choice === 3,
				accompanied: false,
				asksElsewhere: again,
				vary: (first, ...rest) => [first, ...rest][choice % (rest.length + 1)] ?? first,
				tell: () => !again,
			});
			return { label: `${lang} ${utterance.intent} ${JSON.stringify(utterance.data).slice(0, 80)}`, draft, book, utterance };
		}),
	);
}

describe.each(['ru', 'en'] as const)('templates in %s', (lang) => {
	describe.each(Object.keys(WORLDS))('%s data', (name) => {
		const world = WORLDS[name] ?? PLAIN;
		const drafts = draftsOf(lang, world);

		// Mutants: a template that writes a fact itself, «записала» in a prompt, a raw number, a Cyrillic word in English.
		it('pass the lint with the effects of their own turn and no others', () => {
			const found = drafts.flatMap(({ label, draft, book, utterance }) =>
				lintDraft(draft, { facts: book.facts, catalogue: PLAIN.catalogue, effects: effectsOf([utterance]), lang }).map((violation) => ({ label, draft, violation })),
			);
			expect(found).toEqual([]);
		});

		it('use only handles that were given to them', () => {
			expect(drafts.map(({ draft, book }) => renderDraft(draft, book.facts)).filter(({ ok }) => !ok)).toEqual([]);
		});

		it('hold no text of the data outside handles', () => {
			const texts = [world.catalogue.company.name, world.catalogue.company.address, ...world.catalogue.staff.map((person) => person.name), ...world.catalogue.services.map((service) => service.title), ...world.names];
			const leaks = drafts.filter(({ draft }) => texts.some((text) => text !== null && text.length > 2 && withoutHandles(draft, '').includes(text)));
			expect(leaks.map(({ label }) => label)).toEqual([]);
		});

		it('keep to one language outside facts', () => {
			const foreign = lang === 'ru' ? /\p{Script=Latin}/u : /\p{Script=Cyrillic}/u;
			expect(drafts.filter(({ draft }) => foreign.test(withoutHandles(draft, ''))).map(({ label }) => label)).toEqual([]);
		});

		it('ask at most one question, are warm without noise, and never greet', () => {
			for (const { label, draft } of drafts) {
				const own = withoutHandles(draft, 'X');
				expect({ label, questions: own.split('?').length - 1 <= 1 }).toEqual({ label, questions: true });
				expect({ label, marks: own.split('!').length - 1 <= 1 }).toEqual({ label, marks: true });
				expect({ label, emoji: /\p{Extended_Pictographic}/u.test(own) }).toEqual({ label, emoji: false });
				expect(stripGreetingsFromReply(draft)).toBe(draft);
			}
		});

		it('leave no label without a value and no gap', () => {
			for (const { label, draft } of drafts) {
				expect({ label, text: / {2}|: *\n\n|: *$|: ?\.|, \.|«»|\n\n\n/u.exec(draft)?.[0] ?? null }).toEqual({ label, text: null });
			}
		});
	});
});
