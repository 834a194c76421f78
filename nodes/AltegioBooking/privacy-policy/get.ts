import { office } from '../../../core/crm/yclients';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { YclientsContext } from '../../YclientsBooking/family/context';

export const getPrivacyPolicy = defineOperation<YclientsContext>({
	value: 'get',
	name: 'Get',
	action: 'Get privacy policy',
	description: 'Retrieve what clients have to agree to before they book, if the location has it',
	fields: [],
	async run({ account }) {
		const policy = valueOf(await office.privacyPolicy(account.office));
		return { exists: policy !== null, policy };
	},
});
