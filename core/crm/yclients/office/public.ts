import * as v from 'valibot';
import { mapOutcome, ok, type Outcome, refused } from '../../../booking';
import { path } from '../../http';
import { isWireId } from '../context';
import { dataOf, WIRE_ID } from '../wire';
import type { Office, Row } from './office';

/** What anybody may read who meets the salon in the web. */

const FORM = v.looseObject({ id: WIRE_ID, company_id: WIRE_ID, phone_confirmation: v.optional(v.unknown()) });
const POLICY = v.looseObject({});

/** Where a booking form leads. */
export interface BookingForm {
	readonly id: string;
	/** The form may lead to a location without services: the number in the address of the back office is the true one. */
	readonly branchId: string;
	/** Whether a booking needs a code from an SMS, which cannot be asked for here. */
	readonly asksForCode: boolean;
}

/** The form whose number stands in the address of a widget. */
export async function bookingForm({ transport }: Office, formId: string): Promise<Outcome<BookingForm>> {
	if (!isWireId(formId)) return NO_FORM;
	const answer = await transport.read({ name: 'bookform', method: 'GET', path: path`bookform/${formId}`, schema: dataOf(FORM) });
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_FORM;
	return mapOutcome(answer, ({ id, company_id: branchId, phone_confirmation: code }) => ({ id, branchId, asksForCode: code === true || String(code) === '1' }));
}

const NO_FORM = refused('not_found', 'There is no booking form with this number; it stands in the address of the widget.');

/** The privacy policy a client has to agree to before booking, as the vendor gives it; null where the location has none. */
export async function privacyPolicy({ transport, companyId }: Office): Promise<Outcome<Row | null>> {
	const answer = await transport.read({ name: 'privacy_policy', method: 'GET', path: path`privacy_policy/${companyId}`, schema: dataOf(POLICY) });
	return answer.kind === 'refused' && answer.reason === 'not_found' ? ok(null) : answer;
}
