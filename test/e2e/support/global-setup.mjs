/** Once before all end-to-end tests: the build, the n8n host and the installed package stand ready. */
import { prepare } from '../../../demo/lib/prepare.mjs';
import { createProgress } from '../../../demo/lib/progress.mjs';

import { openTraces } from './traces.mjs';

export const PREPARED_VARIABLE = 'AI_ADMIN_E2E_PREPARED';

export default async function globalSetup() {
	const prepared = await prepare(createProgress());
	// workers inherit the environment, not the memory, of this process
	process.env[PREPARED_VARIABLE] = JSON.stringify(prepared);
	await openTraces();
}
