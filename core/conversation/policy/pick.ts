import { EMPTY_VISIT, type Question } from '../state';
import type { TurnWork } from '../work';
import { takeUsual, leaveUsual } from './usual';
import { confirmVisit, manageReminded, takeMark } from './notice';
import { pickOffer } from './visit';
import { slotValue, withServices, withStaff } from './words';

/** Picks by a handle shown to the client: `o` offers, `r` own visits, `v` services, `s` staff or other options. */
export function pickRef(work: TurnWork, ref: string): Promise<void> | void {
	const kind = ref.slice(0, 1);
	const index = Number(ref.slice(1)) - 1;
	if (kind === 'o') {
		const offer = work.state.offers.find((one) => one.ref === ref);
		if (offer !== undefined) pickOffer(work, offer);
		return;
	}
	if (kind === 'r') {
		const record = work.state.records.find((one) => one.ref === ref);
		if (record !== undefined && work.state.manage !== null) {
			work.progress = true;
			work.set({ manage: { ...work.state.manage, record } });
		}
		return;
	}
	const { question } = work.state;
	if (question !== null) return pickOption(work, question, index);
}

type Options = { readonly [K in Question['kind']]?: (work: TurnWork, question: Extract<Question, { kind: K }>, index: number) => Promise<void> | void };

const OPTIONS: Options = {
	usual: (work, question, index) => {
		if (index === 0) return takeUsual(work, question);
		leaveUsual(work);
		work.set({ visit: work.state.visit ?? EMPTY_VISIT });
	},
	service: (work, question, index) => {
		const id = question.options[index];
		if (id === undefined || work.state.visit === null) return;
		work.progress = true;
		work.set({ visit: withServices(work, work.state.visit, [id]) });
	},
	staff: (work, question, index) => {
		const id = question.options[index];
		if (id === undefined || work.state.visit === null) return;
		work.progress = true;
		work.set({ visit: withStaff(work, work.state.visit, id) });
	},
	record: (work, _question, index) => pickRef(work, `r${index + 1}`),
	client_choice: (work, question, index) => {
		const id = question.options[index];
		if (id === undefined) return;
		work.progress = true;
		work.set({ client: { ...work.state.client, clientId: id } });
	},
	reminder: (work, question, index) => {
		if (index === 0) return confirmVisit(work, question);
		return manageReminded(work, question, index === 1 ? 'move' : 'cancel');
	},
	review: (work, question, index) => takeMark(work, question, index + 1),
	am_pm: (work, question, index) => {
		const time = question.times[index];
		if (time !== undefined) clearUp(work, { time });
	},
	which_week: (work, question, index) => {
		const date = question.dates[index];
		if (date !== undefined) clearUp(work, { dates: [date] });
	},
};

function clearUp(work: TurnWork, said: { time?: string; dates?: readonly string[] }): void {
	const { visit, manage } = work.state;
	const known = (manage ?? visit)?.when?.value;
	if (known === undefined) return;
	const { unclear: _unclear, ...rest } = known;
	const when = slotValue(work, { ...rest, ...said }, 'client');
	work.progress = true;
	if (manage !== null) work.set({ manage: { ...manage, when, offer: null } });
	else if (visit !== null) work.set({ visit: { ...visit, when, offer: null } });
}

/** Picks the option with this index (from 0) of the question asked last. */
export function pickOption(work: TurnWork, question: Question, index: number): Promise<void> | void {
	const choose = OPTIONS[question.kind] as ((work: TurnWork, question: Question, index: number) => Promise<void> | void) | undefined;
	return choose?.(work, question, index);
}
