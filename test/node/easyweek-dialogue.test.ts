jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { chosenCredentials, closeNodes, json, run, succeeded } from './support/harness';
import { fixture } from './fixtures/easyweek';
import { chosen } from './support/walking';
import type { VendorBench } from './support/vendor-fixture';
import type { IDataObject } from 'n8n-workflow';

const EVENT = 2;
const CLIENT = { phone: '+79161112233', phoneVerified: true, name: 'Анна' };

describe('Booking Agent on EasyWeek', () => {
	let bench: VendorBench;
	let messages = 0;
	beforeAll(async () => {
		bench = await fixture.start();
	});
	afterAll(async () => {
		await bench.close();
		await closeNodes();
	});

	/** One message of the client; the reply and what happened. */
	async function say(chatId: string, message: IDataObject): Promise<{ readonly reply: IDataObject; readonly events: readonly IDataObject[] }> {
		const { credentials, settings } = bench;
		const result = await run({
			nodes: [
				{ name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer' } },
				{ name: 'CRM', type: 'bookingCrm', parameters: { crm: 'easyweek', salonId: 'easyweek', ...settings }, credentials: chosenCredentials(credentials) },
			],
			connections: { CRM: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
			credentials,
			items: [{ chatId, messageId: `m${(messages += 1)}`, ...CLIENT, ...message }],
		});
		const [reply = {}] = succeeded(result, 'Agent');
		return { reply, events: json(result, 'Agent', EVENT) };
	}

	/** Presses the first button of each reply, or gives a name, until something happens or nothing more is answered. */
	async function until(chatId: string, first: string): Promise<{ readonly events: readonly IDataObject[]; readonly said: readonly unknown[] }> {
		const said: unknown[] = [];
		let next: IDataObject = { text: first };
		for (let turn = 0; turn < 8; turn += 1) {
			const { reply, events } = await say(chatId, next);
			said.push([next.text ?? next.buttonId, reply.text]);
			if (events.length > 0 || reply.text === '') return { events, said };
			const [button] = (reply.buttons ?? []) as unknown as readonly { readonly id: string; readonly title: string }[];
			next = button === undefined ? { text: 'Вера' } : { buttonId: button.id, text: button.title };
		}
		return { events: [], said };
	}

	it('books and cancels through a dialogue', async () => {
		const booked = await until('guest', 'Здравствуйте, хочу на стрижку завтра в 15:00');
		expect(booked).toMatchObject({ events: [{ type: 'booked', chatId: 'guest' }] });
		const cancelled = await until('guest', 'Отмените, пожалуйста, мою запись');
		expect(cancelled).toMatchObject({ events: [{ type: 'cancelled' }] });
	}, 60_000);

	it('claims no move, which EasyWeek cannot do, and sends the client to a person', async () => {
		const { events: [booked] } = await until('mover', 'Хочу на стрижку завтра в 16:00');
		const visit = booked?.appointment as IDataObject;
		const { events, said } = await until('mover', 'Перенесите мою запись на послезавтра в 17:00');
		expect(events).toEqual([]);
		expect(JSON.stringify(said)).toContain('поможет администратор');
		expect(JSON.stringify(said)).not.toMatch(/перенесен|перенесли|перенёс/i);
		const { credentials, settings } = bench;
		const get = { resource: 'appointment', operation: 'get', appointmentId: chosen(String(visit.id)) };
		const result = await run({ nodes: [{ name: 'EasyWeek', type: 'easyweekBooking', parameters: { ...settings, ...get }, credentials: chosenCredentials(credentials) }], credentials });
		expect(succeeded(result, 'EasyWeek')).toMatchObject([{ id: visit.id, start: visit.start, status: 'booked' }]);
	}, 60_000);
});
