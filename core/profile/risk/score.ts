import type { Instant } from '../../booking';
import { clockOf } from '../days';
import type { PastVisit } from '../../store/copied';
import { circumstancesOf, type Factor, FACTORS, GROUPS, NO_RECORD } from './factors';
import type { Count, RiskModel } from './model';

/** How much the past must say before it is believed. */
export interface RiskRules {
	/** No-show rate of a salon without a past, and how many visits it weighs. */
	readonly anySalon: number;
	readonly anySalonVisits: number;
	/** The salon's rate stands in for so many visits of a client, */
	readonly clientVisits: number;
	/** and of a group of visits. */
	readonly groupVisits: number;
	/** Least probability of each level. */
	readonly medium: number;
	readonly high: number;
	/** A factor that changes the odds by less than this part is no reason. */
	readonly leastChange: number;
}

export const RISK_RULES: RiskRules = { anySalon: 0.08, anySalonVisits: 20, clientVisits: 4, groupVisits: 30, medium: 0.15, high: 0.3, leastChange: 0.1 };

/** One reason of a risk: the group the visit is in, and what the past says of that group. */
export interface RiskReason {
	readonly factor: Factor | 'ownHistory';
	/** In words. */
	readonly group: string;
	/** Times the odds: above 1 it raises the risk, below 1 it lowers it. */
	readonly odds: number;
	/** What it is read from. */
	readonly missed: number;
	readonly visits: number;
}

export interface Risk {
	/** 0 to 1. */
	readonly probability: number;
	readonly level: 'low' | 'medium' | 'high';
	/** The salon's own rate of no-shows, smoothed. */
	readonly salonRate: number;
	/** The strongest first. */
	readonly reasons: readonly RiskReason[];
}

/**
 * The risk that nobody comes to a visit: the salon's odds times the odds of the client's own record times the odds of
 * each group the visit is in. Every rate is smoothed toward the salon's (Laplace), so that few visits say little. Pure.
 */
export function createRiskScore(model: RiskModel, zone: string, rules: RiskRules = RISK_RULES): (visit: Pick<PastVisit, 'clientId' | 'start' | 'createdAt'>) => Risk {
	const local = clockOf(zone);
	const base = smoothed(model.all, rules.anySalon, rules.anySalonVisits);
	return ({ clientId, start, createdAt }) => {
		const before = (clientId === null ? undefined : model.records.get(clientId)) ?? NO_RECORD;
		const circumstances = circumstancesOf({ start, createdAt }, local(start), before);
		const own: Count = { visits: before.kept + before.missed, missed: before.missed };
		const reasons: RiskReason[] = own.visits === 0 ? [] : [reasonOf('ownHistory', `missed ${own.missed} of ${own.visits}`, own, base, rules.clientVisits)];
		for (const factor of FACTORS) {
			const group = GROUPS[factor](circumstances);
			const count = group === null ? undefined : model.groups[factor].get(group);
			if (group !== null && count !== undefined) reasons.push(reasonOf(factor, group, count, base, rules.groupVisits));
		}
		const odds = reasons.reduce((product, reason) => product * reason.odds, oddsOf(base));
		const probability = rounded(odds / (1 + odds));
		const level = probability >= rules.high ? 'high' : probability >= rules.medium ? 'medium' : 'low';
		const strength = ({ odds: one }: RiskReason): number => Math.abs(Math.log(one));
		const told = reasons.filter((reason) => strength(reason) >= Math.log(1 + rules.leastChange)).sort((a, b) => strength(b) - strength(a));
		return { probability, level, salonRate: rounded(base), reasons: told.map((reason) => ({ ...reason, odds: Math.round(reason.odds * 100) / 100 })) };
	};
}

function reasonOf(factor: RiskReason['factor'], group: string, count: Count, base: number, weight: number): RiskReason {
	return { factor, group, odds: oddsOf(smoothed(count, base, weight)) / oddsOf(base), missed: count.missed, visits: count.visits };
}

function smoothed({ visits, missed }: Count, prior: number, weight: number): number {
	return (missed + prior * weight) / (visits + weight);
}

function oddsOf(probability: number): number {
	return probability / (1 - probability);
}

function rounded(value: number): number {
	return Math.round(value * 1000) / 1000;
}

/** Risks of visits, the highest first. */
export function byRisk<T extends { readonly risk: Risk; readonly start: Instant }>(visits: readonly T[]): readonly T[] {
	return [...visits].sort((a, b) => b.risk.probability - a.risk.probability || (a.start < b.start ? -1 : 1));
}
