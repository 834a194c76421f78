import type { Appointment, Instant } from '../../booking';
import { partOf } from '../../language/when/day-parts';
import type { NewFact } from '../../store/assistant';
import { staffById, type Catalogue } from '../catalogue';
import { localIso, wallTimeOf } from '../local-time';
import type { Lang } from '../message';
import type { VisitDraft } from '../state';
import { newFact } from './expiry';
import { partName } from './parts';
import { relationIn } from './relations';

/** A visit that was just booked, proven by the CRM, and what the client said on the way to it. */
export interface BookedVisit {
	readonly appointment: Appointment;
	/** The draft as it stood when the client said yes; null when the visit came another way. */
	readonly draft: Pick<VisitDraft, 'staff' | 'when' | 'guest'> | null;
	/** Who the visit is for in the client's words («для дочки»); null when it is for the client. */
	readonly guestText: string | null;
	readonly catalogue: Catalogue;
	readonly lang: Lang;
	readonly now: Instant;
}

/**
 * What a booked visit says of the client: whom and which part of the day they asked for by themselves, and whom they
 * book for. A visit for somebody else says nothing of the client's own habits. A value the assistant proposed is no wish.
 */
export function factsAfterBooking(booked: BookedVisit): readonly NewFact[] {
	const { appointment, draft, guestText, catalogue, lang, now } = booked;
	const forOther = guestText !== null || appointment.guestName !== null || (draft?.guest ?? null) !== null;
	if (forOther) {
		const relation = relationIn(`${guestText ?? ''} ${draft?.guest?.value ?? ''}`, lang);
		return relation === null ? [] : [newFact('companion', relation, 'derived', now)];
	}
	const facts: NewFact[] = [];
	const { staff = null, when = null } = draft ?? {};
	const person = staff?.source === 'client' && staff.value === appointment.staffId ? staffById(catalogue, staff.value) : undefined;
	if (person !== undefined) facts.push(newFact('preferred_staff', person.name, 'derived', now));
	const wishedPart = when?.source === 'client' && (when.value.part !== undefined || when.value.time !== undefined);
	if (wishedPart) {
		const part = partOf(wallTimeOf(localIso(appointment.start, catalogue.company.zone)));
		facts.push(newFact('preferred_time', partName(part, lang), 'derived', now));
	}
	return facts;
}
