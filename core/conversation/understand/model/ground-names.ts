import { cleanPersonName } from '../../../language/personname';
import { fold, toWords } from '../../../language/words';
import { serviceById } from '../../catalogue';
import { addsServices, findServices, resolveServices, resolveStaff, saysAnyone } from '../resolve';
import { type Facts, factsOf } from '../rules-facts';
import type { UnderstandInput } from '../understander';
import { type Handles, staffNameOf } from './handles';
import type { ClientWords } from './said';

/** Letters two words must begin with in common to be taken for the same name written otherwise. */
const ALIKE = 3;
const FEWEST_PHONE_DIGITS = 7;
const contactQuestions = new Set(['name', 'phone', 'name_phone']);

/** What a model says of services, people and contacts, cut down to what the client's own words bear out. */
export interface NameGrounds {
	service(text: string | undefined, ref: string | undefined): string | undefined;
	staff(text: string | undefined, ref: string | undefined): string | undefined;
	guest(text: string | undefined): string | undefined;
	name(text: string | undefined): string | undefined;
	phone(text: string | undefined): string | undefined;
}

/** Reads what a text names. */
export function nameGrounds(input: UnderstandInput, said: ClientWords, handles: Handles): NameGrounds {
	const { catalogue } = input;
	const facts = factsOf(input, input.text);
	const saidIds = findServices(input.text, catalogue);

	/** Slang and descriptions: the client's own words that name nothing by themselves, mapped to one service. */
	function mapped(text: string, ref: string | undefined): string | undefined {
		const title = ref === undefined ? undefined : serviceById(catalogue, handles.services.get(ref) ?? '')?.title;
		if (title === undefined || resolveServices(text, catalogue).kind !== 'none') return undefined;
		const resolved = resolveServices(title, catalogue);
		if (resolved.kind !== 'one' || resolved.ids.length !== 1 || resolved.ids[0] !== handles.services.get(ref ?? '')) return undefined;
		return addsServices(text) ? `ещё ${title}` : title;
	}

	return {
		service: (text, ref) => {
			const own = text !== undefined && said.hold(text) && namesMore(facts, text) ? text : undefined;
			if (own !== undefined) return mapped(own, ref) ?? own;
			if (facts.service !== null) return facts.service.text;
			const ids = text === undefined ? [] : resolveServices(text, catalogue).ids;
			return ids.length > 0 && saidIds.some((group) => group.ids.some((id) => ids.includes(id))) ? text : undefined;
		},
		staff: (text, ref) => {
			if (text === 'any') return input.question?.kind === 'staff' || saysAnyone(facts.words) ? 'any' : undefined;
			const own = text !== undefined && said.hold(text) ? text : undefined;
			if (own !== undefined && resolveStaff(own, catalogue).kind !== 'none') return own;
			if (facts.staff !== null) return facts.staff.text;
			const name = ref === undefined ? undefined : staffNameOf(input, handles, ref);
			return name !== undefined && isAlike(own ?? input.text, name) ? name : own;
		},
		guest: (text) => (text !== undefined && said.hold(text) ? text : facts.guest?.text),
		name: (text) => {
			if (facts.name !== null) return facts.name.text;
			// «запись на имя Светлана» names somebody too: unasked, only what the rules read as the client's own name is one.
			if (!contactQuestions.has(input.question?.kind ?? '')) return undefined;
			return text !== undefined && isWritten(input.text, text) && cleanPersonName(text) !== null ? text : undefined;
		},
		phone: (text) => {
			if (facts.phone !== null) return facts.phone.text;
			const written = text !== undefined && input.text.includes(text) && text.replace(/\P{Nd}/gu, '').length >= FEWEST_PHONE_DIGITS;
			return written && facts.when === null ? text : undefined;
		},
	};
}

/** Words that only repeat a date, a person or a phone name no service. */
function namesMore(facts: Facts, text: string): boolean {
	const others = [facts.when, facts.staff, facts.guest, facts.name, facts.phone].flatMap((fact) => (fact === null ? [] : toWords(fact.text).list.map((word) => word.text)));
	return toWords(text).list.some((word) => word.text.length > 2 && !others.includes(word.text));
}

function isWritten(text: string, part: string): boolean {
	return fold(text.normalize('NFC')).includes(fold(part.normalize('NFC')));
}

/** «к Оленьке» may be Ольга: some word begins as the name does. */
function isAlike(text: string, name: string): boolean {
	const starts = toWords(name).list.filter((word) => word.text.length >= ALIKE).map((word) => word.text.slice(0, ALIKE));
	return toWords(text).list.some((word) => starts.some((start) => word.text.startsWith(start)));
}
