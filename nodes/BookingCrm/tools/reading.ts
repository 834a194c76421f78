import { dateArgument, defineTool } from './tool';

export const getServices = defineTool({
	name: 'get_services',
	description: 'Services the salon offers, with ids, prices and lengths. Never name a service or price that is not in the answer.',
	schema: (z) => z.object({}),
	run: (desk) => desk.getServices(),
});

export const getStaff = defineTool({
	name: 'get_staff',
	description: 'People who perform services, with ids. With serviceId only those who do this service.',
	schema: (z) => z.object({ serviceId: z.string().optional().describe('An id from get_services') }),
	run: (desk, args) => desk.getStaff(args),
});

export const getAvailableSlots = defineTool({
	name: 'get_available_slots',
	description:
		'Free times for services, each with a slotId. Only a slotId of this chat can be booked. For moving a visit pass its appointmentId. Offer the client 3 to 5 of them.',
	schema: (z) =>
		z.object({
			serviceIds: z.array(z.string()).min(1).max(4).describe('Ids from get_services'),
			staffId: z.string().optional().describe('An id from get_staff, when the client wants this person'),
			from: dateArgument(z, 'First day'),
			to: dateArgument(z, 'Last day, at most 31 days'),
			appointmentId: z.string().optional().describe('The visit that is to be moved'),
		}),
	run: (desk, args) => desk.getAvailableSlots(args),
});

export const getClientByPhone = defineTool({
	name: 'get_client_by_phone',
	description: 'The client card of the person in this chat, found by the phone the channel proves. It takes no phone.',
	schema: (z) => z.object({}),
	run: (desk) => desk.getClientByPhone(),
});

export const getClientAppointments = defineTool({
	name: 'get_client_appointments',
	description: 'Future visits of the person in this chat, with ids for moving and cancelling.',
	schema: (z) => z.object({}),
	run: (desk) => desk.getClientAppointments(),
});
