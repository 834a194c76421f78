import { office } from '../../../core/crm/amocrm';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN_SAME, cardLocator, LEAD, leadPipelineLocator, leadStageLocator, readNumber, readOptionalNumber } from '../family/fields';
import { simpleCard } from '../family/simple';
import { locator } from '../../shared/booking/locators';

export const moveLeadStage = defineOperation<AmocrmContext>({
	value: 'moveStage',
	name: 'Move to Stage',
	action: 'Move lead to stage',
	description: 'Move a lead to a stage of a pipeline; to cancel a visit use Appointment > Cancel',
	fields: [
		cardLocator(LEAD),
		leadPipelineLocator(true, 'Named always: some stages are in all pipelines'),
		leadStageLocator(true, 'The stage to move to'),
		locator('lossReasonId', 'Loss Reason', 'searchLossReasons', { required: false, description: 'For the lost stage only' }),
	],
	async run({ parameters, account }, i) {
		const id = readNumber(parameters, 'cardId', 'Lead', i);
		const place = { pipelineId: readNumber(parameters, 'leadPipelineId', 'Pipeline', i), statusId: readNumber(parameters, 'leadStageId', 'Stage', i), lossReasonId: readOptionalNumber(parameters, 'lossReasonId', 'Loss Reason', i) };
		return simpleCard('lead', valueOf(await office.updateCard(account.office, 'lead', id, place), AFTER_UNKNOWN_SAME));
	},
});
