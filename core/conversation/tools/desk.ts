import { todayIn } from '../local-time';
import type { BookingCrm, Instant, Phone } from '../../booking';
import { detectLanguage } from '../../language/language';
import { cleanPersonName } from '../../language/personname';
import { findPhone } from '../../language/phone';
import type { ChatKey, ConversationStore } from '../../store/conversation-store';
import type { CatalogueCache } from '../assistant';
import { boundsOf, staffFor, type Catalogue } from '../catalogue';
import { loadCatalogue } from '../catalogue-loader';
import type { Lang } from '../message';
import { ownCards, ownVisits, type OwnLookup } from '../own-visits';
import { confirm } from './confirming';
import { asTurn, type DeskTurn } from './desk-turn';
import { serviceForModel, slotForModel, staffForModel, visitForModel } from './desk-views';
import { deskRefused, deskUnavailable, readFailed, type Failed, type ToolResult } from './result';
import { openCancel, openCreate, openReschedule, type CancelRequest, type CreateRequest, type RescheduleRequest } from './writing';

const MAX_SLOTS = 60;

/** One client's message as the workflow saw it, and what stands behind the desk. Nothing here comes from the model. */
export interface DeskParts {
	readonly store: ConversationStore;
	readonly crm: BookingCrm;
	readonly clock: () => Instant;
	readonly newId?: () => string;
	readonly sleep: (ms: number) => Promise<void>;
	readonly catalogueCache: CatalogueCache;
	readonly chat: ChatKey;
	/** Phone the channel vouches for; null where it has none. */
	readonly clientPhone: Phone | null;
	/** The client's message this call belongs to. */
	readonly clientMessage: string;
	/** Tells one message of the client from the next: a confirmation must come in a later one. */
	readonly messageId: string;
	/** ISO 3166 country by which a phone without a country code is read. */
	readonly phoneCountry: string;
}

/** Days are inclusive `YYYY-MM-DD` in the salon's zone, at most 31 of them. */
export interface SlotRequest {
	readonly serviceIds: readonly string[];
	readonly staffId?: string;
	readonly from: string;
	readonly to: string;
	/** Set to look for a new time of this own visit. */
	readonly appointmentId?: string;
}

/** What a model may do at the desk. Nothing here writes to the CRM but `confirmAction`. */
export interface ToolDesk {
	getServices(): Promise<ToolResult>;
	getStaff(request: { readonly serviceId?: string }): Promise<ToolResult>;
	getAvailableSlots(request: SlotRequest): Promise<ToolResult>;
	getClientByPhone(): Promise<ToolResult>;
	getClientAppointments(): Promise<ToolResult>;
	createClient(request: { readonly name: string }): Promise<ToolResult>;
	createAppointment(request: CreateRequest): Promise<ToolResult>;
	rescheduleAppointment(request: RescheduleRequest): Promise<ToolResult>;
	cancelAppointment(request: CancelRequest): Promise<ToolResult>;
	confirmAction(request: { readonly pendingId: string }): Promise<ToolResult>;
	/** Keeps a phone the client typed in this message, so that a later call may use it as an unproven one. */
	noteMessage(): Promise<void>;
}

/** What the parts of the desk share. */
export interface DeskContext extends DeskParts {
	readonly lang: Lang;
	/** The phone the client wrote in this very message. */
	readonly typedPhone: Phone | null;
	/** How own records are looked up; the only way to one. */
	own(turn: DeskTurn | null): OwnLookup;
}

/**
 * Nine tools and a confirmation with their guards in code: whatever a model asks for, it sees only the client's own
 * records, books only starts the CRM offered in this chat, and writes only after the client's own later yes.
 */
export function createToolDesk(parts: DeskParts): ToolDesk {
	const context = contextOf(parts);
	const turn = (tool: string, work: (turn: DeskTurn, catalogue: Catalogue) => Promise<ToolResult>): Promise<ToolResult> =>
		asTurn(parts, tool, async (open) => {
			const catalogue = await readCatalogue(context);
			return 'next' in catalogue ? catalogue : work(open, catalogue);
		});
	return {
		getServices: () => read(context, (catalogue) => ({ services: catalogue.services.map(serviceForModel) })),
		getStaff: ({ serviceId }) =>
			read(context, (catalogue) => ({ staff: staffFor(catalogue, serviceId === undefined ? [] : [serviceId]).map(staffForModel) })),
		getAvailableSlots: (request) => turn('get_available_slots', (open, catalogue) => availableSlots(context, open, catalogue, request)),
		getClientByPhone: () => clientByPhone(context),
		getClientAppointments: () => clientAppointments(context),
		createClient: (request) => turn('create_client', async (open) => noteName(open, request.name)),
		createAppointment: (request) => turn('create_appointment', (open, catalogue) => openCreate(context, open, catalogue, request)),
		rescheduleAppointment: (request) => turn('reschedule_appointment', (open, catalogue) => openReschedule(context, open, catalogue, request)),
		cancelAppointment: (request) => turn('cancel_appointment', (open, catalogue) => openCancel(context, open, catalogue, request)),
		confirmAction: (request) => turn('confirm_action', (open, catalogue) => confirm(context, open, catalogue, request.pendingId)),
		async noteMessage() {
			const { typedPhone } = context;
			if (typedPhone === null || parts.clientPhone !== null) return;
			await asTurn(parts, 'note_phone', async (open) => {
				open.set({ typedPhone });
				return { status: 'ok' };
			});
		},
	};
}

