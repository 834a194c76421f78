import { hasAny, lexicon, toWords } from '../../language/words';

/** What only a commit may say: that something was done with this very client's visit. */
const claims = lexicon([
	'вы записаны|записана|записан|забронированы', 'вас|тебя записал|записала|записали|записываю', 'записал|записала|записали|записываю вас|тебя',
	'ваша|ваш|вашу запись|визит|бронь .. отменена|отменен|отменил|отменила|отменили|перенесена|перенесен|перенес|перенесла|перенесли|подтверждена|подтвержден|подтвердили|оформлена|оформлен|создана|создан',
	'отменил|отменила|отменили|перенес|перенесла|перенесли|подтвердил|подтвердила|подтвердили|оформил|оформила|оформили вашу|ваш|ваши|вам|вас .. запись|визит|бронь',
	'запись|визит|бронь .. отменена|отменен|перенесена|перенесен|подтверждена|подтвержден|оформлена|оформлен|создана|создан', 'место за вами',
	"you are|you're|youre|you re now? booked|scheduled|confirmed|registered", "i|we|i've|we've|have booked|scheduled|cancelled|canceled|rescheduled|moved you|your",
	'your appointment|visit|booking .. booked|cancelled|canceled|confirmed|rescheduled|moved|scheduled',
]);

/**
 * Whether a text of the salon's own (an answer of its knowledge, a line that sells) may be said as it stands. Prices,
 * phones and links are the salon's to give; what no text may do is claim that this client's visit was booked, moved or
 * cancelled.
 */
export function speakable(text: string): boolean {
	return text.trim() !== '' && !hasAny(toWords(text.normalize('NFKC').replace(/\p{Cf}/gu, '')), claims);
}
