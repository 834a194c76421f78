/** Lints the vendors' nodes and their credentials under the strictest profile of n8n's linter: what a package for verification must keep. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import cloud from '../eslint.cloud.config.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Nodes of the package itself: they keep a store, hold conversations or share process state, which that profile does not allow. */
const OWN = [
	'BookingAgent', 'BookingAgentSetup', 'BookingCrm', 'BuiltinBooking', 'ClientOutreach', 'ClientProfile', 'CollectMessages', 'Conversation', 'CrmChangesTrigger',
	'CrmSync', 'StoreQuery', 'WhatsappPairingPage', 'WhatsappSession', 'WhatsappSessionTrigger', 'shared',
];

const nodes = readdirSync(join(ROOT, 'nodes')).filter((folder) => !OWN.includes(folder)).map((folder) => `nodes/${folder}/**/*.ts`);
const linter = new ESLint({ cwd: ROOT, overrideConfigFile: true, overrideConfig: cloud, allowInlineConfig: false, errorOnUnmatchedPattern: false });
const results = await linter.lintFiles([...nodes, 'credentials/**/*.ts']);
const text = await (await linter.loadFormatter('stylish')).format(results);
process.stdout.write(text === '' ? `${results.length} files are clean under the cloud profile\n` : text);
process.exitCode = results.some(({ errorCount }) => errorCount > 0) ? 1 : 0;
