import type { Service } from '../../booking';
import { parseWhen } from '../../language/when';
import type { Act, AskTopic } from '../acts';
import { serviceById, staffFor } from '../catalogue';
import { EMPTY_VISIT } from '../state';
import { resolveServices } from '../understand/resolve';
import { knownAnswer, leaveQuestion } from './knowing';
import type { TurnWork } from '../work';

const MAX_LINES = 10;
type Ask = Extract<Act, { type: 'ask' }>;

/** Answers a question from typed data; what is not in the data is never guessed. */
export async function answer(work: TurnWork, act: Ask): Promise<void> {
	work.progress = true;
	if (work.state.phase === 'idle' || work.state.phase === 'done') work.set({ phase: 'consulting' });
	await ANSWERS[act.topic](work, act.text);
	work.log('answered', { topic: act.topic });
}

const ANSWERS: Readonly<Record<AskTopic, (work: TurnWork, text: string) => Promise<void> | void>> = {
	price: (work, text) => {
		const services = meant(work, text);
		work.say('prices', { services: services.slice(0, MAX_LINES), more: Math.max(0, services.length - MAX_LINES) });
	},
	duration: (work, text) => {
		const services = meant(work, text);
		work.say('durations', { services: services.slice(0, MAX_LINES), more: Math.max(0, services.length - MAX_LINES) });
	},
	address: (work) => work.say('address', { company: work.catalogue.company }),
	contacts: (work) => work.say('contacts', { company: work.catalogue.company }),
	hours: (work, text) => {
		const reading = parseWhen(text, { now: work.now, zone: work.zone });
		work.say('hours', { company: work.catalogue.company, date: reading.date ?? reading.dates?.[0] ?? null });
	},
	staff: (work, text) => {
		const named = resolveServices(text, work.catalogue);
		noteAsked(work, named.ids);
		const ids = named.kind === 'one' ? named.ids : (work.state.visit?.services?.value ?? []);
		const [first] = ids;
		const staff = ids.length > 0 ? staffFor(work.catalogue, ids) : work.catalogue.staff;
		work.say('staff_list', { staff, service: first === undefined ? null : (serviceById(work.catalogue, first) ?? null) });
	},
	services: (work) => {
		const titles = [...new Set(work.catalogue.services.map((service) => service.category ?? ''))];
		const categories = titles.map((title) => ({
			title,
			services: work.catalogue.services.filter((service) => (service.category ?? '') === title),
		}));
		work.say('services', { categories });
	},
	availability: (work) => work.set({ visit: work.state.visit ?? EMPTY_VISIT }),
	faq: async (work, text) => {
		const snippet = await knownAnswer(work, text);
		if (snippet === null) return leaveQuestion(work, text);
		work.say('knowledge', { snippet });
	},
};

/** Who asks «сколько стоит педикюр?» and then «запишите на пятницу» means the pedicure. */
function noteAsked(work: TurnWork, ids: readonly string[]): void {
	if (ids.length > 0 && (work.state.visit?.services ?? null) === null) work.set({ askedAbout: ids });
}

/** The services a question is about: named in it, else those of the visit in hand, else all. */
function meant(work: TurnWork, text: string): readonly Service[] {
	const named = resolveServices(text, work.catalogue);
	noteAsked(work, named.ids);
	const ids = named.kind === 'none' ? (work.state.visit?.services?.value ?? work.state.visit?.serviceCandidates ?? []) : named.ids;
	if (ids.length === 0) return work.catalogue.services;
	return work.catalogue.services.filter((service) => ids.includes(service.id));
}
