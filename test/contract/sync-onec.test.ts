import { onecUnderTest } from './support/onec-bench';
import { describeSync } from './support/sync-suite';

describeSync(onecUnderTest('salon', { visit: { marker: 'Маркер' } }));
describeSync(onecUnderTest('vet clinic', { configuration: 'vet' }));
