import type { INodeProperties } from 'n8n-workflow';
import type { office } from '../../../core/crm/amocrm';
import { collectionOf, wordsOf } from '../../shared/booking/values';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import type { AmocrmContext } from '../family/context';
import { type CardWords, readCustomFields } from '../family/fields';

const PRICE: INodeProperties = { displayName: 'Price', name: 'price', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'In whole units of the account\'s currency' };
const USER: INodeProperties = { displayName: 'Responsible User ID', name: 'responsibleUserId', type: 'string', default: '', placeholder: 'e.g. 123' };
const TAGS: INodeProperties = { displayName: 'Tags', name: 'tags', type: 'string', default: '', placeholder: 'e.g. vip, telegram', description: 'Added to those the card has; separated by commas' };
const NAME: INodeProperties = { displayName: 'Name', name: 'name', type: 'string', default: '' };

/** What a card may be given beside its custom fields. */
export function optionFields({ kind }: CardWords, isNew: boolean): INodeProperties {
	const options = [...(isNew ? [] : [NAME]), ...(kind === 'lead' ? [PRICE] : []), USER, TAGS];
	return { displayName: isNew ? 'Options' : 'Update Fields', name: isNew ? 'options' : 'updateFields', type: 'collection', placeholder: 'Add Field', default: {}, options };
}

/** The values of {@link optionFields} and of the custom fields. */
export async function readCardFields(context: AmocrmContext, { kind }: CardWords, collection: string, i: number): Promise<office.CardFields> {
	const given = collectionOf(context.parameters, collection, i);
	const user = textOf(given.responsibleUserId);
	if (user !== '' && !/^[1-9]\d{0,14}$/.test(user)) throw new ParameterError('"Responsible User ID" is not a number of the CRM', 'Enter the number of a user, such as 123.');
	const name = textOf(given.name);
	const tags = wordsOf(given.tags);
	const price = given.price;
	const values = await readCustomFields(context, kind, i);
	return {
		...(name === '' ? {} : { name }),
		...(typeof price === 'number' && price >= 0 ? { price: Math.round(price) } : {}),
		...(user === '' ? {} : { responsibleUserId: user }),
		...(tags.length === 0 ? {} : { tags }),
		...(values.length === 0 ? {} : { values }),
	};
}
