import { createModelHealth } from '../../../core/conversation/model/health';
import type { ModelMessage, TurnModel } from '../../../core/conversation/model/port';
import { createTurnModel, type TurnModelParts } from '../../../core/conversation/model/turn-model';
import { createMask } from '../../../core/conversation/privacy/mask';
import { type ScriptedModel, UsageInMemory } from './scripted';

export const NOW = '2026-11-21T23:30:00+03:00';
export const MESSAGES: readonly ModelMessage[] = [{ role: 'system', content: 'rules' }, { role: 'user', content: 'hello' }];

interface Line {
	readonly kind: string;
	readonly data: Readonly<Record<string, unknown>>;
}

interface Bench {
	readonly lines: Line[];
	readonly usage: UsageInMemory;
	readonly model: TurnModel;
	of(kind: string): Readonly<Record<string, unknown>>[];
}

/** A turn's models over usage in memory, with what they log. */
export function bench(models: readonly ScriptedModel[], patch: Partial<TurnModelParts> = {}): Bench {
	const lines: Line[] = [];
	const usage = new UsageInMemory();
	const parts: TurnModelParts = {
		models,
		health: createModelHealth(),
		usage,
		clock: () => NOW,
		zone: 'Europe/Moscow',
		log: (kind, data) => lines.push({ kind, data }),
		tenant: 'salon',
		chatHash: 'hash',
		mask: createMask(),
		...patch,
	};
	return { lines, usage, model: createTurnModel(parts), of: (kind: string) => lines.filter((line) => line.kind === kind).map(({ data }) => data) };
}
