import { ALTEGIO } from '../../core/crm/yclients';
import { describeSync } from './support/sync-suite';
import { yclientsUnderTest } from './support/yclients-bench';

describeSync(yclientsUnderTest('journal'));
describeSync(yclientsUnderTest('journal', {}, ALTEGIO));
