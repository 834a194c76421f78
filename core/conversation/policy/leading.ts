import type { LeadStage } from '../../booking';
import type { TurnWork } from '../work';
import { titlesOf } from './views';

/** A pipeline that is slow must not keep a client waiting; the move goes on, and is made sure of at the next step. */
const PATIENCE_MS = 3000;
const TITLES = { ru: 'Заявка из чата', en: 'Request from the chat' } as const;

/** A step of the dialogue that the pipeline shows, and the card it is about where a visit tells. */
interface Step {
	readonly stage: LeadStage;
	readonly clientId: string | null;
}

/**
 * Moves the client's lead as far as this turn took the dialogue. Only a client the channel vouches for, or the client of a
 * visit, has one; whatever goes wrong costs the dialogue nothing and is tried again with the next step.
 */
export async function leadOn(work: TurnWork): Promise<void> {
	const { leads } = work.tools;
	const step = stepOf(work);
	if (leads === null || step === null || !isNews(work.state.lead, step.stage)) return;
	const card = step.clientId ?? (await cardOf(work, step.stage));
	if (card === null) return;
	const key = `lead:${step.stage}:${card}:${work.now.slice(0, 10)}`;
	const moving = leads.stage({ clientId: card, title: titleOf(work) }, step.stage, key).then(
		({ kind }) => kind,
		() => 'failed' as const,
	);
	const ended = await Promise.race([moving, work.tools.sleep(PATIENCE_MS).then(() => 'slow' as const)]);
	work.log('lead', { stage: step.stage, outcome: ended });
	if (ended === 'ok') work.set({ lead: step.stage });
}

function stepOf({ outcome, state }: TurnWork): Step | null {
	for (const event of [...outcome].reverse()) {
		if (event.type === 'booked' || event.type === 'rescheduled') return { stage: 'booked', clientId: event.appointment.clientId };
		if (event.type === 'cancelled') return { stage: 'cancelled', clientId: event.appointment.clientId };
	}
	if (!state.client.phoneVerified) return null;
	return { stage: state.visit === null ? 'new' : 'talking', clientId: null };
}

/** Talk after a booking takes nothing back; after a cancelled visit it begins anew. */
function isNews(before: LeadStage | null, stage: LeadStage): boolean {
	if (before === stage) return false;
	if (stage === 'new') return before === null;
	return stage !== 'talking' || before !== 'booked';
}

/** The client's card; one is opened for who wants a visit and has said a name. */
async function cardOf({ state, tools }: TurnWork, stage: LeadStage): Promise<string | null> {
	const { clientId, phone, name } = state.client;
	if (clientId !== null) return clientId;
	if (phone === null || (stage === 'talking' && name === null)) return null;
	const found = await tools.crm.findClient(phone);
	if (found.kind !== 'ok') return null;
	const card = found.value.find(({ blocked }) => !blocked);
	if (card !== undefined || found.value.length > 0 || name === null) return card?.id ?? null;
	if (stage !== 'talking' || !tools.crm.capabilities.createClient) return null;
	const created = await tools.crm.createClient({ name: name.value, phone });
	return created.kind === 'ok' ? created.value.id : null;
}

function titleOf({ state, catalogue, tools }: TurnWork): string {
	const titles = titlesOf(state.visit?.services?.value ?? [], catalogue);
	const title = TITLES[tools.settings.defaultLang];
	return titles.length === 0 ? title : `${title}: ${titles.join(', ')}`;
}
