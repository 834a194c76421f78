import { staffById } from '../../catalogue';
import type { Question } from '../../state';
import type { UnderstandInput } from '../understander';

/** What each handle of this turn means to the policy. A model may name no other. */
export interface Handles {
	/** `v1`.. of the catalogue -> service id. */
	readonly services: ReadonlyMap<string, string>;
	/** `s1`.. of the catalogue -> staff id. */
	readonly staff: ReadonlyMap<string, string>;
	/** `c1`.. -> the words of a choice that is neither a service nor a person, for the model to read. */
	readonly choices: ReadonlyMap<string, string>;
	/** Everything that may be picked -> the act's own ref: `o1`, `r1`, or the option of the question asked last. */
	readonly picks: ReadonlyMap<string, string>;
}

type Choices = { readonly [K in Question['kind']]?: (question: Extract<Question, { kind: K }>) => readonly string[] };

const CHOICES: Choices = {
	am_pm: ({ times }) => times,
	which_week: ({ dates }) => dates,
	reminder: () => ['comes', 'wants to move the visit', 'wants to cancel the visit'],
	review: () => ['1', '2', '3', '4', '5'],
	client_choice: ({ options }) => options.map((_, index) => `client card ${index + 1}`),
};

/** Handles of the catalogue and of what the question asked last lets the client pick. */
export function handlesOf(input: UnderstandInput): Handles {
	const services = numbered('v', input.catalogue.services.map(({ id }) => id));
	const staff = numbered('s', input.catalogue.staff.map(({ id }) => id));
	const choices = numbered('c', choicesOf(input.question));
	const picks = new Map([...input.offers, ...input.records].map(({ ref }) => [ref, ref]));
	[...choices.keys()].forEach((handle, index) => picks.set(handle, `s${index + 1}`));
	const { question } = input;
	if (question?.kind === 'service') addOptions(picks, services, question.options, 'v');
	if (question?.kind === 'staff') addOptions(picks, staff, question.options, 's');
	return { services, staff, choices, picks };
}

/** Name of the person behind a handle, or undefined. */
export function staffNameOf(input: UnderstandInput, handles: Handles, ref: string): string | undefined {
	const id = handles.staff.get(ref);
	return id === undefined ? undefined : staffById(input.catalogue, id)?.name;
}

function choicesOf(question: Question | null): readonly string[] {
	if (question === null) return [];
	const read = CHOICES[question.kind] as ((question: Question) => readonly string[]) | undefined;
	return read?.(question) ?? [];
}

function numbered(letter: string, values: readonly string[]): Map<string, string> {
	return new Map(values.map((value, index) => [`${letter}${index + 1}`, value]));
}

/** An option of the question is picked by its handle in the catalogue; the policy knows it by its place in the question. */
function addOptions(picks: Map<string, string>, catalogue: ReadonlyMap<string, string>, options: readonly string[], letter: string): void {
	for (const [handle, id] of catalogue) {
		const index = options.indexOf(id);
		if (index >= 0) picks.set(handle, `${letter}${index + 1}`);
	}
}
