import { createAssistantStore, MOST_QUESTIONS, type AssistantStore, type EntryDraft, type Store } from '../../../core/store';
import { at, newChat, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

function entry(title: string, body = `About ${title}.`): EntryDraft {
	return { title, body, aliases: [`${title} too`], lang: 'en', contentHash: `hash of ${title} ${body}` };
}

describe('knowledge', () => {
	describeEngines((_dialect, engine) => {
		let opened: Store;
		let store: AssistantStore;
		let tenant: string;
		let tenants = 0;
		beforeAll(async () => {
			opened = await engine.open();
			store = createAssistantStore(opened);
		});
		beforeEach(() => {
			tenant = `salon-${++tenants}`;
		});

		it('is the last import of each source, in its order, and unchanged entries are not touched', async () => {
			await store.knowledge.replaceSource(tenant, 'faq.md', [entry('parking'), entry('pets'), entry('cards')], START);
			await store.knowledge.replaceSource(tenant, 'rules.md', [entry('pets')], START);
			const again = [entry('cards'), entry('pets'), entry('gifts')];
			expect(await store.knowledge.replaceSource(tenant, 'faq.md', again, at(60))).toEqual({ added: 1, removed: 1, kept: 2 });
			const entries = await store.knowledge.entries(tenant);
			expect(entries.map(({ source, title, updatedAt }) => [source, title, updatedAt])).toEqual([
				['faq.md', 'cards', START],
				['faq.md', 'pets', START],
				['faq.md', 'gifts', at(60)],
				['rules.md', 'pets', START],
			]);
			expect(entries[0]).toMatchObject({ body: 'About cards.', aliases: ['cards too'], lang: 'en' });
			expect(await store.knowledge.sources(tenant)).toEqual([
				{ source: 'faq.md', entries: 3, updatedAt: at(60) },
				{ source: 'rules.md', entries: 1, updatedAt: START },
			]);
		});

		it('gives an unchanged entry the same id, and one of another source another id', async () => {
			await store.knowledge.replaceSource(tenant, 'a', [entry('pets')], START);
			await store.knowledge.replaceSource(tenant, 'b', [entry('pets')], START);
			const before = await store.knowledge.entries(tenant);
			await store.knowledge.replaceSource(tenant, 'a', [entry('new'), entry('pets')], at(1));
			const after = await store.knowledge.entries(tenant);
			expect(new Set(before.map((one) => one.id)).size).toBe(2);
			expect(after.find((one) => one.source === 'a' && one.title === 'pets')?.id).toBe(before[0]?.id);
		});

		it('has a version that grows with every change, also with one that only removes', async () => {
			const versions = [await store.knowledge.version(tenant)];
			await store.knowledge.replaceSource(tenant, 'a', [entry('pets'), entry('cards')], START);
			versions.push(await store.knowledge.version(tenant));
			await store.knowledge.replaceSource(tenant, 'a', [entry('pets')], START);
			versions.push(await store.knowledge.version(tenant));
			expect(versions).toEqual([0, 1, 2]);
		});

		it('adds to the end of a source, once', async () => {
			await store.knowledge.replaceSource(tenant, 'a', [entry('pets')], START);
			expect(await store.knowledge.add(tenant, 'a', [entry('cards'), entry('pets')], at(1))).toEqual({ added: 1, removed: 0, kept: 1 });
			expect((await store.knowledge.entries(tenant)).map((one) => one.title)).toEqual(['pets', 'cards']);
		});

		it('takes imports of one tenant that run together, and ends at one of them', async () => {
			const imports = Array.from({ length: 5 }, (_, index) => [entry('same'), entry(`own ${index}`)]);
			await Promise.all(imports.map((drafts) => store.knowledge.replaceSource(tenant, 'a', drafts, START)));
			const titles = (await store.knowledge.entries(tenant)).map((one) => one.title);
			expect(imports.map((drafts) => drafts.map((draft) => draft.title))).toContainEqual(titles);
		});

		it('belongs to its tenant', async () => {
			await store.knowledge.replaceSource(tenant, 'a', [entry('pets')], START);
			expect(await store.knowledge.entries(`${tenant}x`)).toEqual([]);
			await store.knowledge.replaceSource(`${tenant}x`, 'a', [], START);
			expect(await store.knowledge.entries(tenant)).toHaveLength(1);
		});

		it('takes 500 entries at once', async () => {
			const many = Array.from({ length: 500 }, (_, index) => entry(`entry ${index}`));
			await store.knowledge.replaceSource(tenant, 'a', many, START);
			expect(await store.knowledge.entries(tenant)).toHaveLength(500);
			expect(await store.knowledge.replaceSource(tenant, 'a', [], START)).toEqual({ added: 0, removed: 500, kept: 0 });
		});

		describe('questions', () => {
			const ask = (normalised: string, seconds = 0, chat = newChat(tenant)) =>
				store.questions.log({ chat, question: `Words of ${normalised}`, normalised, now: at(seconds) });

			it('that are the same count up, and keep the words of who asked first', async () => {
				const chat = newChat(tenant);
				const first = await store.questions.log({ chat, question: 'Есть парковка?', normalised: 'парковк', now: START });
				const second = await store.questions.log({ chat: newChat(tenant), question: 'А парковка есть', normalised: 'парковк', now: at(5) });
				expect(second).toEqual({ id: first.id, asked: 2 });
				expect(await store.questions.list({ tenant, limit: 10 })).toEqual([
					{ id: first.id, question: 'Есть парковка?', asked: 2, status: 'open', firstAt: START, lastAt: at(5) },
				]);
			});

			it('asked at once by many are one row with all of them', async () => {
				await Promise.all(Array.from({ length: 10 }, () => ask('pets')));
				expect((await store.questions.list({ tenant, limit: 10 })).map((one) => one.asked)).toEqual([10]);
			});

			it('are bounded: what was asked once and longest ago makes room', async () => {
				await ask('asked twice');
				await ask('asked twice');
				const rows = Array.from({ length: MOST_QUESTIONS }, (_, index) => ({
					tenant,
					id: `seeded ${index}`,
					question_hash: `hash ${index}`,
					chat_hash: 'chat',
					question: opened.vault.seal(`seeded ${index}`),
					asked: 1,
					status: 'open' as const,
					first_at: at(index + 1),
					last_at: at(index + 1),
				}));
				await opened.write((trx) => trx.insertInto('knowledge_question').values(rows).execute());
				await ask('the newest', MOST_QUESTIONS + 1);
				const left = (await store.questions.list({ tenant, limit: 2 * MOST_QUESTIONS })).map((one) => one.question);
				expect(left).toHaveLength(MOST_QUESTIONS);
				expect(left).toContain('Words of asked twice');
				expect(left[0]).toBe('Words of the newest');
				expect(left).not.toContain('seeded 0');
			});

			it('come newest first and by status; an answered one asked again is open, a dismissed one is not', async () => {
				const pets = await ask('pets');
				const cards = await ask('cards', 1);
				expect(await store.questions.setStatus(tenant, pets.id, 'answered')).toBe(true);
				expect(await store.questions.setStatus(tenant, cards.id, 'dismissed')).toBe(true);
				await ask('gifts', 2);
				const open = async () => (await store.questions.list({ tenant, status: 'open', limit: 10 })).map((one) => one.question);
				expect(await open()).toEqual(['Words of gifts']);
				await ask('pets', 3);
				await ask('cards', 4);
				expect(await open()).toEqual(['Words of pets', 'Words of gifts']);
				expect(await store.questions.setStatus(`${tenant}x`, pets.id, 'open')).toBe(false);
			});
		});
	});
});
