import { bitrix24UnderTest } from './support/bitrix24-bench';
import { describeSync } from './support/sync-suite';

describeSync(bitrix24UnderTest('booking'));
describeSync(bitrix24UnderTest('crm'));
