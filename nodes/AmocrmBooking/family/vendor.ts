import { type AmocrmSettings, apiUrlOf, createAmocrmCrm, createAmocrmReader, createAmocrmTransport, createFacts, hostOf, type office, RATE_WINDOWS } from '../../../core/crm/amocrm';
import type { Transport } from '../../../core/crm/http';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { baseUrlOf, transportParts } from '../../shared/vendor/account';
import type { CrmVendor, Opening, VendorAccount } from '../../shared/vendor/vendor';
import type { BrandOnCanvas } from './brand';
import { familySearches } from './searches';
import { accountSettings } from './settings';

/** An account of either brand. */
export interface AmocrmAccount extends VendorAccount {
	readonly office: office.Office;
	/** As deliveries name it. */
	readonly subdomain: string;
	readonly pipelineId: string;
}

/** A brand as the nodes open it. */
export function brandVendor(canvas: BrandOnCanvas): CrmVendor<AmocrmAccount> {
	const { brand, value, description, signIns, searchPrefix } = canvas;
	return {
		value,
		name: brand.vendor,
		description,
		signIns,
		settings: accountSettings(searchPrefix),
		open: (opening) => openAccount(canvas, opening),
		searches: familySearches(searchPrefix, (opening) => ({ transport: connect(canvas, opening).transport, brand })),
	};
}

interface Connection {
	readonly transport: Transport;
	readonly host: string;
}

/** Throws `TypeError` for a subdomain that is none. */
function connect({ brand }: BrandOnCanvas, opening: Opening): Connection {
	const { credential, lane } = opening;
	const host = hostOf(brand, textOf(credential.subdomain));
	const baseUrl = baseUrlOf(credential.baseUrl, apiUrlOf(brand, host));
	// the vendor counts the requests of an integration in an account
	const transport = createAmocrmTransport({ ...transportParts(opening, { baseUrl, scope: `${brand.vendor} ${new URL(baseUrl).host}`, windows: RATE_WINDOWS }) }, brand).inLane(lane);
	return { transport, host };
}

function openAccount(canvas: BrandOnCanvas, opening: Opening): AmocrmAccount {
	const { brand } = canvas;
	const { transport, host } = connect(canvas, opening);
	const settings = settingsOf(opening);
	const identity = [host, settings];
	const crm = createAmocrmCrm({
		transport,
		brand,
		settings,
		account: host,
		lock: opening.lock(host),
		clock: opening.clock,
		onUnknownValue: opening.onUnknownValue,
		facts: opening.kept('facts', identity, createFacts),
	});
	const reader = createAmocrmReader({ settings, brand, onUnknownValue: opening.onUnknownValue });
	return { crm, leads: crm, reader, transport, identity, office: { transport, brand }, subdomain: host.slice(0, host.indexOf('.')), pipelineId: String(settings.pipelineId), findClients: (part) => crm.clientsLike(part), rawItems };
}

const REQUIRED: Readonly<Record<string, string>> = { pipelineId: 'Booking Pipeline', bookedStageId: 'Stage of New Visits', startFieldId: 'Start Field', durationFieldId: 'Length Field', operationFieldId: 'Operation Field' };

function settingsOf(opening: Opening): AmocrmSettings {
	const chosen = (name: string): string => {
		const id = textOf(opening.setting(name));
		if (id === '') throw new ParameterError(`Nothing is chosen in "${REQUIRED[name] ?? name}"`, 'Choose it from the list, or enter its number.');
		return id;
	};
	const more = opening.settings('crmOptions');
	const optional = (value: unknown): string | undefined => textOf(value) || undefined;
	const option = (name: string): string | undefined => optional(more[name]);
	const dialogues = option('dialoguePipelineId');
	return {
		pipelineId: chosen('pipelineId'),
		statuses: { booked: chosen('bookedStageId'), confirmed: option('confirmedStageId'), arrived: option('arrivedStageId'), noShow: option('noShowStageId'), cancelled: option('cancelledStageId') },
		fields: {
			start: chosen('startFieldId'),
			duration: chosen('durationFieldId'),
			operation: chosen('operationFieldId'),
			specialist: optional(opening.setting('specialistFieldId')),
			services: option('servicesFieldId'),
			comment: option('commentFieldId'),
		},
		catalogId: optional(opening.setting('catalogId')),
		catalogFields: { duration: option('serviceDurationFieldId'), price: option('priceFieldId') },
		lossReasons: { cancelled: option('lossReasonCancelledId'), taken: option('lossReasonTakenId'), noShow: option('lossReasonNoShowId') },
		...(more.withoutSpecialist === 'nobody' ? { withoutSpecialist: 'nobody' } : {}),
		...(dialogues === undefined
			? {}
			: {
					desk: {
						pipelineId: dialogues,
						stages: {
							new: option('dialogueStageNew'), talking: option('dialogueStageTalking'), booked: option('dialogueStageBooked'),
							came: option('dialogueStageCame'), no_show: option('dialogueStageNoShow'), cancelled: option('dialogueStageCancelled'),
						},
					},
				}),
		plan: opening.setting('salonPlan') as AmocrmSettings['plan'],
	};
}

/** Rows of a list; everything else as it came, and an empty answer as nothing. */
function rawItems(payload: unknown): unknown {
	if (payload === null || payload === undefined) return [];
	const embedded: unknown = typeof payload === 'object' && '_embedded' in payload && !('id' in payload) ? payload._embedded : null;
	const lists = typeof embedded === 'object' && embedded !== null ? Object.values(embedded).filter((value) => Array.isArray(value)) : [];
	return lists.length === 1 ? lists[0] : payload;
}
