import { type BookingCrm, ok, type Outcome, refused, type StreamName, type StreamPage, type StreamRecord } from '../../../booking';
import { capabilitiesOf } from '../adapter';
import { manualCompany } from '../manual';
import { type DikidiSettings, settingsOf } from '../settings';
import type { ImportedClient } from './clients';
import type { ImportedVisit } from './visits';

export interface ImportSourceParts {
	readonly companyId: string;
	readonly settings: DikidiSettings;
	/** What files of the back office held; a list that is absent was not imported. */
	readonly clients?: readonly ImportedClient[];
	readonly visits?: readonly ImportedVisit[];
}

/**
 * Files of the back office as a CRM that the sync can read. A file is what stood in it and never the whole truth, so
 * nothing is ever missed by it. Throws `TypeError` for settings that cannot be.
 */
export function createImportSource({ companyId, settings: input, clients, visits }: ImportSourceParts): Pick<BookingCrm, 'company' | 'stream' | 'capabilities'> {
	const settings = settingsOf(input);
	const lists: Readonly<Partial<Record<StreamName, readonly StreamRecord[]>>> = {
		...(clients === undefined ? {} : { clients: clients.map((client) => ({ id: client.id, data: { ...client } })) }),
		...(visits === undefined ? {} : { visits: visits.map((visit) => ({ id: visit.id, data: { ...visit, clientId: ownerOf(visit, clients ?? []) } })) }),
	};
	return {
		capabilities: { ...capabilitiesOf(input), streams: Object.keys(lists) as StreamName[] },
		company: async () => ok(manualCompany(settings, companyId)),
		stream: (name) => only(lists[name]),
	};
}

async function* only(records: readonly StreamRecord[] | undefined): AsyncGenerator<Outcome<StreamPage>> {
	yield records === undefined ? refused('unsupported', 'The import holds no such list.') : ok({ records, cursor: null, exact: false });
}

/** A file of visits names a client by name and phone: whose card that is, or nobody's where it could be two. */
function ownerOf({ clientName, clientPhone }: ImportedVisit, clients: readonly ImportedClient[]): string | null {
	if (clientPhone === null) return null;
	const byPhone = clients.filter(({ phone }) => phone === clientPhone);
	const [one, ...others] = byPhone.length === 1 ? byPhone : byPhone.filter(({ name }) => name === clientName);
	return one === undefined || others.length > 0 ? null : one.id;
}
