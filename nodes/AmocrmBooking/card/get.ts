import { office } from '../../../core/crm/amocrm';
import { valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { AmocrmContext } from '../family/context';
import { cardLocator, type CardWords, readNumber } from '../family/fields';
import { simpleCard } from '../family/simple';

/** Reads a card of a kind. */
export function getCard(words: CardWords): Operation<AmocrmContext> {
	return defineOperation<AmocrmContext>({
		value: 'get',
		name: 'Get',
		action: `Get ${words.word}`,
		description: `Retrieve a ${words.word} with its custom fields`,
		fields: [cardLocator(words), simplifyField],
		async run({ parameters, account }, i) {
			const row = valueOf(await office.readCard(account.office, words.kind, readNumber(parameters, 'cardId', words.title, i)));
			return wantsSimple(parameters, i) ? simpleCard(words.kind, row) : row;
		},
	});
}
