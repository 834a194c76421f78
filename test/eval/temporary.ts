import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Memory where the system has a file system in it: a campaign writes a hundred thousand times and nothing must outlive it. */
const MEMORY = '/dev/shm';

/** A folder of its own for one database; the caller removes it. */
export function temporaryFolder(name: string): string {
	return mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), `ai-admin-${name}-`));
}
