/** `npm run whatsapp:kill`: the long forms of the tests that kill a WhatsApp process: 60 kills while it saves keys, and more while it receives and sends. */
import { runTool } from '../demo/lib/project.mjs';

process.env.WHATSAPP_KILLS ??= '60';
process.exitCode = await runTool('node_modules/jest/bin/jest.js', ['--runInBand', 'test/unit/whatsapp/.*kill', ...process.argv.slice(2)]);
