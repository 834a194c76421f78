import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN, COMPANY, CONTACT, customFieldsField, LEAD, leadPipelineLocator, leadStageLocator, readCustomFields, readOptionalNumber } from '../family/fields';

export const createComplexLead = defineOperation<AmocrmContext>({
	value: 'createComplex',
	name: 'Create With Contact and Company',
	action: 'Create lead with contact and company',
	description: 'Open a lead, a contact and a company in one call, the only one in which the account looks for duplicates',
	fields: [
		{ displayName: 'Name', name: 'cardName', type: 'string', required: true, default: '', description: 'Title of the lead' },
		leadPipelineLocator(false, 'Leave empty for the main pipeline of the account'),
		leadStageLocator(false, 'Leave empty for the first stage of the pipeline'),
		{ displayName: 'Contact Name', name: 'contactName', type: 'string', default: '', description: 'Leave empty to open no contact' },
		{ displayName: 'Company Name', name: 'companyName', type: 'string', default: '', description: 'Leave empty to open no company' },
		customFieldsField(LEAD, 'leadFields', 'Custom Fields of the Lead'),
		customFieldsField(CONTACT, 'contactFields', 'Custom Fields of the Contact'),
		customFieldsField(COMPANY, 'companyFields', 'Custom Fields of the Company'),
	],
	async run(context, i) {
		const { parameters, account } = context;
		const text = (name: string): string => textOf(parameters.getNodeParameter(name, i, ''));
		const name = text('cardName');
		if (name === '') throw new ParameterError('The lead has no name', 'Enter a name.');
		const lead = { name, pipelineId: readOptionalNumber(parameters, 'leadPipelineId', 'Pipeline', i), statusId: readOptionalNumber(parameters, 'leadStageId', 'Stage', i), values: await readCustomFields(context, 'lead', i, 'leadFields') };
		const contact = { name: text('contactName'), values: await readCustomFields(context, 'contact', i, 'contactFields') };
		const company = { name: text('companyName'), values: await readCustomFields(context, 'company', i, 'companyFields') };
		const records = { lead, ...(contact.name === '' ? {} : { contact }), ...(company.name === '' ? {} : { company }) };
		return valueOf(await office.createComplexLead(account.office, records), AFTER_UNKNOWN);
	},
});
