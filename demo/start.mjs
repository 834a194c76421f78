/** `npm start`: from a fresh clone to a chat page served by a real n8n. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chatAddress } from './lib/chat-client.mjs';
import { checkNodeVersion, checkPortFree, freePorts, isPortFree, parsePort, SetupError } from './lib/checks.mjs';
import { stopCommands } from './lib/command.mjs';
import { newDemoState, readDemoState, writeDemoState } from './lib/demo-state.mjs';
import { isAlive } from './lib/exclusive.mjs';
import { startInstance, waitForAnswer } from './lib/instance.mjs';
import { placePackage, shadowProjectModules } from './lib/package-install.mjs';
import { demoFolder, projectFolder } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { createProgress } from './lib/progress.mjs';
import { signIn } from './lib/rest-client.mjs';
import { ensureWorkflow } from './lib/workflow-install.mjs';

const DEFAULT_PORT = 5678;
/** Every workflow whose file name says so is part of the demo. */
const DEMO_WORKFLOW = /^\d+-demo-.*\.json$/;

let stopping = false;

async function main() {
	checkNodeVersion();
	const port = parsePort(process.env.PORT, DEFAULT_PORT);
	await checkNotRunning();
	await checkPortFree(port);
	const progress = createProgress();

	/** @type {import('./lib/instance.mjs').Instance | undefined} */
	let instance;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		process.stdout.write('\n');
		progress.say('Stopping ...');
		stopCommands();
		await instance?.stop();
		const state = await readDemoState();
		if (state) await writeDemoState({ ...state, running: undefined });
		progress.say('Stopped. "npm start" continues where you left off.');
		process.exit(0);
	};
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => void stop());

	const { node, host, packageFolder } = await prepare(progress);
	await mkdir(demoFolder, { recursive: true });
	await shadowProjectModules(demoFolder, host);
	await placePackage(packageFolder, demoFolder);
	const state = (await readDemoState()) ?? newDemoState(host);
	await writeDemoState(state);
	if (stopping) return;

	const [brokerPort] = await freePorts(1);
	await progress.step('Starting n8n', async () => {
		instance = await startInstance({ node, host, userFolder: demoFolder, port, brokerPort, owner: state.owner, log: join(demoFolder, 'n8n.log') });
		await instance.ready();
	});
	if (!instance || stopping) return;
	const running = instance;
	void running.exited.then(() => {
		if (stopping) return;
		process.stderr.write(`n8n ended on its own. The last lines it printed (all of them: ${join(demoFolder, 'n8n.log')}):\n${running.output().trim().split('\n').slice(-15).join('\n')}\n`);
		process.exit(1);
	});

	const { pages, chats } = await progress.step('Publishing the demo workflows', () => publishWorkflows(running, state, progress.say));
	state.running = { url: running.url, pid: running.pid, launcher: process.pid, pages, chats };
	await writeDemoState(state);
	for (const address of [...pages, ...chats]) await waitForAnswer(address);

	progress.say('Ready.');
	process.stdout.write(`
  Chat with the assistant:  ${[...pages, ...chats].at(0)}
  ... in this terminal's neighbour:  npm run chat
  ... n8n's hosted chat:    ${chats.join(' ')}  (needs the internet for its widget)
  The n8n editor:           ${running.url}
  Sign in as:               ${state.owner.email}
  Password:                 ${state.owner.password}

  Ctrl-C stops everything. The data stays in ${demoFolder}; remove that folder to begin anew.
`);
}

/** @param {import('./lib/instance.mjs').Instance} instance @param {import('./lib/demo-state.mjs').DemoState} state @param {(text: string) => void} say */
async function publishWorkflows(instance, state, say) {
	const rest = await signIn(instance.url, state.owner);
	const folder = join(projectFolder, 'workflows');
	const files = (await readdir(folder)).filter((name) => DEMO_WORKFLOW.test(name)).sort();
	const pages = [];
	const chats = [];
	for (const file of files) {
		const { webhookId, page, ...known } = await ensureWorkflow(rest, join(folder, file), state.workflows[file], say);
		state.workflows[file] = known;
		// at once: an interruption must not make the next start import it again
		await writeDemoState(state);
		if (page) pages.push(`${instance.url}/webhook/${page}`);
		if (webhookId) chats.push(chatAddress(instance.url, webhookId));
	}
	return { pages, chats };
}

async function checkNotRunning() {
	const running = (await readDemoState())?.running;
	if (!running || !isAlive(running.pid)) return;
	const port = Number(new URL(running.url).port);
	if (await isPortFree(port)) return;
	const how = isAlive(running.launcher) ? 'press Ctrl-C in its terminal' : `run "kill ${running.pid}"`;
	throw new SetupError(`The demo already runs at ${running.url} (chat: ${running.chats[0]}): to stop it, ${how}.`);
}

main().catch((error) => {
	if (stopping) return;
	process.stderr.write(`\n${error instanceof SetupError ? error.message : `The demo could not start. ${error.stack}`}\n`);
	process.exit(1);
});
