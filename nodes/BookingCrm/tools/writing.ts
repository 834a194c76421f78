import { defineTool } from './tool';

const PENDING = 'Nothing is written: the answer is a summary the client must confirm in their next message.';

export const createClient = defineTool({
	name: 'create_client',
	description: "Notes the client's name. The card is opened together with the first confirmed visit.",
	schema: (z) => z.object({ name: z.string().max(100).describe('The name the client gave') }),
	run: (desk, args) => desk.createClient(args),
});

export const createAppointment = defineTool({
	name: 'create_appointment',
	description: `Prepares a visit. ${PENDING}`,
	schema: (z) =>
		z.object({
			slotId: z.string().describe('A slotId from get_available_slots of this chat'),
			clientName: z.string().max(100).optional().describe('The name the client gave'),
			guestName: z.string().max(100).optional().describe('Who the visit is for, when it is not the client'),
		}),
	run: (desk, args) => desk.createAppointment(args),
});

export const rescheduleAppointment = defineTool({
	name: 'reschedule_appointment',
	description: `Prepares the move of a visit. ${PENDING}`,
	schema: (z) =>
		z.object({
			appointmentId: z.string().describe('An id from get_client_appointments'),
			slotId: z.string().describe('A slotId from get_available_slots called with this appointmentId'),
		}),
	run: (desk, args) => desk.rescheduleAppointment(args),
});

export const cancelAppointment = defineTool({
	name: 'cancel_appointment',
	description: `Prepares the cancellation of a visit. ${PENDING}`,
	schema: (z) => z.object({ appointmentId: z.string().describe('An id from get_client_appointments') }),
	run: (desk, args) => desk.cancelAppointment(args),
});

export const confirmAction = defineTool({
	name: 'confirm_action',
	description: "Carries out the prepared action. Works only when the client's latest message, written after the summary, is a plain yes.",
	schema: (z) => z.object({ pendingId: z.string().describe('The pendingId of the prepared action') }),
	run: (desk, args) => desk.confirmAction(args),
});
