import * as v from 'valibot';
import type { ClientProfile, ComingView, Favourite, Names, VisitAtRisk } from '../../core/profile';
import type { ProfileContext } from './context';

const Forms = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

/** A profile as the node puts it out. Money is minor units of `currency`, instants are UTC, days those of the branch. */
export function profileItem(profile: ClientProfile, { salonId, names }: Pick<ProfileContext, 'salonId' | 'names'>): object {
	const { client, history, spending, notes, segments } = profile;
	return {
		salonId,
		clientId: client.id,
		name: client.name,
		phone: client.phone,
		email: client.email,
		birthday: client.birthday,
		blocked: client.blocked,
		segments: [...segments],
		historyKnown: history !== null,
		visits: history?.kept ?? null,
		unmarkedVisits: history?.unmarked ?? null,
		noShows: history?.noShows ?? null,
		cancellations: history?.cancellations ?? null,
		lateCancellations: history?.lateCancellations ?? null,
		noShowRate: history?.noShowRate ?? null,
		cancelRate: history?.cancelRate ?? null,
		firstVisitOn: history?.firstVisitOn ?? null,
		lastVisit: visitItem(history?.lastVisit ?? null, names),
		nextVisit: visitItem(history?.nextVisit ?? null, names),
		usualInterval: history?.usualInterval ?? null,
		favouriteServices: favouriteItems(history?.favouriteServices ?? null, names.service),
		favouriteStaff: favouriteItems(history?.favouriteStaff ?? null, names.staff),
		currency: spending.currency,
		totalSpent: spending.total,
		servicesAmount: spending.services,
		goodsAmount: spending.goods,
		moneyMismatch: spending.mismatch,
		...notesItem(notes),
	};
}

/** The latest comings of any end, newest first. */
export function latestItems({ history }: ClientProfile, names: Names): readonly object[] | null {
	return history === null ? null : history.latest.flatMap((coming) => visitItem(coming, names) ?? []);
}

export function notesItem({ note, nameForms, consentAt, optedOutAt }: ClientProfile['notes']): object {
	const forms = v.safeParse(Forms, nameForms);
	return { note, nameForms: forms.success ? forms.output : null, consentAt, optedOutAt };
}

function visitItem(coming: ComingView | null, names: Names): object | null {
	if (coming === null) return null;
	const { id, date, start, end, services, staffIds, amount } = coming;
	return { visitId: id, date, start, end, services: services.map((service) => ({ ...service, title: service.title || (names.service(service.id)?.name ?? '') })), staff: staffIds.map((staffId) => ({ id: staffId, name: names.staff(staffId)?.name ?? null })), amount };
}

function favouriteItems(favourites: readonly Favourite[] | null, nameOf: Names['service']): readonly object[] | null {
	return favourites === null ? null : favourites.map(({ id, visits, share }) => ({ id, name: nameOf(id)?.name ?? null, active: nameOf(id)?.active ?? false, visits, share }));
}

/** A visit ahead with its risk. */
export function riskItem({ visit, services, date, minute, client, risk }: VisitAtRisk, { salonId, names }: Pick<ProfileContext, 'salonId' | 'names'>): object {
	const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
	return {
		salonId,
		appointmentId: visit.id,
		visitId: visit.visitId,
		start: visit.start,
		date,
		time,
		status: visit.status,
		clientId: client?.id ?? visit.clientId,
		name: client?.name ?? null,
		phone: client?.phone ?? null,
		services: services.map((service) => ({ ...service })),
		staffId: visit.staffId,
		staffName: visit.staffId === null ? null : (names.staff(visit.staffId)?.name ?? null),
		risk: risk.probability,
		level: risk.level,
		salonRate: risk.salonRate,
		reasons: risk.reasons.map((reason) => ({ ...reason })),
	};
}
