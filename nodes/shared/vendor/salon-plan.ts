import type { INodeProperties } from 'n8n-workflow';

const EXAMPLE = {
	company: { name: 'Lavender', zone: 'Europe/Moscow', currency: 'RUB', workingHours: { mon: '10:00-20:00', tue: '10:00-20:00', wed: '10:00-20:00', thu: '10:00-20:00', fri: '10:00-20:00', sat: '11:00-18:00' } },
	services: [{ title: 'Haircut', durationMinutes: 60, price: 2000 }],
	staff: [{ name: 'Anna', services: ['Haircut'] }],
};

/** For a CRM without a booking calendar: what `parsePlan` of core/crm/computed reads. */
export const salonPlanField: INodeProperties = {
	displayName: 'Salon Plan',
	name: 'salonPlan',
	type: 'json',
	typeOptions: { rows: 12 },
	default: JSON.stringify(EXAMPLE, null, 2),
	description: 'Services, staff and working hours, which this CRM does not hold: free times are computed from them and from the visits in the CRM. Use the same plan in every node of a salon.',
};
