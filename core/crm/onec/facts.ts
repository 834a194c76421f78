import type { Outcome } from '../../booking';
import type { Salon } from '../computed';
import { kept } from '../http';
import type { Context } from './context';
import { readSalon } from './salon';

/** What was learned about a base by asking it: versions and configurations differ, and no question tells how. */
export interface Learned {
	/** Whether actions are written with parentheses; null until one worked. */
	parentheses: boolean | null;
	/** Ways to look into a section that the base refused. */
	readonly refusedSearches: Set<string>;
}

/** What changes rarely and is asked for by every operation; kept for a short time, failures never. */
export interface Facts {
	salon(context: Context): Promise<Outcome<Salon>>;
	readonly learned: Learned;
}

const SALON_MS = 60_000;

/** Facts of one base, to be kept over the calls of one credential and mapping. */
export function createFacts(): Facts {
	return { learned: { parentheses: null, refusedSearches: new Set() }, salon: kept(SALON_MS, readSalon) };
}
