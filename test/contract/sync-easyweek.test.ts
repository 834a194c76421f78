import { easyweekUnderTest } from './support/easyweek-bench';
import { describeSync } from './support/sync-suite';

describeSync(easyweekUnderTest());
