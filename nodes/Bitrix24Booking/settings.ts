import type { INodeProperties } from 'n8n-workflow';
import { salonPlanField } from '../shared/vendor/salon-plan';

const EXAMPLE = {
	company: { bookingNoticeMinutes: 60, changeNoticeMinutes: 120 },
	services: [{ title: 'Haircut', durationMinutes: 60 }],
	staff: [{ name: 'Anna', services: ['Haircut'] }],
};

function chosenInPortal(displayName: string, name: string, search: string, description: string, placeholder: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: search, searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
		],
	};
}

const stage = (displayName: string, name: string, description: string): INodeProperties => chosenInPortal(displayName, name, 'searchBitrix24Stages', description, 'e.g. C9:NEW');
const field = (displayName: string, name: string, description: string): INodeProperties => chosenInPortal(displayName, name, 'searchBitrix24DealFields', description, 'e.g. UF_CRM_BOOKING_START');
const leadStage = (displayName: string, name: string, description: string): INodeProperties => ({ displayName, name, type: 'string', default: '', placeholder: 'e.g. IN_PROCESS or C3:NEW', description });

/** Where visits stand in a portal, and what it does not tell. */
export const PORTAL_SETTINGS: readonly INodeProperties[] = [
	{
		displayName: 'Visits Are',
		name: 'visitsAre',
		type: 'options',
		options: [
			{ name: 'Bookings', value: 'booking', description: 'Of the portal’s Online Booking: resources with hours of their own. With a pipeline each booking gets a deal.' },
			{ name: 'Deals', value: 'crm', description: 'Of one pipeline, or elements of a smart process, with fields for start, end, services and staff' },
		],
		default: 'booking',
		description: 'Where the portal keeps appointments',
	},
	{
		...chosenInPortal('Pipeline', 'pipelineId', 'searchBitrix24Pipelines', 'The pipeline of visits. Needed where visits are deals; with bookings it gets their deals, without one a cancelled booking leaves no trace.', 'e.g. 9'),
	},
	{
		...salonPlanField,
		default: JSON.stringify(EXAMPLE, null, 2),
		description: 'What the portal does not tell: length of services, who does what, notice; where visits are deals also hours and time zone. Rows are matched by name with the services and people of the portal. Use the same plan in every node of a salon.',
	},
	{
		displayName: 'CRM Options',
		name: 'crmOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			stage('Arrived Stage', 'arrivedStage', 'Stage of visits that took place; the won stage of the pipeline without it'),
			stage('Booked Stage', 'bookedStage', 'Stage of new visits; the first stage of the pipeline, NEW, without it'),
			{ displayName: 'Calendars Take Time', name: 'calendars', type: 'boolean', default: false, description: 'Whether entries in the calendars of employees take their time too, where visits are deals' },
			stage('Cancelled Stage', 'cancelledStage', 'Stage of cancelled visits; the lost stage of the pipeline, LOSE, without it'),
			{ displayName: 'Catalogue ID', name: 'catalogueId', type: 'string', default: '', placeholder: 'e.g. 23', description: 'Number of the product catalogue, where the user may not ask for it' },
			stage('Confirmed Stage', 'confirmedStage', 'Stage of visits the client has confirmed'),
			{ displayName: 'Duration Property ID', name: 'durationPropertyId', type: 'string', default: '', placeholder: 'e.g. 105', description: 'Number of the catalogue property that holds the minutes of a service; the salon plan is stronger' },
			field('End Field', 'endField', 'User field for the end of a visit, of the type date with time'),
			leadStage('Lead Stage: Booked', 'leadBooked', 'Stage the client’s lead moves to when a visit is booked'),
			leadStage('Lead Stage: Came', 'leadCame', 'Stage that closes the lead when the client came'),
			leadStage('Lead Stage: Cancelled', 'leadCancelled', 'Stage that closes the lead when the visit is cancelled'),
			leadStage('Lead Stage: New', 'leadNew', 'Stage of the lead a new dialogue opens; without it no lead is opened'),
			leadStage('Lead Stage: No Show', 'leadNoShow', 'Stage that closes the lead when the client did not come'),
			leadStage('Lead Stage: Talking', 'leadTalking', 'Stage the lead moves to while the dialogue goes on'),
			{ displayName: 'Leads Are', name: 'leadEntity', type: 'options', options: [{ name: 'Deals', value: 'deal' }, { name: 'Leads', value: 'lead' }], default: 'lead', description: 'What Booking Agent moves through the lead stages as a dialogue goes' },
			{ displayName: 'Leads Pipeline ID', name: 'leadPipelineId', type: 'string', default: '', placeholder: 'e.g. 0', description: 'Pipeline of the deals that are leads' },
			stage('No-Show Stage', 'noShowStage', 'Stage of visits the client missed'),
			{
				displayName: 'People',
				name: 'people',
				type: 'options',
				options: [{ name: 'Employees of the Portal', value: 'employees' }, { name: 'The Salon Plan Alone', value: 'plan' }],
				default: 'employees',
				description: 'Who does the services where visits are deals; of the employees only those the salon plan names, once it names any',
			},
			{ displayName: 'Plan of the Portal', name: 'portalPlan', type: 'options', options: [{ name: 'Enterprise', value: 'enterprise' }, { name: 'Other', value: 'standard' }], default: 'standard', description: 'How many requests the portal allows' },
			{ displayName: 'Price Group ID', name: 'priceGroupId', type: 'string', default: '', placeholder: 'e.g. 1', description: 'Which prices of the catalogue hold; the first group without it' },
			{ displayName: 'Resource Type IDs', name: 'resourceTypeIds', type: 'string', default: '', placeholder: 'e.g. 5, 7', description: 'Which resources of Online Booking are people, separated by commas; all without it' },
			field('Services Field', 'servicesField', 'User field for the services of a visit: text, or one that takes several values'),
			{ displayName: 'Smart Process Number', name: 'smartProcess', type: 'string', default: '', placeholder: 'e.g. 1038', description: 'Where visits are elements of a smart process instead of deals: its entityTypeId' },
			field('Staff Field', 'staffField', 'User field for who does the visit: an employee, a number or text'),
			field('Start Field', 'startField', 'User field for the start of a visit, of the type date with time'),
		],
	},
];
