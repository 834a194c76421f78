import { AMOCRM } from './brand';
import { type FamilyOptions, type FamilySimulator, startFamily } from './family';

export type { FamilyOptions, FamilySimulator } from './family';
export type { SalonPlan } from './salon';
export { addPipeline } from './salon';
export { FAMILY_SWITCHES, type FamilySwitches } from './switches';
export { LOST, WON, type AccountIds, type World } from './world';

/** Starts an amoCRM account: Russian words, roubles, Moscow time. */
export async function startAmocrm(options: FamilyOptions = {}): Promise<FamilySimulator> {
	return await startFamily(AMOCRM, { zone: 'Europe/Moscow', country: 'RU', currency: 'RUB' }, options);
}
