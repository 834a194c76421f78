jest.mock('../../core/store/limiter', () => ({ ...jest.requireActual<object>('../../core/store/limiter'), createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import type { IDataObject, INodeParameters, IRun } from 'n8n-workflow';
import { describeEngines } from '../support/engines';
import { chosenCredentials, closeNodes, failure, json, run, succeeded } from './support/harness';
import { closeBranches, syncBench, type SyncBench } from './support/sync-bench';
import { chosen } from './support/walking';

const HOUR = 3_600_000;
const EVENT = 2;
const PHONE = '+79261000000';
/** The tests run at any hour. */
const ALWAYS = { quietFrom: '00:00', quietTo: '00:00' };

jest.setTimeout(60_000);

afterAll(async () => {
	await closeBranches();
	await closeNodes();
});

/** A visit of the first client that begins in so many hours. */
function bookVisit({ sim, salon }: SyncBench, hours: number): number {
	const { state } = sim;
	const [service] = [...state.services.values()].filter(({ companyId }) => companyId === salon.company.id);
	const client = [...state.clients.values()].find(({ phone }) => phone.endsWith(PHONE.slice(2)));
	if (service === undefined || client === undefined) throw new Error('the branch is empty');
	const start = Math.ceil((Date.now() + hours * HOUR) / HOUR) * HOUR;
	return state.addRecord({
		companyId: salon.company.id, staffId: [...service.staff.keys()][0] ?? 0, clientId: client.id, start, seanceLength: 3600, breakSeconds: 0,
		services: [{ id: service.id, title: service.title, cost: service.priceMin, firstCost: service.priceMin, discount: 0, amount: 1 }],
		comment: '', attendance: 0, confirmed: 1, apiId: '', labels: [], customFields: {}, customColor: '', smsRemainHours: 0, emailRemainHours: 0,
		activityId: 0, online: false, createdUserId: salon.user.id, createdAt: Date.now() - 48 * HOUR,
	}).id;
}

describe('Client Outreach', () => {
	describeEngines((dialect, engine) => {
		const outreach = (bench: SyncBench, salonId: string, parameters: INodeParameters, items: readonly IDataObject[] = [{}]): Promise<IRun> =>
			run({ nodes: [{ name: 'Outreach', type: 'clientOutreach', parameters: { salonId, ...parameters }, credentials: chosenCredentials({ aiAdminStoreApi: bench.credentials.aiAdminStoreApi ?? {} }) }], credentials: bench.credentials, items: [...items] });
		const reminders = (bench: SyncBench, salonId: string, more: INodeParameters = {}): Promise<IRun> =>
			outreach(bench, salonId, { operation: 'getReminders', hoursBefore: 72, leastMinutesBefore: 0, options: ALWAYS, ...more });
		const agent = (bench: SyncBench, salonId: string, operation: string, items: readonly IDataObject[]): Promise<IRun> =>
			run({
				nodes: [
					{ name: 'Agent', type: 'bookingAgent', parameters: { operation } },
					{ name: 'CRM', type: 'bookingCrm', parameters: { crm: 'yclients', branchId: chosen(String(bench.salon.company.id)), salonId }, credentials: chosenCredentials(bench.credentials) },
				],
				connections: { CRM: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
				credentials: bench.credentials,
				items: [...items],
			});

		it('reminds of a visit through Booking Agent, hears the answer, and notes what became of it', async () => {
			const salonId = `reminded-${dialect}`;
			const bench = await syncBench({ salonId, store: engine.config });
			const visit = bookVisit(bench, 30);
			succeeded(await bench.sync(), 'Sync');
			const due = succeeded(await reminders(bench, salonId), 'Outreach');
			expect(due).toMatchObject([{ salonId, channel: 'whatsapp', chatId: '79261000000@s.whatsapp.net', phone: PHONE, visit: { id: String(visit), services: ['Стрижка'] }, notice: { kind: 'reminder', appointmentId: String(visit) } }]);
			expect(succeeded(await reminders(bench, salonId), 'Outreach')).toEqual([]);

			const said = await agent(bench, salonId, 'writeFirst', due);
			expect(succeeded(said, 'Agent')).toMatchObject([{ chatId: '79261000000@s.whatsapp.net', isAnswer: false, kind: 'replied', text: expect.stringContaining('Стрижка') as string }]);
			const events = json(said, 'Agent', EVENT);
			expect(events).toMatchObject([{ type: 'notice', outcome: 'said', why: null }]);
			expect(succeeded(await outreach(bench, salonId, { operation: 'noteOutcome' }, events), 'Outreach')).toMatchObject([{ isKnown: true }]);

			const answered = await agent(bench, salonId, 'answer', [{ session: 'main', chatId: '79261000000@s.whatsapp.net', messageIds: ['a1'], type: 'text', text: 'да, буду', phone: PHONE, turnId: 't1', receivedAt: new Date().toISOString() }]);
			expect(json(answered, 'Agent', EVENT)).toMatchObject([{ type: 'visit_confirmed', appointment: { id: String(visit) } }]);
		});

		it('gives a message that was put off again, and the agent says it then', async () => {
			const salonId = `later-${dialect}`;
			const bench = await syncBench({ salonId, store: engine.config });
			bookVisit(bench, 30);
			succeeded(await bench.sync(), 'Sync');
			const due = succeeded(await reminders(bench, salonId, { channel: 'webhook' }), 'Outreach');
			succeeded(await agent(bench, salonId, 'answer', [{ chatId: PHONE, text: 'Хочу на стрижку', messageId: 'm1', phone: PHONE, phoneVerified: true, channel: 'webhook' }]), 'Agent');
			const putOff = json(await agent(bench, salonId, 'writeFirst', due), 'Agent', EVENT);
			expect(putOff).toMatchObject([{ type: 'notice', outcome: 'later', why: 'in_talk' }]);
			succeeded(await outreach(bench, salonId, { operation: 'noteOutcome' }, putOff), 'Outreach');
			const again = succeeded(await reminders(bench, salonId, { channel: 'webhook' }), 'Outreach');
			expect(again).toHaveLength(1);
			expect((again[0]?.notice as IDataObject).id).not.toBe((due[0]?.notice as IDataObject).id);
		});

		it('begins nothing with who said stop, in any chat, until the staff take that back', async () => {
			const salonId = `silenced-${dialect}`;
			const bench = await syncBench({ salonId, store: engine.config });
			bookVisit(bench, 30);
			succeeded(await bench.sync(), 'Sync');
			const write = (text: string, id: string): Promise<IRun> =>
				agent(bench, salonId, 'answer', [{ session: 'main', chatId: '79261000000@s.whatsapp.net', messageIds: [id], type: 'text', text, phone: PHONE, turnId: id, receivedAt: new Date().toISOString() }]);
			const birthday = { channel: 'webhook', chatId: PHONE, phone: PHONE, notice: { id: `birthday-${dialect}`, kind: 'birthday' } };
			expect(json(await write('стоп', 's1'), 'Agent', EVENT)).toMatchObject([{ type: 'stopped' }]);
			expect(succeeded(await write('какой у вас адрес?', 's2'), 'Agent')).toMatchObject([{ kind: 'replied' }]);
			expect(succeeded(await reminders(bench, salonId), 'Outreach')).toEqual([]);
			expect(json(await agent(bench, salonId, 'writeFirst', [birthday]), 'Agent', EVENT)).toMatchObject([{ type: 'notice', outcome: 'never', why: 'opted_out' }]);

			const profile = (parameters: INodeParameters): Promise<IRun> =>
				run({ nodes: [{ name: 'Profile', type: 'clientProfile', parameters: { salonId, clientBy: 'phone', phone: PHONE, ...parameters }, credentials: chosenCredentials({ aiAdminStoreApi: bench.credentials.aiAdminStoreApi ?? {} }) }], credentials: bench.credentials });
			expect(succeeded(await profile({ operation: 'get' }), 'Profile')).toMatchObject([{ optedOutAt: expect.any(String) as string }]);
			expect(succeeded(await profile({ operation: 'updateNotes', notes: { optedOut: false } }), 'Profile')).toMatchObject([{ optedOutAt: null }]);
			const due = succeeded(await reminders(bench, salonId), 'Outreach');
			expect(due).toHaveLength(1);
			expect(json(await agent(bench, salonId, 'writeFirst', due), 'Agent', EVENT)).toMatchObject([{ type: 'notice', outcome: 'said' }]);

			expect(succeeded(await profile({ operation: 'updateNotes', notes: { optedOut: true } }), 'Profile')).toMatchObject([{ optedOutAt: expect.any(String) as string }]);
			expect(json(await agent(bench, salonId, 'writeFirst', [{ ...birthday, notice: { id: `again-${dialect}`, kind: 'birthday' } }]), 'Agent', EVENT)).toMatchObject([{ outcome: 'never', why: 'opted_out' }]);
			expect(json(await write('старт', 's3'), 'Agent', EVENT)).toMatchObject([{ type: 'resumed' }]);
			expect(succeeded(await profile({ operation: 'get' }), 'Profile')).toMatchObject([{ optedOutAt: null }]);
		});

		it('says what to do when nothing is copied, and what a wrong item is', async () => {
			const bench = await syncBench({ salonId: `none-${dialect}`, store: engine.config });
			expect(failure(await reminders(bench, `nothing-${dialect}`))).toMatchObject({ message: 'The visits of this salon are not copied yet', description: expect.stringContaining('CRM Sync') as string });
			expect(failure(await outreach(bench, 'x', { operation: 'noteOutcome' }, [{ type: 'booked' }])).description).toContain('Event output');
			expect(failure(await agent(bench, 'x', 'writeFirst', [{ chatId: '1' }])).message).toContain('Nothing to begin with');
		});

		it('refuses hours, times and pages that are none', async () => {
			const salonId = `wrong-${dialect}`;
			const bench = await syncBench({ salonId, store: engine.config });
			bookVisit(bench, 30);
			succeeded(await bench.sync(), 'Sync');
			expect(failure(await reminders(bench, salonId, { options: { quietFrom: 'evening' } })).message).toContain('Quiet From');
			expect(failure(await reminders(bench, salonId, { hoursBefore: -1 })).message).toContain('Hours Before');
			expect(failure(await reminders(bench, salonId, { channel: '={{ "fax" }}' })).message).toContain('Channel');
			expect(failure(await reminders(bench, salonId, { channel: '={{ "whatsapp" }}', session: '={{ "my number" }}' })).message).toContain('Session');
			// nothing was taken by the runs that were refused
			expect(succeeded(await reminders(bench, salonId), 'Outreach')).toHaveLength(1);
			expect(failure(await outreach(bench, salonId, { operation: 'getReviewRequests', reviewUrl: 'http://x', options: ALWAYS })).message).toContain('Review Page');
		});

		it('makes the report of a week as a page', async () => {
			const salonId = `report-${dialect}`;
			const bench = await syncBench({ salonId, store: engine.config });
			succeeded(await bench.sync(), 'Sync');
			const [report] = succeeded(await run({ nodes: [{ name: 'Query', type: 'storeQuery', parameters: { resource: 'report', operation: 'weekly', salonId, weekOf: new Date(Date.now() - 7 * 24 * HOUR).toISOString(), language: 'ru' }, credentials: chosenCredentials({ aiAdminStoreApi: bench.credentials.aiAdminStoreApi ?? {} }) }], credentials: bench.credentials }), 'Query');
			expect(report).toMatchObject({ salonId, currency: 'RUB', days: expect.any(Array) as unknown, summary: expect.stringContaining('Визиты') as string });
			expect(String(report?.html)).toMatch(/^<!doctype html>.*<svg /s);
		});
	});
});
