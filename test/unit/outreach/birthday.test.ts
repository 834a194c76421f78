import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeEngines } from '../../support/engines';
import { client } from '../sync/double';
import { branch, DAY, HOUR, NOON } from './branch';

interface Template {
	readonly nodes: readonly { readonly name: string; readonly parameters: { readonly rule?: { readonly interval: readonly { readonly expression?: string }[] } } }[];
	readonly settings: { readonly timezone: string };
}

/** Hours of a day at which the template of birthdays runs, by the clock it is set to. */
function hoursOfTemplate(): readonly number[] {
	const { nodes, settings } = JSON.parse(readFileSync(join(__dirname, '../../../workflows/16-birthday.json'), 'utf8')) as Template;
	const cron = nodes.find(({ name }) => name === 'Schedule')?.parameters.rule?.interval[0]?.expression ?? '';
	const [, first = '', last = first] = /^0 (\d+)(?:-(\d+))? \* \* \*$/.exec(cron) ?? [];
	expect([settings.timezone, first]).toEqual(['Europe/Moscow', expect.stringMatching(/^\d+$/)]);
	return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
}

const MIDNIGHT = NOON - 12 * HOUR;
const BUSY = '+79160000001';
const GREETING = { kind: 'birthday', needsConsent: false } as const;

// Mutants: one run a day; an hour in the quiet hours; what was put off counted as told.
describe('a birthday greeting, at the hours of its template', () => {
	const hours = hoursOfTemplate();

	it('is tried again on the same day, and never in the quiet hours', () => {
		expect(hours.length).toBeGreaterThan(1);
		expect([Math.min(...hours) >= 9, Math.max(...hours) < 21]).toEqual([true, true]);
	});

	describeEngines((_dialect, engine) => {
		// the first two cards are of one phone
		const celebrate = () => branch(engine, { clients: [client('1', { birthday: '1990-11-21' }), client('4', { phone: BUSY, birthday: '1990-11-21' }), client('2', { birthday: '11-21' }), client('3', { birthday: '11-22' })] });

		it('comes again on the day when it was put off, is said once, and not again within the year', async () => {
			const { due, outreach, clock } = await celebrate();
			const told: string[] = [];
			for (const [run, hour] of hours.entries()) {
				clock.ms = MIDNIGHT + hour * HOUR;
				for (const { id, client: one } of await due(GREETING)) {
					const isBusy = one.phone === BUSY && run < 3;
					if (!isBusy) told.push(`${one.phone} at ${hour}`);
					expect(await outreach.end(id, isBusy ? 'later' : 'said', isBusy ? 'in_talk' : null)).toBe(true);
				}
			}
			expect(told).toEqual([`+79160000002 at ${hours[0]}`, `${BUSY} at ${hours[3]}`]);
			clock.ms = MIDNIGHT + DAY + 12 * HOUR;
			expect((await due(GREETING)).map(({ client: one }) => one.id)).toEqual(['3']);
		});

		it('that is put off all day long is not said the day after', async () => {
			const { due, outreach, clock } = await celebrate();
			for (const hour of hours) {
				clock.ms = MIDNIGHT + hour * HOUR;
				for (const { id } of await due(GREETING)) await outreach.end(id, 'later', 'in_talk');
			}
			clock.ms = MIDNIGHT + DAY + 12 * HOUR;
			expect((await due(GREETING)).map(({ client: one }) => one.id)).toEqual(['3']);
		});
	});
});
