import { classifyAnswer } from '../../../core/language/answer';
import { stripGreeting, stripGreetingsFromReply } from '../../../core/language/greeting';
import { detectLanguage } from '../../../core/language/language';
import { isAlarm } from '../../../core/language/lexicon/alarm';
import { isAbusive } from '../../../core/language/lexicon/profanity';
import { wantsHuman, wantsStart, wantsStop } from '../../../core/language/lexicon/requests';
import { cleanPersonName } from '../../../core/language/personname';
import { findPhone, parsePhone } from '../../../core/language/phone';
import { splitMessage } from '../../../core/language/splitter';
import { toWords } from '../../../core/language/words';
import { startCpuClock } from '../../support/cpu';

const READERS: readonly (readonly [string, (text: string) => unknown])[] = [
	['classifyAnswer', classifyAnswer], ['stripGreeting', stripGreeting], ['stripGreetingsFromReply', stripGreetingsFromReply], ['detectLanguage', detectLanguage], ['isAlarm', isAlarm], ['isAbusive', isAbusive], ['wantsHuman', wantsHuman], ['wantsStop', wantsStop], ['wantsStart', wantsStart],
	['cleanPersonName', cleanPersonName], ['findPhone', (text) => findPhone(text, 'RU')], ['parsePhone', (text) => parsePhone(text, 'RU')], ['splitMessage', (text) => splitMessage(text, { hardLimit: 4096, targetLength: 350, maxParts: 2 })], ['toWords', toWords],
];
const HOSTILE: readonly (readonly [string, string])[] = [
	['one long word', 'а'.repeat(40_000)], ['agreement without end', `${'все верно '.repeat(4000)}икс`], ['greetings', 'привет '.repeat(6000)], ['soft greetings', 'good morning '.repeat(3000)], ['digits', '1'.repeat(40_000)], ['spaced digits', '8 '.repeat(20_000)], ['single letters', 'х у '.repeat(10_000)], ['masks', '*'.repeat(40_000)],
	['spaces', ' '.repeat(40_000)], ['line feeds', 'а\n'.repeat(20_000)], ['emoji', '👩‍👩‍👧'.repeat(5000)], ['marks', 'е\u0301'.repeat(20_000)], ['brackets', '('.repeat(40_000)], ['addresses', 'a@'.repeat(20_000)], ['capitals', 'Ана '.repeat(10_000)], ['a plea', 'позовите дайте нужен '.repeat(2000)],
];

describe.each(READERS)('%s', (_name, read) => {
	test.each(HOSTILE)('takes time in proportion to the text on %s', (_kind, text) => {
		const spent = startCpuClock();
		read(text);
		expect(spent()).toBeLessThan(1500);
	});
});
