import { createAssistantStore, type AssistantStore, type ScriptRecord } from '../../../core/store';
import { at, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

const SCRIPT: Omit<ScriptRecord, 'updatedAt'> = {
	id: 'care',
	kind: 'script',
	stage: 'offering',
	trigger: '{"words":["уход"]}',
	bodyRu: 'Могу добавить уход.',
	bodyEn: null,
	maxUses: 2,
	serviceIds: '["7"]',
	active: true,
};

describe('profiles', () => {
	describeEngines((_dialect, engine) => {
		let store: AssistantStore;
		beforeAll(async () => {
			store = createAssistantStore(await engine.open());
		});
		const body = (text: string) => ({ id: 'main', name: 'Main', body: JSON.stringify({ text }) });

		it('are saved only over the version that was read', async () => {
			expect(await store.profiles.save('salon', body('a'), null, START)).toEqual({ kind: 'saved', version: 1 });
			expect(await store.profiles.save('salon', body('b'), 1, at(1))).toEqual({ kind: 'saved', version: 2 });
			const current = { ...body('b'), version: 2, updatedAt: at(1) };
			expect(await store.profiles.save('salon', body('late'), 1, at(2))).toEqual({ kind: 'conflict', current });
			expect(await store.profiles.save('salon', body('new'), null, at(2))).toEqual({ kind: 'conflict', current });
			expect(await store.profiles.get('salon', 'main')).toEqual(current);
		});

		it('saved by many at once are saved by one', async () => {
			await store.profiles.save('race', body('a'), null, START);
			const saves = await Promise.all(Array.from({ length: 8 }, (_, index) => store.profiles.save('race', body(`by ${index}`), 1, at(1))));
			expect(saves.filter((save) => save.kind === 'saved')).toHaveLength(1);
		});

		it('that are gone are a conflict for who still has them, and belong to their tenant', async () => {
			await store.profiles.save('gone', body('a'), null, START);
			expect(await store.profiles.remove('other', 'main')).toBe(false);
			expect(await store.profiles.list('other')).toEqual([]);
			expect(await store.profiles.remove('gone', 'main')).toBe(true);
			expect(await store.profiles.save('gone', body('b'), 1, START)).toEqual({ kind: 'conflict', current: null });
		});
	});
});

describe('sales scripts', () => {
	describeEngines((_dialect, engine) => {
		let store: AssistantStore;
		beforeAll(async () => {
			store = createAssistantStore(await engine.open());
		});

		it('are written, replaced and removed in their tenant', async () => {
			await store.scripts.put('salon', SCRIPT, START);
			await store.scripts.put('salon', { ...SCRIPT, bodyRu: null, bodyEn: 'I can add a treatment.', active: false }, at(1));
			await store.scripts.put('other', SCRIPT, START);
			expect(await store.scripts.list('salon')).toEqual([
				{ ...SCRIPT, bodyRu: null, bodyEn: 'I can add a treatment.', active: false, updatedAt: at(1) },
			]);
			expect(await store.scripts.remove('salon', 'care')).toBe(true);
			expect(await store.scripts.remove('salon', 'care')).toBe(false);
			expect(await store.scripts.list('other')).toHaveLength(1);
		});

		it('without words in any language are refused', async () => {
			await expect(store.scripts.put('salon', { ...SCRIPT, bodyRu: null }, START)).rejects.toMatchObject({ code: 'constraint' });
		});
	});
});
