import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { VendorFixture } from './vendor-fixture';

const FOLDER = join(__dirname, '..', 'fixtures');

/** The fixtures of all vendors: every file of the folder. */
export function vendorFixtures(): readonly VendorFixture[] {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- a new file is found without being named here
	return readdirSync(FOLDER).sort().map((file) => (require(join(FOLDER, file)) as { fixture: VendorFixture }).fixture);
}
