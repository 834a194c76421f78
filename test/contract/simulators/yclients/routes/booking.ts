import { type Answer, empty, fieldsOf, type Route, type SimRequest } from '../../kit';
import { type CompanyCall, companyRoute, partnerRoute, userRoute } from '../access';
import { isFree } from '../availability';
import { plan, pricedServices } from '../booking';
import { clientByPhone, matchedClient } from '../clients';
import { Refusal, success } from '../envelope';
import { bodyOf, demand, digitsOf, isPhone, numberOf, textOf } from '../inputs';
import type { BookingRecord, Company } from '../model';
import type { Sim } from '../sim';
import { iso, naive, readDatetime } from '../time';
import { phoneFor, staffBrief } from '../views/people';

/** Online booking as the client's widget does it, and what a visitor may do with the hash of a booking. */
export function bookingRoutes(sim: Sim): readonly Route[] {
	const move = (call: CompanyCall, record: BookingRecord): Answer => moveBooking(sim, call, record);
	return [
		companyRoute(sim, 'POST', '/book_check/{c}', ({ company, request }) => {
			plan(sim, company, bodyOf(sim, request).appointments);
			return sim.switches.bookCheckBody === 'empty' ? empty(201) : success(null, { message: 'Created' }, 201);
		}),
		companyRoute(sim, 'POST', '/book_code/{c}', ({ request }) => {
			const { phone } = bodyOf(sim, request);
			if (!isPhone(phone)) throw new Refusal(422, sim.profile.texts.badPhone, { code: 431 });
			sim.state.codes.set(digitsOf(phone), String(sim.random.integer(1000, 9999)));
			return success(null, [], 201);
		}),
		companyRoute(sim, 'POST', '/book_record/{c}', (call) => bookRecord(sim, call)),
		companyRoute(sim, 'GET', '/book_record/{c}/{record}/{hash}', ({ company, user, request }) => {
			const record = byHash(sim, request);
			if (record.companyId !== company.id) throw new Refusal(404, sim.profile.texts.notFound);
			return success(bookingView(sim, company, user, record));
		}),
		userRoute(sim, 'journal-edit', 'PUT', '/book_record/{c}/{record}', (call) => move(call, liveRecord(sim, call.company, call.request.params.record))),
		partnerRoute(sim, 'GET', '/user/records/{record}/{hash}', ({ request, user }) => {
			const record = byHash(sim, request);
			return success(bookingView(sim, branchOf(sim, record), user, record));
		}),
		partnerRoute(sim, 'DELETE', '/user/records/{record}/{hash}', ({ request }) => cancelByHash(sim, request)),
		...(sim.profile.altegioRoutes
			? [companyRoute(sim, 'PUT', '/book_record/{c}/{record}/{hash}', (call) => {
				const record = byHash(sim, call.request);
				return move(call, liveRecord(sim, call.company, String(record.id)));
			})]
			: []),
	];
}

function bookRecord(sim: Sim, { company, request }: CompanyCall): Answer {
	const { state, profile: { texts } } = sim;
	const body = bodyOf(sim, request);
	if (!isPhone(body.phone)) throw new Refusal(422, texts.badPhone, { code: 431 });
	const name = textOf(body.fullname)?.trim() ?? '';
	if (name === '') throw new Refusal(422, texts.noName, { code: 435 });
	if (company.phoneConfirmation && (body.code === undefined || textOf(body.code) !== state.codes.get(digitsOf(body.phone)))) throw new Refusal(422, texts.badCode, { code: 432 });
	demand(sim, {
		...(company.emailRequired && (textOf(body.email) ?? '') === '' ? { email: texts.required } : {}),
		...(company.commentRequired && (textOf(body.comment) ?? '') === '' ? { comment: texts.required } : {}),
	});
	if (clientByPhone(sim, company, body.phone)?.blacklisted === true) throw new Refusal(403, texts.blacklisted, { code: 434 });
	const planned = plan(sim, company, body.appointments);
	const client = matchedClient(sim, company, { phone: body.phone, name, email: textOf(body.email) });
	const visitId = state.nextId('visit');
	const now = sim.clock.now();
	const made = planned.map(({ id, services, staff, start, seconds }) => {
		const record = state.addRecord({
			companyId: company.id, staffId: staff.id, clientId: client.id, services: pricedServices(services), start, seanceLength: seconds, breakSeconds: 0,
			comment: textOf(body.comment) ?? '', attendance: 0, confirmed: 1, apiId: textOf(body.api_id) ?? '', labels: [], customFields: { ...fieldsOf(body.custom_fields) }, customColor: '',
			smsRemainHours: numberOf(body.notify_by_sms) ?? 0, emailRemainHours: numberOf(body.notify_by_email) ?? 0, activityId: 0, online: true, createdUserId: 0, createdAt: now, visitId,
		});
		return { id, record_id: record.id, record_hash: record.hash };
	});
	return success(made, [], 201);
}

