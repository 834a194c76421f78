import type { Service, StaffMember, Company } from '../../../core/booking';
import { understandByRules } from '../../../core/conversation/understand/rules';
import type { Sane } from './prompt';

/** An honest reading of a salon's clients: what doubles lie on top of, never what they are judged by. */
export function saneIn(facts: { readonly company: Company; readonly services: readonly Service[]; readonly staff: readonly StaffMember[] }, now: () => string): Sane {
	return (text, lang) =>
		understandByRules({
			text, lang, now: now(), catalogue: facts, phase: 'collecting', question: null, offers: [], records: [], bookingInProgress: true, managing: false, aids: null,
		}).acts;
}
