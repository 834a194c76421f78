/** `npm run sync:kill`: the sync killed at every statement and every request; the tests themselves draw a few of them by lot. */
import { runTool } from '../demo/lib/project.mjs';

process.env.SYNC_KILL ??= 'all';
process.exitCode = await runTool('node_modules/jest/bin/jest.js', ['test/unit/sync/kill', 'test/contract/sync-', '--testNamePattern', 'kill', ...process.argv.slice(2)]);
