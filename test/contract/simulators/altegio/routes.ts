import { type Route } from '../kit';
import { companyRoute, partnerRoute, userRoute } from '../yclients/access';
import { clientById } from '../yclients/clients';
import { Refusal, success } from '../yclients/envelope';
import { bodyOf, demand, numberOf, textOf } from '../yclients/inputs';
import type { Sim } from '../yclients/sim';
import { recordIso } from '../yclients/time';

/** What only Altegio is known to answer. */
export function altegioRoutes(sim: Sim): readonly Route[] {
	const { state, profile } = sim;
	return [
		partnerRoute(sim, 'GET', '/bookform/{form}', ({ request: { params } }) => {
			const company = [...state.companies.values()].find(({ formId }) => formId === numberOf(params.form));
			if (company === undefined) throw new Refusal(404, profile.texts.notFound);
			return success({ id: company.formId, company_id: company.id, phone_confirmation: company.phoneConfirmation });
		}),
		companyRoute(sim, 'GET', '/privacy_policy/{c}', ({ company }) => {
			if (company.privacyPolicy === null) throw new Refusal(404, profile.texts.notFound);
			return success({ company_id: company.id, text: company.privacyPolicy });
		}),
		userRoute(sim, 'company', 'GET', '/company/{c}/settings/timetable', ({ company }) => success({ record_technical_break: 0, timetable_step: company.stepMinutes * 60 })),
		userRoute(sim, 'company', 'GET', '/company/{c}/booking_forms', ({ company }) => success([{ id: company.formId, title: 'Main', is_default: 1 }])),
		userRoute(sim, 'company', 'GET', '/resources/{c}', () => success([])),
		userRoute(sim, 'clients', 'GET', '/clients/{c}/clients/{client}/comments', ({ company, request }) => {
			const { comments } = clientById(sim, company, request.params.client);
			return success(comments.map(({ id, text, at }) => ({ id, text, type: 'default', create_date: recordIso(sim, company, at) })));
		}),
		userRoute(sim, 'clients-edit', 'POST', '/clients/{c}/clients/{client}/comments', ({ company, request }) => {
			const client = clientById(sim, company, request.params.client);
			const text = textOf(bodyOf(sim, request).text) ?? '';
			demand(sim, text === '' ? { text: profile.texts.required } : {});
			const comment = { id: state.nextId('comment'), text, at: sim.clock.now() };
			client.comments.push(comment);
			return success({ id: comment.id, text, type: 'default', create_date: recordIso(sim, company, comment.at) }, [], 201);
		}),
	];
}