function contextOf(parts: DeskParts): DeskContext {
	return {
		...parts,
		lang: detectLanguage(parts.clientMessage) === 'en' ? 'en' : 'ru',
		typedPhone: findPhone(parts.clientMessage, parts.phoneCountry)?.phone ?? null,
		own: (turn) => ({
			crm: parts.crm,
			store: parts.store,
			chat: parts.chat,
			now: turn?.now ?? parts.clock(),
			verifiedPhone: parts.clientPhone,
			log: (kind, data) => turn?.log(kind, data),
		}),
	};
}

async function readCatalogue(context: DeskContext): Promise<Catalogue | Failed> {
	const loaded = await loadCatalogue(context.crm, context.chat.tenant, context.catalogueCache);
	return loaded.kind === 'ok' ? loaded.value : readFailed(loaded);
}

async function read(context: DeskContext, view: (catalogue: Catalogue) => Record<string, unknown>): Promise<ToolResult> {
	const catalogue = await readCatalogue(context);
	if ('next' in catalogue) return catalogue;
	return { status: 'ok', zone: catalogue.company.zone, today: todayIn(context.clock(), catalogue.company.zone), ...view(catalogue) };
}

async function availableSlots(context: DeskContext, turn: DeskTurn, catalogue: Catalogue, request: SlotRequest): Promise<ToolResult> {
	const { appointmentId, ...query } = request;
	if (request.serviceIds.some((id) => !catalogue.services.some((service) => service.id === id))) return deskRefused('unknown_service');
	if (request.staffId !== undefined && !catalogue.staff.some((person) => person.id === request.staffId)) return deskRefused('unknown_staff');
	if (appointmentId !== undefined) {
		const own = await ownVisits(context.own(turn));
		if (own === null) return deskUnavailable();
		if (!own.some((visit) => visit.id === appointmentId)) return deskRefused('not_this_client');
	}
	const slots = await context.crm.slots({ ...query, ...(appointmentId === undefined ? {} : { excludeAppointmentId: appointmentId }) });
	if (slots.kind !== 'ok') return readFailed(slots);
	const known = new Set(catalogue.staff.map((person) => person.id));
	const { notBefore, lastDay } = boundsOf(catalogue, turn.now);
	const free = slots.value.filter((slot) => known.has(slot.staffId) && Date.parse(slot.start) >= Date.parse(notBefore) && slot.start.slice(0, 10) <= lastDay);
	const shown = free.slice(0, MAX_SLOTS);
	const purpose = appointmentId === undefined ? 'create' : 'reschedule';
	return {
		status: 'ok',
		zone: catalogue.company.zone,
		more: free.length - shown.length,
		slots: shown.map((slot) => slotForModel(turn.offer({ ...slot, serviceIds: [...slot.serviceIds], purpose }), slot, catalogue)),
	};
}

async function clientByPhone(context: DeskContext): Promise<ToolResult> {
	if (context.clientPhone === null) return deskRefused('identity_needed');
	const cards = await ownCards(context.own(null));
	if (cards === null) return deskUnavailable();
	return { status: 'ok', clients: cards.map(({ id, name }) => ({ clientId: id, name: name === null ? null : cleanPersonName(name) })) };
}

async function clientAppointments(context: DeskContext): Promise<ToolResult> {
	const catalogue = await readCatalogue(context);
	if ('next' in catalogue) return catalogue;
	const visits = await ownVisits(context.own(null));
	if (visits === null) return deskUnavailable();
	return { status: 'ok', zone: catalogue.company.zone, appointments: visits.map((visit) => visitForModel(visit, catalogue)) };
}

async function noteName(turn: DeskTurn, text: string): Promise<ToolResult> {
	const name = cleanPersonName(text);
	if (name === null) return deskRefused('name_needed');
	turn.set({ name });
	return { status: 'ok', name, note: 'The card is opened together with the first confirmed visit. Go on with create_appointment.' };
}
