/** `npm run crash`: the long form of the crash test, 100 dialogues in a real n8n that is killed again and again. */
import { runTool } from '../demo/lib/project.mjs';

process.env.CRASH_DIALOGUES ??= '100';
process.env.CRASH_KILLS ??= '12';
process.exitCode = await runTool('node_modules/jest/bin/jest.js', ['-c', 'test/e2e/jest.config.js', '--runInBand', 'crash']);
