import { createAssistant } from '../../../core/conversation/engine';
import { CHANNELS } from '../../../core/conversation/compose/channel';
import type { Capabilities } from '../../../core/booking';
import type { TurnResult } from '../../../core/conversation/assistant';
import { CrmDouble } from '../../support/crm-double';
import { BARE_CAPABILITIES } from '../../support/double-salon';
import { CLAIM, Desk } from './desk';

/** Longer than a lease, shorter than a pending action. */
const DOWN_MS = 60_000;
/** Longer than a pending action waits for its yes. */
const LONG_DOWN_MS = 3 * 60 * 60_000;
/** More calls than a turn makes. */
const MOST_STEPS = 60;

/** Passes calls on until the process dies: the call of that number has its effect or not, and nothing comes back any more. */
function mortal(diesAt: number, effect: 'before' | 'after'): { readonly wrap: <T extends object>(target: T) => T; readonly died: Promise<void>; readonly isDead: () => boolean } {
	let calls = 0;
	let dead = false;
	let die = (): void => undefined;
	const died = new Promise<void>((resolve) => {
		die = () => {
			dead = true;
			resolve();
		};
	});
	const never = new Promise<never>(() => undefined);
	const wrap = <T extends object>(target: T): T =>
		new Proxy(target, {
			get: (_target, name) => {
				const member: unknown = Reflect.get(target, name, target);
				if (typeof member !== 'function') return member;
				return (...given: unknown[]) => {
					if (dead) return never;
					calls += 1;
					if (calls !== diesAt) return member.apply(target, given) as unknown;
					if (effect === 'before') {
						die();
						return never;
					}
					return Promise.resolve(member.apply(target, given)).then(() => {
						die();
						return never;
					});
				};
			},
		});
	return { wrap, died, isDead: () => dead };
}

/** The client's yes, cut off at one call; false when the turn was over before. */
async function yesCutOff(desk: Desk, diesAt: number, effect: 'before' | 'after'): Promise<boolean> {
	const life = mortal(diesAt, effect);
	const assistant = createAssistant({
		understander: { understand: async () => ({ acts: [], source: 'rules', confidence: 1 }) },
		store: life.wrap(desk.conversations),
		crm: life.wrap(desk.crm),
		clock: () => new Date(desk.nowMs).toISOString(),
		sleep: async () => undefined,
	});
	desk.nowMs += 30_000;
	await Promise.race([assistant.handle(desk.chat, { ...desk.message('да'), messageId: 'yes' }, desk.channel), life.died]);
	return life.isDead();
}

const again = (desk: Desk): Promise<TurnResult> => desk.send({ ...desk.message('да'), messageId: 'yes' });

/** A summary, a yes that dies at a call, and what follows; until no call is left to die at. */
async function atEveryStep(effect: 'before' | 'after', follow: (desk: Desk, step: string) => Promise<void>, able: Partial<Capabilities> = { idempotentWrites: true, findByOperation: true }): Promise<void> {
	for (let step = 1; step <= MOST_STEPS; step++) {
		const desk = new Desk({ channel: CHANNELS.web, crm: (clock) => new CrmDouble(clock, { ...BARE_CAPABILITIES, ...able }) });
		await desk.toSummary();
		if (!(await yesCutOff(desk, step, effect))) {
			expect(step).toBeGreaterThan(8);
			return;
		}
		await follow(desk, `${effect} call ${step}`);
	}
	throw new Error('The turn never ended');
}

/** How often the chat was told of a booked visit. */
async function timesTold(desk: Desk): Promise<number> {
	const lines = await desk.conversations.transcript(desk.chat, 50);
	return lines.filter(({ direction, payload }) => direction === 'out' && CLAIM.test(payload)).length;
}

describe.each(['before', 'after'] as const)('a process that dies %s any call of the turn that books', (effect) => {
	it('books once and says so once when the yes is delivered again', async () => {
		await atEveryStep(effect, async (desk, step) => {
			desk.nowMs += DOWN_MS;
			const { reply } = await again(desk);
			expect({ step, answered: CLAIM.test(reply?.text ?? ''), told: await timesTold(desk), visits: desk.crm.visits.length }).toEqual({ step, answered: true, told: 1, visits: 1 });
		});
	});

	it('neither books twice nor says what is not so in a CRM that knows no operation', async () => {
		await atEveryStep(
			effect,
			async (desk, step) => {
				desk.nowMs += DOWN_MS;
				await again(desk);
				const visits = desk.crm.visits.length;
				expect({ step, visits: visits <= 1, told: await timesTold(desk) }).toEqual({ step, visits: true, told: visits });
			},
			{},
		);
	});

	it('tells of the visit also when the client has written on', async () => {
		await atEveryStep(effect, async (desk, step) => {
			desk.nowMs += DOWN_MS;
			await desk.write('но лучше на 16:00', { type: 'correct', field: 'when', text: 'в 16:00' });
			const visits = desk.crm.visits.length;
			expect({ step, visits: visits <= 1, told: await timesTold(desk) }).toEqual({ step, visits: true, told: visits });
		});
	});

	it('tells of a visit that was written, however late it comes back', async () => {
		await atEveryStep(effect, async (desk, step) => {
			desk.nowMs += LONG_DOWN_MS;
			await again(desk);
			const visits = desk.crm.visits.length;
			expect({ step, visits: visits <= 1, told: await timesTold(desk) }).toEqual({ step, visits: true, told: visits });
		});
	});
});
