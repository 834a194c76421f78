import { getAvailableSlots, getClientAppointments, getClientByPhone, getServices, getStaff } from './reading';
import type { Tool } from './tool';
import { cancelAppointment, confirmAction, createAppointment, createClient, rescheduleAppointment } from './writing';

/** The catalogue of tools, shared by both ways a model can call them. */
export const TOOLS: readonly Tool[] = [
	getServices,
	getStaff,
	getAvailableSlots,
	getClientByPhone,
	getClientAppointments,
	createClient,
	createAppointment,
	rescheduleAppointment,
	cancelAppointment,
	confirmAction,
];

/** A tool by its own name or by its prefixed one, or undefined. */
export function toolNamed(name: unknown, prefix: string): Tool | undefined {
	return TOOLS.find((tool) => name === `${prefix}${tool.name}`);
}

export type { Tool, Zod } from './tool';
