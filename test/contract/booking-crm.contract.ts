import type { Capabilities } from '../../core/booking';
import type { CrmFactory, WhenAble } from './support/bench';
import { declareReads } from './support/reads';
import { declareWrites } from './support/writes';

export type { CrmFactory, CrmUnderTest, SalonSpec } from './support/bench';

/**
 * What every CRM behind the port has to keep. `capabilities` are the ones the CRM declares: a test of an absent one is
 * replaced by a test that the operation is refused as `unsupported`, or by a printed line.
 */
export function describeBookingCrm(name: string, capabilities: Capabilities, factory: CrmFactory): void {
	const when: WhenAble = (able, what, run, otherwise) => {
		if (able) it(what, run);
		else if (otherwise !== undefined) it(`refuses as unsupported: ${what}`, otherwise);
		else process.stdout.write(`${name}: not able, by its capabilities: ${what}\n`);
	};

	describe(`${name} keeps the booking contract`, () => {
		declareReads(capabilities, factory, when);
		declareWrites(name, capabilities, factory, when);
	});
}
