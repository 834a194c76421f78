import { serviceById, staffFor } from '../catalogue';
import { speakable } from '../compose/speakable';
import { afterRefusal, afterUse, chooseScript, occasionsOf, stageOf, type ChosenScript, type SalesScript } from '../scripts';
import type { TurnWork } from '../work';

/** Adds the one line that sells which fits the end of this turn, if any; a no of the client ends that for the session. */
export async function sell(work: TurnWork, clientText: string, greeting: boolean): Promise<void> {
	if (work.acts.some(({ type }) => type === 'no')) work.set({ scripts: afterRefusal(work.state.scripts, work.now) });
	if (work.utterances.length === 0 || work.handoff !== null || work.mode !== undefined) return;
	const chosen = choose(work, await scriptsOf(work), clientText, greeting);
	if (chosen === null || !speakable(chosen.text) || !(await fits(work, chosen))) return;
	work.say('script', { text: chosen.text });
	work.set({ scripts: afterUse(work.state.scripts, chosen.id) });
	work.log('script', { script: chosen.id, services: chosen.serviceIds.length });
}

async function scriptsOf(work: TurnWork): Promise<readonly SalesScript[]> {
	try {
		return await work.tools.lore.scripts();
	} catch {
		work.log('scripts_unread');
		return [];
	}
}

function choose(work: TurnWork, scripts: readonly SalesScript[], clientText: string, greeting: boolean): ChosenScript | null {
	const { state, catalogue } = work;
	const stage = stageOf(state.phase, greeting);
	if (stage === null || scripts.length === 0) return null;
	const chosen = state.visit?.services?.value ?? [];
	return chooseScript(scripts, {
		stage,
		lang: state.lang,
		acts: work.acts,
		text: clientText,
		occasions: occasionsOf(work.utterances.map(({ intent }) => intent)),
		state: state.scripts,
		canOffer: (id) => !chosen.includes(id) && staffFor(catalogue, [...chosen, id]).length > 0,
		titleOf: (id) => serviceById(catalogue, id)?.title ?? null,
	});
}

/** Whether a service offered beside the one in hand has a free start on a day the client wants. */
async function fits(work: TurnWork, { serviceIds }: ChosenScript): Promise<boolean> {
	const [first] = serviceIds;
	const { visit } = work.state;
	const day = visit?.when?.value.dates?.[0];
	if (first === undefined || visit?.services == null || day === undefined) return true;
	const outcome = await work.tools.crm.slots({ serviceIds: [...visit.services.value, first], from: day, to: day });
	work.log('crm_read', { read: 'slots', for: 'script', outcome: outcome.kind });
	return outcome.kind === 'ok' && outcome.value.length > 0;
}
