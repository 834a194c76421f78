/** `npm run vendor:campaign`: the races and the spoiled answers of every CRM's adapter in full, with a seed drawn by lot. */
import { runTool } from '../demo/lib/project.mjs';

process.env.VENDOR_CAMPAIGN ??= '1';
process.env.VENDOR_SEED ??= String(Date.now() % 1_000_000);
process.stdout.write(`seed ${process.env.VENDOR_SEED}; play it again with VENDOR_SEED=${process.env.VENDOR_SEED}\n`);
process.exitCode = await runTool('node_modules/jest/bin/jest.js', ['test/contract/.*-suites', ...process.argv.slice(2)]);
