import { dikidiUnderTest } from './support/dikidi-bench';
import { describeSync } from './support/sync-suite';

describeSync(dikidiUnderTest('DIKIDI, a gateway'));
