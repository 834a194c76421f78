import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** n8n's user folder of this test file; set before n8n-core is loaded, which reads it once. */
export const userFolder = mkdtempSync(join(tmpdir(), 'ai-admin-n8n-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'a key for tests';
delete process.env.EXECUTIONS_MODE;

/** Removes the folder. */
export function dropUserFolder(): void {
	rmSync(userFolder, { recursive: true, force: true });
}
