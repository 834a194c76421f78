import fc from 'fast-check';
import { type Kept, MERGE_RULES, mergeTold, type Told, upsertTold } from '../../../core/store/sync';
import { describeEngines } from '../../support/engines';
import { ENTITIES, keptIn, moment, toldAbout } from './support';

const RUNS = { numRuns: 1000 };
type Merge = (kept: Kept | null, told: Told, at: string) => { readonly kept: Kept };
const merge: Merge = (kept, told, at) => mergeTold('client', kept, told, at);
const mergeVisit: Merge = (kept, told, at) => mergeTold('visit', kept, told, at);
/** What the predecessor did: the new object over the old one. */
const naive: Merge = (kept, told, at) => ({ kept: { ...mergeTold('client', null, told, at).kept, fields: { ...kept?.fields, ...told.fields, note: null, total_spent: told.fields.total_spent ?? null } } });

const client = toldAbout('client', 'c');
const history = fc.array(client, { minLength: 1, maxLength: 8 });
const visits = fc.array(toldAbout('visit', 'v'), { minLength: 1, maxLength: 8 });
const after = (by: Merge, told: readonly Told[], first: Kept | null = null): Kept | null => told.reduce((kept, one, index) => by(kept, one, moment(index)).kept, first);

const PROTECTED = MERGE_RULES.client.fields.filter((rule) => rule.class === 'nonEmpty').map(({ field }) => field);

/** Every property of the merge of clients, for the merge and for its mutant. */
const PROPERTIES: Readonly<Record<string, (by: Merge) => void>> = {
	'a word told twice is a word told once': (by) =>
		fc.assert(fc.property(history, client, (before, told) => {
			const once = by(after(by, before), told, moment(10)).kept;
			expect(by(once, told, moment(11)).kept).toEqual(once);
		}), RUNS),
	'nothing protected becomes empty': (by) =>
		fc.assert(fc.property(history, client, (before, told) => {
			const kept = after(by, before);
			const next = by(kept, told, moment(10)).kept;
			for (const field of PROTECTED) if ((kept?.fields[field] ?? null) !== null) expect(next.fields[field] ?? '').not.toBe('');
		}), RUNS),
	'total_spent is the latest sum the CRM told': (by) =>
		fc.assert(fc.property(history, (told) => {
			const sums = told.map(({ fields }) => fields.total_spent).filter((sum) => sum !== null);
			expect(after(by, told)?.fields.total_spent ?? null).toBe(sums.at(-1) ?? null);
		}), RUNS),
	'what is ours stays ours': (by) =>
		fc.assert(fc.property(client, history, (first, told) => {
			const own: Kept = { ...by(null, first, moment(0)).kept };
			const kept = { ...own, fields: { ...own.fields, note: 'любит кофе', name_forms: '{"dat":"Анне"}' } };
			expect(after(by, told, kept)?.fields).toMatchObject({ note: 'любит кофе', name_forms: '{"dat":"Анне"}' });
		}), RUNS),
};

jest.setTimeout(60_000);

describe('the merge of clients', () => {
	it.each(Object.keys(PROPERTIES))('%s', (name) => PROPERTIES[name]?.(merge));

	it('as an object over an object is caught', () => {
		const caught = Object.entries(PROPERTIES).filter(([, property]) => {
			try {
				property(naive);
				return false;
			} catch {
				return true;
			}
		});
		expect(caught.map(([name]) => name)).toEqual(Object.keys(PROPERTIES));
	});
});

describe('the merge of visits', () => {
	it('ends alike in whatever order words of different moments come', () => {
		const distinct = fc.uniqueArray(toldAbout('visit', 'v').filter(({ changedAt }) => changedAt !== null), { minLength: 2, maxLength: 5, selector: ({ changedAt }) => changedAt });
		const shuffled = distinct.chain((told) => fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length })));
		fc.assert(fc.property(shuffled, ([told, other]) => {
			// what is set once is set by whoever comes first
			const visible = (kept: Kept | null): unknown => ({ ...kept?.fields, created_at: null, isDeleted: kept?.deletedAt !== null });
			const sorted = [...told].sort((a, b) => ((a.changedAt ?? '') < (b.changedAt ?? '') ? -1 : 1));
			expect(visible(after(mergeVisit, other))).toEqual(visible(after(mergeVisit, sorted)));
		}), RUNS);
	});

	it('never loses a row: a deletion is a mark', () => {
		fc.assert(fc.property(visits, (told) => expect(after(mergeVisit, told)?.id).toBe('v')), RUNS);
	});

	it('replayed from any point ends as one pass', () => {
		fc.assert(fc.property(visits, fc.nat(), (told, at) => {
			const whole = after(mergeVisit, told);
			const replayed = after(mergeVisit, told.slice(at % told.length), whole);
			expect(replayed?.fields.status).toBe(after(mergeVisit, [...told, ...told.slice(at % told.length)])?.fields.status);
		}), RUNS);
	});
});

describe('the merge in SQL', () => {
	describeEngines((_dialect, engine) => {
		it.each(ENTITIES)('is the merge in memory: %s', async (entity) => {
			const store = await engine.open();
			let tenants = 0;
			// a thousand histories, fifty rows at a time as the sync writes them
			const page = fc.tuple(...Array.from({ length: 50 }, (_unused, index) => fc.array(toldAbout(entity, `id ${index}`), { minLength: 1, maxLength: 3 })));
			await fc.assert(fc.asyncProperty(page, async (histories) => {
				const tenant = `${entity}-${(tenants += 1)}`;
				const kept = new Map<string, Kept>();
				for (let step = 0; step < 3; step += 1) {
					const told = histories.flatMap((history) => history.slice(step, step + 1));
					const expected = told.map((one) => {
						const memory = mergeTold(entity, kept.get(one.id) ?? null, one, moment(step));
						kept.set(one.id, memory.kept);
						return { id: one.id, kind: memory.change };
					});
					const changes = await store.write((trx) => upsertTold(trx, tenant, entity, told, moment(step)), { survives: 'kill' });
					expect(new Map(changes.map(({ id, kind }) => [id, kind]))).toEqual(new Map(expected.filter(({ kind }) => kind !== null).map(({ id, kind }) => [id, kind])));
				}
				for (const [id, row] of kept) expect(await keptIn(store, tenant, entity, id)).toEqual(row);
			}), { numRuns: 20 });
		}, 60_000);

		it('takes the latest word of a page that tells of a record twice', async () => {
			const store = await engine.open();
			const told = (status: string, changedAt: string | null): Told => ({
				id: 'v', extra: '{}', changedAt, deleted: false,
				fields: { visit_id: 'v', client_id: null, staff_id: null, start_at: 's', end_at: 'e', status, lines: '[]', services_amount: 0, comment: '', created_at: null },
			});
			const changes = await store.write((trx) => upsertTold(trx, 'twice', 'visit', [told('new', '2026-11-02'), told('old', '2026-11-01')], moment(0)));
			expect(changes).toEqual([{ id: 'v', kind: 'created' }]);
			expect((await keptIn(store, 'twice', 'visit', 'v'))?.fields.status).toBe('new');
		});
	});
});
