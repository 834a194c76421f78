/** After all end-to-end tests: no log and no audit line of any n8n that ran holds a phone, a name or a message. */
import { searchTraces } from './traces.mjs';

export default async function globalTeardown() {
	const { files, bytes, found } = await searchTraces();
	process.stdout.write(`Searched ${files} logs and audits (${bytes} bytes) for personal data: ${found.length} found\n`);
	if (found.length > 0) throw new Error(`Personal data in logs:\n${found.join('\n')}`);
}
