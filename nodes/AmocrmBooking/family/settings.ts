import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../shared/booking/locators';
import { salonPlanField } from '../../shared/vendor/salon-plan';

/** Numbers of things in the account that few salons need; Pipeline > Get Many and Custom Field > Get Many show them. */
function idOption(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder: 'e.g. 5001', description };
}

/** Which pipeline holds visits, which field holds what, and the salon's own rules. */
export function accountSettings(prefix: string): readonly INodeProperties[] {
	const list = (name: string, displayName: string, search: string, description: string, required = true): INodeProperties => ({
		...locator(name, displayName, `search${prefix}${search}`, { required, description }),
	});
	return [
		list('pipelineId', 'Booking Pipeline', 'Pipelines', 'Pipeline whose leads are visits'),
		list('bookedStageId', 'Stage of New Visits', 'Stages', 'Where a new visit is put; a stage of the booking pipeline'),
		list('startFieldId', 'Start Field', 'DateTimeFields', 'Field of leads that holds the start of a visit; type date and time'),
		list('durationFieldId', 'Length Field', 'NumberFields', 'Field of leads that holds the length of a visit in minutes; type number'),
		list('operationFieldId', 'Operation Field', 'TextFields', 'Field of leads for our own mark of an operation, by which a repeated booking is recognised; type text. Nobody else may write into it.'),
		list('specialistFieldId', 'Specialist Field', 'ChoiceFields', 'Field of leads with one choice for each specialist; type select. Leave empty when the responsible user does the visit.', false),
		list('catalogId', 'Service List', 'Lists', 'List of the CRM whose elements are the services. Leave empty when the services stand in the salon plan; a Services Field is then needed.', false),
		salonPlanField,
		{
			displayName: 'CRM Options',
			name: 'crmOptions',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				idOption('Arrived Stage ID', 'arrivedStageId', 'Stage of visits that took place; 142 (won) without this option'),
				idOption('Cancelled Stage ID', 'cancelledStageId', 'Stage of cancelled visits; 143 (lost) without this option'),
				idOption('Comment Field ID', 'commentFieldId', 'Field of leads for what the client asked for and whom the visit is for; without it nobody can be booked for somebody else'),
				idOption('Confirmed Stage ID', 'confirmedStageId', 'Stage of visits that the client confirmed'),
				idOption('Dialogue Pipeline ID', 'dialoguePipelineId', 'Pipeline through which Booking Agent moves the lead of a dialogue'),
				idOption('Dialogue Stage: Booked', 'dialogueStageBooked', 'Stage of a dialogue that ended in a booking'),
				idOption('Dialogue Stage: Came', 'dialogueStageCame', 'Stage after a visit took place'),
				idOption('Dialogue Stage: Cancelled', 'dialogueStageCancelled', 'Stage after a visit was cancelled'),
				idOption('Dialogue Stage: New', 'dialogueStageNew', 'Stage of a dialogue that begins'),
				idOption('Dialogue Stage: No Show', 'dialogueStageNoShow', 'Stage after a client did not come'),
				idOption('Dialogue Stage: Talking', 'dialogueStageTalking', 'Stage of a dialogue that goes on'),
				idOption('Loss Reason ID: Cancelled', 'lossReasonCancelledId', 'Reason written on a visit that is cancelled'),
				idOption('Loss Reason ID: No Show', 'lossReasonNoShowId', 'Reason that makes a lost lead a visit the client missed'),
				idOption('Loss Reason ID: Time Taken', 'lossReasonTakenId', 'Reason written on a visit that lost its time to an earlier one'),
				idOption('No Show Stage ID', 'noShowStageId', 'Stage of visits the client missed'),
				idOption('Price Field ID', 'priceFieldId', 'Field of the service list that holds the price, where it is not the usual one'),
				idOption('Service Length Field ID', 'serviceDurationFieldId', 'Field of the service list that holds the length in minutes; without it the lengths stand in the salon plan'),
				idOption('Services Field ID', 'servicesFieldId', 'Text field of leads for the services of a visit, where they are not elements of a list'),
				{
					displayName: 'Without Specialist',
					name: 'withoutSpecialist',
					type: 'options',
					options: [
						{ name: 'Takes Everybody\'s Time', value: 'everybody', description: 'Nobody can be booked beside a visit without a specialist' },
						{ name: 'Takes Nobody\'s Time', value: 'nobody', description: 'A visit without a specialist is passed over' },
					],
					default: 'everybody',
					description: 'What a visit without a specialist means for free times',
				},
			],
		},
	];
}
