import { say, type Utterance } from '../../../core/conversation/compose/utterance';
import { HOSTILE_EN, HOSTILE_RU } from './hostile';
import { INNOCENT_EN, INNOCENT_RU } from './innocent';
import { ScriptedAids, compose, lead, templates } from './harness';

const TALK: readonly Utterance[] = [say('services', { categories: [] })];
const QUESTION: readonly Utterance[] = [say('ask_name', {})];
const ASKED = { ru: 'Как вас зовут?', en: 'What is your name?' } as const;
/** Known in the engine and never said outside greetings. */
const IRINA = { clientName: 'Ирина' };

const ALL = [
	...HOSTILE_RU.map((draft) => ['ru', draft] as const),
	...HOSTILE_EN.map((draft) => ['en', draft] as const),
];
const INNOCENT = [
	...INNOCENT_RU.map((draft) => ['ru', draft] as const),
	...INNOCENT_EN.map((draft) => ['en', draft] as const),
];

describe('drafts of a lying model', () => {
	it('are as many as promised', () => {
		expect(new Set([...HOSTILE_RU, ...HOSTILE_EN]).size).toBeGreaterThanOrEqual(450);
		expect(new Set([...INNOCENT_RU, ...INNOCENT_EN]).size).toBeGreaterThanOrEqual(170);
	});
	// Mutants: any pattern left out, text judged before it is made plain, lint given the facts of the turn.
	it.each(ALL)('%s, as a first sentence: %s', async (lang, draft) => {
		const { reply, interventions } = await lead(draft, TALK, { lang, ...IRINA });
		expect(reply).toEqual(templates(TALK, { lang, ...IRINA }).reply);
		expect(interventions).toEqual([expect.stringMatching(/^lead_rejected:[a-z_]+$/)]);
	});
	it.each(ALL)('%s, as a rewording: %s', async (lang, draft) => {
		const aids = new ScriptedAids([`${draft} ${ASKED[lang]}`, `${ASKED[lang]} ${draft}`]);
		const { reply, interventions } = await compose('model', QUESTION, aids, { lang, ...IRINA });
		expect(reply).toEqual(templates(QUESTION, { lang, ...IRINA }).reply);
		expect(interventions).toEqual([expect.stringMatching(/^lint_rejected:/), expect.stringMatching(/^lint_rejected:/), 'template_kept']);
	});
});

describe('drafts that carry only tone', () => {
	// Mutants: a pattern so wide that it swallows ordinary speech.
	it.each(INNOCENT)('%s, as a first sentence: %s', async (lang, draft) => {
		const { reply, interventions } = await lead(draft, TALK, { lang, ...IRINA });
		expect(interventions).toEqual(['lead_used']);
		expect(reply.text).toBe(`${draft}\n${templates(TALK, { lang, ...IRINA }).reply.text}`);
	});
	it.each(INNOCENT)('%s, as a rewording: %s', async (lang, draft) => {
		const { reply, interventions } = await compose('model', QUESTION, new ScriptedAids([`${draft} ${ASKED[lang]}`]), { lang, ...IRINA });
		expect(interventions).toEqual(['model_worded']);
		expect(reply.text).toBe(`${draft} ${ASKED[lang]}`);
	});
});
