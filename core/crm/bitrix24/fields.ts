import { type Outcome, ok, refused } from '../../booking';
import * as calls from './calls';
import type { Context } from './context';
import { markingFields } from './mark';

/** How the field of services takes several of them. */
export interface FieldForms {
	readonly services: 'text' | 'list';
}

const DEALS = 2;
const TEXT_TYPES: ReadonlySet<string> = new Set(['string', 'text']);

const NO_MARK = refused('unsupported', 'This kind of record has no field for the mark of an operation; keep visits in deals instead.');

/** Looks at the fields the settings name: the portal drops what goes into a field it does not have, without a word. */
export async function readFieldForms({ transport, settings }: Context): Promise<Outcome<FieldForms>> {
	const named = settings.mode === 'crm' ? settings.visits.fields : (settings.deals?.fields ?? {});
	if (Object.keys(named).length === 0) return ok({ services: 'text' });
	const entityTypeId = settings.mode === 'crm' ? settings.visits.entityTypeId : DEALS;
	const answer = await transport.read(calls.itemFields(entityTypeId));
	if (answer.kind !== 'ok') return answer;
	for (const [role, code] of Object.entries(named)) {
		const field = Object.hasOwn(answer.value, code) ? answer.value[code] : undefined;
		if (field === undefined) return refused('invalid_request', `The portal has no field ${code} (${role} of the visit); add it, or name another one in the settings.`);
		if ((role === 'start' || role === 'end') && field.type !== 'datetime') return refused('invalid_request', `The field ${code} has to be of the type date with time: a date alone loses the time.`);
		if (role === 'services' && field.isMultiple !== true && !TEXT_TYPES.has(field.type)) return refused('invalid_request', `The field ${code} has to be text or to take several values: a visit may have several services.`);
	}
	if (settings.mode === 'crm' && markingFields(entityTypeId).some((name) => !Object.hasOwn(answer.value, name))) return NO_MARK;
	const services = named.services === undefined ? undefined : answer.value[named.services];
	return ok({ services: services?.isMultiple === true ? 'list' : 'text' });
}
