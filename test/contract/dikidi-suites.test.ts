import { describeVendor, describeVendorFuzz } from './support/vendor-suites';
import { dikidiPageUnderTest, dikidiUnderTest } from './support/dikidi-bench';

describeVendor(dikidiUnderTest('DIKIDI, an idempotent gateway'));
describeVendor(dikidiUnderTest('DIKIDI, a gateway that does a command as often as it comes', { gatewayIdempotent: 'no' }, { idempotent: false }));
describeVendorFuzz(dikidiPageUnderTest());
