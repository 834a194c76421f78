import type { Random } from '../contract/simulators/kit';
import type { WhatsAppServer } from '../whatsapp-server';

/** How large a campaign is. */
export interface Campaign {
	readonly seed: number;
	readonly incoming: number;
	readonly outgoing: number;
	readonly kills: number;
	readonly faults: number;
	readonly people: number;
}

export const FAULTS = {
	drop: (server) => server.links.forEach((link) => link.drop()),
	close: (server) => server.links.forEach((link) => link.close()),
	stall: (server) => server.links.forEach((link) => link.stall()),
	halfOpen: (server) => server.links.forEach((link) => link.halfOpen()),
	restart: (server) => server.links.forEach((link) => link.streamError(515)),
	endStream: (server) => server.links.forEach((link) => link.endStream()),
} as const satisfies Readonly<Record<string, (server: WhatsAppServer) => void>>;

export type Fault = keyof typeof FAULTS;
export type Trouble = Fault | 'kill';

/** A message of a person, or an answer to one; and how long until the next. */
export interface Step {
	readonly kind: 'write' | 'answer';
	readonly person: number;
	readonly pauseMs: number;
}

/** One trouble, and what is said around it. */
export interface Stage {
	/** Said while the trouble before is still felt. */
	readonly before: readonly Step[];
	/** Said from the moment that everything is well again. */
	readonly during: readonly Step[];
	readonly trouble: Trouble;
	/** It waits until the session is logged in, so that it does not only hit processes that begin. */
	readonly meetsLogin: boolean;
	readonly afterMs: number;
}

const FAULT_NAMES = Object.keys(FAULTS) as Fault[];

/** A whole campaign, drawn before any of it happens: a seed is one campaign, however fast the machine is. */
export function planCampaign(random: Random, { incoming, outgoing, kills, faults, people }: Campaign): readonly Stage[] {
	const troubles = shuffle(random, [...Array.from({ length: kills }, () => 'kill' as const), ...Array.from({ length: faults }, () => random.pick(FAULT_NAMES))]);
	// everyone has written once before the plan begins
	const kinds = shuffle(random, [...Array.from({ length: incoming - people }, () => 'write' as const), ...Array.from({ length: outgoing }, () => 'answer' as const)]);
	const steps = kinds.map((kind) => ({ kind, person: random.integer(0, people - 1), pauseMs: random.integer(0, 80) }));
	return troubles.map((trouble, place): Stage => {
		const own = steps.slice(Math.round((place * steps.length) / troubles.length), Math.round(((place + 1) * steps.length) / troubles.length));
		const cut = random.integer(0, own.length);
		return { before: own.slice(0, cut), during: own.slice(cut), trouble, meetsLogin: random.integer(1, 5) > 1, afterMs: random.integer(0, 1_200) };
	});
}

function shuffle<T>(random: Random, items: readonly T[]): readonly T[] {
	return items.map((item) => [random.integer(0, 1e9), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item);
}