/** Time only: same person, same services. */
function moveBooking(sim: Sim, { company, request, user }: CompanyCall, record: BookingRecord): Answer {
	const { texts } = sim.profile;
	const body = bodyOf(sim, request);
	const start = readDatetime(sim, company, body.datetime);
	if (start === null) throw new Refusal(422, texts.invalid, { errors: { datetime: [texts.required] } });
	changeable(sim, company, record);
	const staff = sim.state.staff.get(record.staffId);
	if (staff === undefined || !isFree(sim, company, staff, start, record.seanceLength, record.id)) {
		throw new Refusal(422, texts.busy(staff?.name ?? '', record.staffId, naive(company, start).replace(' ', 'T')), { code: 433 });
	}
	record.start = start;
	record.comment = textOf(body.comment) ?? record.comment;
	record.changedAt = sim.clock.now();
	sim.state.changed(company.id, 'record', record.id, 'update');
	return success(bookingView(sim, company, user, record));
}

function cancelByHash(sim: Sim, request: SimRequest): Answer {
	const record = byHash(sim, request);
	if (record.deleted || sim.switches.userRecordDelete === '404') throw new Refusal(404, sim.profile.texts.notFound);
	changeable(sim, branchOf(sim, record), record);
	record.deleted = true;
	record.changedAt = sim.clock.now();
	sim.state.changed(record.companyId, 'record', record.id, 'delete');
	return sim.switches.userRecordDelete === '204' ? empty(204) : success(null);
}

function changeable({ clock, profile }: Sim, company: Company, record: BookingRecord): void {
	if (!company.allowChange || record.start - clock.now() < company.changeDelaySeconds * 1000) throw new Refusal(403, profile.texts.changeForbidden);
}

function liveRecord({ state, profile }: Sim, company: Company, id: string | undefined): BookingRecord {
	const record = state.records.get(Number(id));
	if (record?.companyId !== company.id || record.deleted) throw new Refusal(404, profile.texts.notFound);
	return record;
}

function byHash({ state, profile }: Sim, { params }: SimRequest): BookingRecord {
	const record = state.records.get(Number(params.record));
	if (record === undefined || record.hash !== params.hash) throw new Refusal(404, profile.texts.notFound);
	return record;
}

function branchOf({ state, profile }: Sim, { companyId }: BookingRecord): Company {
	const company = state.companies.get(companyId);
	if (company === undefined) throw new Refusal(404, profile.texts.noCompany);
	return company;
}

/** The shorter form of a visitor's booking. */
function bookingView(sim: Sim, company: Company, user: CompanyCall['user'], record: BookingRecord): unknown {
	const staff = sim.state.staff.get(record.staffId);
	const client = record.clientId === null ? undefined : sim.state.clients.get(record.clientId);
	return {
		id: record.id, services: record.services.map(({ id, title, cost }) => ({ id, title, cost, price_min: cost, price_max: cost, discount: 0, amount: 1, seance_length: record.seanceLength })),
		company: { id: company.id, title: company.title, country_id: 1, city_id: 2, phone: company.phone, timezone: company.zone, address: company.address, coordinate_lat: 0, coordinate_lon: 0 },
		staff: { ...fieldsOf(staffBrief(staff)), spec: staff?.specialization }, client: client === undefined ? null : { id: client.id, name: client.name, phone: phoneFor(sim, user, client) },
		date: naive(company, record.start), datetime: iso(sim, company, record.start, true), create_date: iso(sim, company, record.createdAt, true), comment: record.comment, deleted: record.deleted,
		attendance: record.attendance, confirmed: record.confirmed, length: record.seanceLength, notify_by_sms: record.smsRemainHours, notify_by_email: record.emailRemainHours, online: record.online,
		allow_delete_record: company.allowChange, allow_change_record: company.allowChange,
	};
}
