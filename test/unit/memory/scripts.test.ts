import type { Act } from '../../../core/conversation/acts';
import { afterRefusal, afterUse, chooseScript, createScriptLibrary, intentsOf, NO_SCRIPTS, OCCASIONS, occasionsOf, readScriptState, stageOf, type SalesScript, type ScriptMoment } from '../../../core/conversation/scripts';
import { createAssistantStore, type AssistantStore } from '../../../core/store';
import { at, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

const CARE: SalesScript = {
	id: 'care',
	kind: 'script',
	stage: 'offering',
	trigger: { intents: [], words: ['окрашивание'] },
	text: { ru: 'К окрашиванию многие берут {service}.', en: null },
	maxUses: 1,
	serviceIds: ['mask', 'oil'],
	active: true,
};
const DEAR: SalesScript = { ...CARE, id: 'dear', kind: 'objection', trigger: { intents: [], words: ['дорого', 'слишком дорого'] }, text: { ru: 'В цену входит уход.', en: 'Care is included.' }, serviceIds: [] };
const BOOK: Act = { type: 'book', serviceText: 'окрашивание' };

function moment(more: Partial<ScriptMoment> = {}): ScriptMoment {
	return {
		stage: 'offering',
		lang: 'ru',
		acts: [BOOK],
		text: 'хочу на окрашивание',
		occasions: [],
		state: NO_SCRIPTS,
		canOffer: () => true,
		titleOf: (id) => ({ mask: 'Маска', oil: 'Масло' })[id] ?? null,
		...more,
	};
}

describe('the script of a turn', () => {
	const chosen = (scripts: readonly SalesScript[], more: Partial<ScriptMoment> = {}) => chooseScript(scripts, moment(more))?.id ?? null;

	it('speaks in its stage on its trigger, with the title of a service the CRM has', () => {
		expect(chooseScript([CARE], moment())).toEqual({ id: 'care', text: 'К окрашиванию многие берут Маска.', serviceIds: ['mask', 'oil'] });
		expect(chosen([CARE], { stage: 'consulting' })).toBeNull();
		expect(chosen([CARE], { text: 'хочу стрижку' })).toBeNull();
		expect(chosen([{ ...CARE, active: false }])).toBeNull();
	});

	it('is triggered by a word in any case form, by a phrase only as a whole, by an intent', () => {
		expect(chosen([CARE], { text: 'Что с ОКРАШИВАНИЕМ?' })).toBe('care');
		const phrase = { ...CARE, trigger: { intents: [], words: ['сложное окрашивание'] } };
		expect(chosen([phrase], { text: 'окрашивание сложное?' })).toBeNull();
		expect(chosen([phrase], { text: 'нужно сложное окрашивание' })).toBe('care');
		const priced = { ...CARE, trigger: { intents: ['ask_price' as const], words: [] } };
		expect(chosen([priced])).toBeNull();
		expect(chosen([priced], { acts: [{ type: 'ask', topic: 'price', text: 'сколько?' }] })).toBe('care');
		const both = { ...CARE, trigger: { intents: ['ask_price' as const], words: ['окрашивание'] } };
		expect(chosen([both])).toBeNull();
		expect(chosen([{ ...CARE, trigger: { intents: [], words: [] } }])).toBeNull();
		expect(chosen([{ ...CARE, trigger: { intents: [], words: ['((', '.*'] } }])).toBeNull();
	});

	it('is used at most its number of times a dialogue', () => {
		const once = afterUse(NO_SCRIPTS, 'care');
		expect(chosen([CARE], { state: once })).toBeNull();
		expect(chosen([{ ...CARE, maxUses: 2 }], { state: once })).toBe('care');
		expect(chosen([{ ...CARE, maxUses: 2 }], { state: afterUse(once, 'care') })).toBeNull();
	});

	it('is never one after a no, in that turn or later in the dialogue', () => {
		for (const type of ['no', 'stop', 'human'] as const) expect(chosen([CARE, DEAR], { acts: [BOOK, { type }] })).toBeNull();
		expect(chosen([CARE, DEAR], { state: afterRefusal(NO_SCRIPTS, START), text: 'дорого' })).toBeNull();
	});

	it('is none beside a complaint, a hand-off, a confirmation, an effect, a refusal or trouble', () => {
		for (const occasion of OCCASIONS) expect([occasion, chosen([CARE], { occasions: [occasion] })]).toEqual([occasion, null]);
	});

	it('offers only services that can be had, and is silent without any', () => {
		expect(chooseScript([CARE], moment({ canOffer: (id) => id === 'oil' }))).toMatchObject({ text: 'К окрашиванию многие берут Масло.', serviceIds: ['oil'] });
		expect(chosen([CARE], { canOffer: () => false })).toBeNull();
		expect(chosen([{ ...CARE, serviceIds: ['gone'] }])).toBeNull();
		expect(chosen([DEAR], { text: 'дорого', canOffer: () => false })).toBe('dear');
	});

	it('is spoken only in a language it has words for', () => {
		expect(chosen([CARE], { lang: 'en' })).toBeNull();
		expect(chooseScript([DEAR], moment({ lang: 'en', text: 'дорого' }))?.text).toBe('Care is included.');
	});

	it('is one of several: the answer to an objection, then the less used, the more exact, the first by id', () => {
		expect(chosen([CARE, DEAR], { text: 'окрашивание дорого' })).toBe('dear');
		const twice = { ...CARE, maxUses: 3 };
		expect(chosen([twice, { ...twice, id: 'other' }], { state: afterUse(NO_SCRIPTS, 'care') })).toBe('other');
		const byIntent = { ...CARE, id: 'a', trigger: { intents: ['book' as const], words: [] } };
		expect(chosen([byIntent, CARE])).toBe('care');
		expect(chosen([{ ...CARE, id: 'z' }, { ...CARE, id: 'b' }])).toBe('b');
	});

	it('puts a title into its text as it is', () => {
		expect(chooseScript([CARE], moment({ titleOf: () => '$& {service}' }))?.text).toBe('К окрашиванию многие берут $& {service}.');
	});
});

describe('what scripts know of a turn', () => {
	it('is what its acts are about', () => {
		expect(intentsOf([BOOK, { type: 'ask', topic: 'hours', text: '' }, { type: 'smalltalk', kind: 'thanks' }, { type: 'yes' }])).toEqual(['ask_hours', 'thanks', 'book']);
	});

	it('is its stage, none where nothing may be sold', () => {
		expect(stageOf('idle', true)).toBe('greeting');
		expect(stageOf('idle', false)).toBe('consulting');
		expect(['managing', 'unknown', 'handoff'].map((phase) => stageOf(phase as 'managing', true))).toEqual([null, null, null]);
	});

	it('is what else is said', () => {
		expect(occasionsOf(['prices', 'offer'])).toEqual([]);
		expect(occasionsOf(['booked', 'confirm_create', 'handoff'])).toEqual(['handoff', 'confirmation', 'effect']);
	});

	it('is the state of the dialogue; a damaged one keeps silent', () => {
		const state = afterRefusal(afterUse(NO_SCRIPTS, 'care'), START);
		expect(readScriptState(JSON.parse(JSON.stringify(state)), at(5))).toEqual(state);
		expect(readScriptState(undefined, START)).toEqual(NO_SCRIPTS);
		expect(readScriptState({ used: { a: -1 } }, START)).toEqual({ used: {}, refusedAt: START });
	});
});

describe('the script library', () => {
	describeEngines((_dialect, engine) => {
		let store: AssistantStore;
		beforeAll(async () => {
			store = createAssistantStore(await engine.open());
		});

		it('keeps scripts as they were saved', async () => {
			const library = createScriptLibrary(store.scripts, 'salon');
			expect(await library.save(CARE, START)).toEqual([]);
			expect(await library.save({ id: 'hi', kind: 'script', stage: 'greeting', trigger: { intents: ['hello'] }, text: { ru: 'У нас новинка.' } }, START)).toEqual([]);
			expect(await library.list()).toEqual({
				scripts: [CARE, { id: 'hi', kind: 'script', stage: 'greeting', trigger: { intents: ['hello'], words: [] }, text: { ru: 'У нас новинка.', en: null }, maxUses: 1, serviceIds: [], active: true }],
				unreadable: [],
			});
			expect(await library.remove('hi')).toBe(true);
			expect((await createScriptLibrary(store.scripts, 'other').list()).scripts).toEqual([]);
		});

		it('names the wrong field and writes nothing', async () => {
			const library = createScriptLibrary(store.scripts, 'strict');
			const fields = async (script: unknown) => (await library.save(script, START)).map((one) => one.field);
			expect(await fields({ ...CARE, stage: 'later' })).toEqual(['stage']);
			expect(await fields({ ...CARE, trigger: { intents: [], words: [] } })).toEqual(['trigger']);
			expect(await fields({ ...CARE, text: { ru: null, en: null } })).toEqual(['text']);
			expect(await fields({ ...CARE, serviceIds: [] })).toEqual(['serviceIds']);
			expect(await fields({ ...CARE, maxUses: 6 })).toEqual(['maxUses']);
			expect(await library.list()).toEqual({ scripts: [], unreadable: [] });
		});

		it('lets a row that does not read never speak, and names it', async () => {
			const row = { id: 'broken', kind: 'script' as const, stage: 'offering' as const, bodyRu: 'x', bodyEn: null, maxUses: 1, active: true };
			await store.scripts.put('damaged', { ...row, trigger: 'not json', serviceIds: '[]' }, START);
			await store.scripts.put('damaged', { ...row, id: 'broken-2', trigger: '{"words":["a"]}', serviceIds: '{}' }, START);
			expect(await createScriptLibrary(store.scripts, 'damaged').list()).toEqual({ scripts: [], unreadable: ['broken', 'broken-2'] });
		});
	});
});
