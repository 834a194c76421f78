import * as v from 'valibot';
import { type Outcome, ok } from '../../../booking';
import { WIRE_ID } from '../wire';
import { bodyOf, type CardFields } from './cards';
import type { Office } from './office';

/** What a lead with its contact and company became. */
export interface ComplexLead {
	readonly leadId: string;
	readonly contactId: string | null;
	readonly companyId: string | null;
	/** Duplicate control took records that were there: their values may not be the ones sent. */
	readonly merged: boolean;
}

/** Records of one call; each holds its own fields. */
export interface ComplexFields {
	readonly lead: CardFields;
	readonly contact?: CardFields;
	readonly company?: CardFields;
}

const MADE = v.looseObject({ id: WIRE_ID, contact_id: v.nullish(WIRE_ID), company_id: v.nullish(WIRE_ID), merged: v.optional(v.boolean(), false) });
/** A bare list by the vendor's own client, in an envelope by another description. */
const ANSWER = v.union([v.strictTuple([MADE]), v.pipe(v.looseObject({ _embedded: v.looseObject({ leads: v.strictTuple([MADE]) }) }), v.transform(({ _embedded }) => _embedded.leads))]);

/** Opens a lead with a contact and a company in one call, the only one that looks for duplicates. */
export async function createComplexLead({ transport }: Office, { lead, contact, company }: ComplexFields): Promise<Outcome<ComplexLead>> {
	const embedded = { ...(contact === undefined ? {} : { contacts: [bodyOf(contact)] }), ...(company === undefined ? {} : { companies: [bodyOf(company)] }) };
	const json = [{ ...bodyOf(lead), ...(Object.keys(embedded).length === 0 ? {} : { _embedded: embedded }) }];
	const made = await transport.write({ name: 'create_complex_lead', method: 'POST', path: 'leads/complex', json, schema: ANSWER }, 'create_complex_lead');
	if (made.kind !== 'ok') return made;
	const [{ id, contact_id: contactId, company_id: companyId, merged }] = made.value;
	return ok({ leadId: id, contactId: contactId ?? null, companyId: companyId ?? null, merged });
}
