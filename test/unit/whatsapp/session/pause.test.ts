import { Pause } from '../../../../core/whatsapp/session/pause';
import { processTimers } from '../../../../core/whatsapp/session/tempo';

const DAY = 86_400_000;

describe('a wait between two connections', () => {
	let isOver: boolean;
	let pause: Pause;
	beforeEach(() => {
		jest.useFakeTimers();
		isOver = false;
		pause = new Pause(processTimers);
	});
	afterEach(() => {
		pause.wake();
		jest.useRealTimers();
	});
	const begin = (ms: number | null): void => void pause.wait(ms).then(() => (isOver = true));

	it('of a month, as long bans last, is no loop: a timer alone would go off at once', async () => {
		begin(30 * DAY);
		await jest.advanceTimersByTimeAsync(30 * DAY - 1_000);
		expect(isOver).toBe(false);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(isOver).toBe(true);
		expect(jest.getTimerCount()).toBe(0);
	});

	it.each([30 * DAY, 1_000, null])('of %p ends when it is woken, and leaves no timer behind', async (ms) => {
		begin(ms);
		await jest.advanceTimersByTimeAsync(500);
		expect(isOver).toBe(false);
		pause.wake();
		await jest.advanceTimersByTimeAsync(0);
		expect(isOver).toBe(true);
		expect(jest.getTimerCount()).toBe(0);
	});
});
