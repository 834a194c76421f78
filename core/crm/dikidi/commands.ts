/** Commands of the gateway contract; the owner ticks those that their gateway really does. */
export const GATEWAY_COMMANDS = [
	'company.get', 'services.list', 'staff.list', 'dates.list', 'slots.list', 'client.find', 'client.create', 'client.update',
	'booking.create', 'booking.get', 'booking.list', 'booking.reschedule', 'booking.cancel',
] as const;
/** One of {@link GATEWAY_COMMANDS}. */
export type GatewayCommand = (typeof GATEWAY_COMMANDS)[number];

/**
 * What an operation of the port needs of a gateway. A write needs the reads that prove it: without them an unclear answer
 * could never become a clear one.
 */
const NEEDS = {
	slots: ['slots.list'],
	findClient: ['client.find'],
	createClient: ['client.find', 'client.create'],
	updateClient: ['client.find', 'client.update'],
	appointments: ['booking.list'],
	appointment: ['booking.get'],
	createAppointment: ['slots.list', 'client.find', 'booking.list', 'booking.create'],
	rescheduleAppointment: ['slots.list', 'booking.list', 'booking.get', 'booking.reschedule'],
	cancelAppointment: ['booking.get', 'booking.cancel'],
} as const satisfies Readonly<Record<string, readonly GatewayCommand[]>>;
/** An operation of the port that needs commands. */
export type CommandedOperation = keyof typeof NEEDS;

/** The commands an operation needs and the gateway does not have. */
export function missingFor(operation: CommandedOperation, commands: readonly GatewayCommand[]): readonly GatewayCommand[] {
	return NEEDS[operation].filter((command) => !commands.includes(command));
}
