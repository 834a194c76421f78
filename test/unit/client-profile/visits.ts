import type { CopiedVisit } from '../../../core/store/copied';

export const NOW = '2026-11-21T09:00:00.000Z';
export const ZONE = 'Europe/Moscow';
const DAY_MS = 86_400_000;
let ids = 0;

/** A visit of the copy `days` before now, at noon in Moscow: a cut by Anna that took place. */
export function ago(days: number, patch: Partial<CopiedVisit> = {}): CopiedVisit {
	const start = new Date(Date.parse(NOW) - days * DAY_MS).toISOString();
	const id = `v${++ids}`;
	return {
		id, visitId: id, clientId: 'c1', staffId: 'anna', start, end: new Date(Date.parse(start) + 3_600_000).toISOString(), status: 'arrived', createdAt: null, changedAt: null,
		lines: [{ serviceId: 'cut', title: 'Стрижка' }], amount: 200_000, ...patch,
	};
}

export function line(serviceId: string): CopiedVisit['lines'] {
	return [{ serviceId, title: serviceId }];
}
