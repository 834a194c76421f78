/** `npm run screenshots`: pictures of the demo for the documentation. Uses the running demo, or starts one and stops it. */
import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../demo/lib/checks.mjs';
import { expectSuccess, runCommand, runNpm } from '../demo/lib/command.mjs';
import { readDemoState } from '../demo/lib/demo-state.mjs';
import { answers } from '../demo/lib/instance.mjs';
import { projectFolder } from '../demo/lib/paths.mjs';
import { createProgress } from '../demo/lib/progress.mjs';
import { ensureDependencies } from '../demo/lib/project.mjs';

const IMAGES = join(projectFolder, 'docs', 'images');
const DEMO_WORKFLOW = '01-demo-assistant.json';
const AGENT_NODE = 'Booking Agent';
const CONVERSATION = ['Здравствуйте, хочу на стрижку завтра в 3', 'женская', '2', 'Анна, +7 900 123-45-67', 'да'];
const REPLY_TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 15 * 60_000;
const BROWSERS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const CONTENT_TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' };
/** The hosted chat page loads its widget from here. */
const CDN_PACKAGE = /^https:\/\/cdn\.jsdelivr\.net\/npm\/((?:@[^/]+\/)?[^/@]+(?:@[^/]+)?)\/(.+)$/;

async function findBrowser() {
	for (const path of BROWSERS) {
		if (path && (await access(path).then(() => true, () => false))) return path;
	}
	throw new SetupError('No Chromium was found: install it, or name it with CHROMIUM=/path/to/chromium npm run screenshots.');
}

/** @returns {Promise<{ state: import('../demo/lib/demo-state.mjs').DemoState, stop: () => Promise<void> }>} */
async function runningDemo() {
	const state = await readDemoState();
	if (state?.running && (await answers(state.running.chats[0]))) return { state, stop: async () => {} };
	const launcher = spawn(process.execPath, [join(projectFolder, 'demo', 'start.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
	const ended = new Promise((resolve) => launcher.once('close', resolve));
	const stop = async () => {
		launcher.kill('SIGINT');
		await ended;
	};
	const deadline = performance.now() + START_TIMEOUT_MS;
	while (launcher.exitCode === null && performance.now() < deadline) {
		const started = await readDemoState();
		if (started?.running?.launcher === launcher.pid && (await answers(started.running.chats[0]))) return { state: started, stop };
		await sleep(500);
	}
	await stop();
	throw new SetupError('The demo did not start: its message is above.');
}

/**
 * Answers the page's requests to the public CDN from the npm registry, so that the pictures need no CDN.
 * @param {import('playwright-core').Page} page
 * @param {string} folder for what is downloaded
 */
async function serveWidget(page, folder) {
	/** @type {Map<string, Promise<string>>} */
	const packages = new Map();
	await page.route(CDN_PACKAGE, async (route) => {
		const [, name = '', path = ''] = CDN_PACKAGE.exec(route.request().url()) ?? [];
		if (!packages.has(name)) packages.set(name, download(name, folder));
		// the CDN minifies on the fly; a package may have the plain file alone
		const file = join(await /** @type {Promise<string>} */ (packages.get(name)), path);
		const body = await readFile(file).catch(() => readFile(file.replace('.min.', '.')));
		await route.fulfill({ body, contentType: CONTENT_TYPES[extname(path)] ?? 'application/octet-stream', headers: { 'access-control-allow-origin': '*' } });
	});
}

/** @param {string} name of an npm package, perhaps with a version @param {string} folder */
async function download(name, folder) {
	const target = await mkdtemp(join(folder, 'package-'));
	const packed = await runNpm(['pack', name, '--ignore-scripts', '--json'], { cwd: target });
	expectSuccess(`Downloading ${name}`, packed);
	const [{ filename }] = JSON.parse(packed.stdout);
	expectSuccess(`Unpacking ${name}`, await runCommand('tar', ['-xzf', filename, '--strip-components=1'], { cwd: target }));
	return target;
}

/** @param {import('playwright-core').Page} page @param {string} url @param {import('../demo/lib/instance.mjs').Owner} owner */
async function signIn(page, url, owner) {
	await page.goto(`${url}/signin`);
	await page.locator('input[type="email"], input[name="emailOrLdapLoginId"]').first().fill(owner.email);
	await page.locator('input[type="password"]').fill(owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((address) => !address.pathname.includes('signin'));
}

/** @param {import('playwright-core').Page} page @param {string} address of the workflow in the editor */
async function photographEditor(page, address) {
	await page.goto(address);
	const nodes = page.locator('[data-test-id="canvas-node"]');
	await nodes.first().waitFor();
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	await page.mouse.move(0, 0);
	await settle(page);
	await page.screenshot({ path: join(IMAGES, 'canvas.png') });

	const agent = page.locator(`[data-node-name="${AGENT_NODE}"]`).first();
	if ((await agent.count()) === 0) return;
	await agent.dblclick();
	await page.locator('[data-test-id="ndv"], [data-test-id="node-parameters"]').first().waitFor();
	await settle(page);
	await page.screenshot({ path: join(IMAGES, 'agent-panel.png') });
}

/** Fonts are there and nothing moves any more. @param {import('playwright-core').Page} page */
async function settle(page) {
	await page.evaluate(() => document.fonts.ready);
	await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getTiming().iterations === Infinity));
}

/** @param {import('playwright-core').Page} page @param {string} address */
async function photographChat(page, address) {
	await page.goto(address);
	const input = page.locator('.chat-inputs textarea');
	await input.waitFor();
	const replies = page.locator('.chat-message-from-bot:not(.chat-message-typing)');
	for (const text of CONVERSATION) {
		const before = await replies.count();
		await input.fill(text);
		await page.keyboard.press('Enter');
		await replies.nth(before).waitFor({ timeout: REPLY_TIMEOUT_MS });
	}
	await settle(page);
	await page.screenshot({ path: join(IMAGES, 'chat.png') });
}

async function main() {
	const executablePath = await findBrowser();
	await ensureDependencies(createProgress());
	const { chromium } = await import('playwright-core');
	await mkdir(IMAGES, { recursive: true });
	const { state, stop } = await runningDemo();
	const downloads = await mkdtemp(join(tmpdir(), 'ai-admin-screenshots-'));
	const browser = await chromium.launch({ executablePath });
	try {
		const { url, chats } = /** @type {NonNullable<typeof state.running>} */ (state.running);
		const editor = await browser.newPage({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
		await signIn(editor, url, state.owner);
		await photographEditor(editor, `${url}/workflow/${state.workflows[DEMO_WORKFLOW].id}`);
		const chat = await browser.newPage({ viewport: { width: 900, height: 900 }, locale: 'ru-RU' });
		await serveWidget(chat, downloads);
		await photographChat(chat, chats[0]);
	} finally {
		await browser.close();
		await rm(downloads, { recursive: true, force: true });
		await stop();
	}
	process.stdout.write(`The pictures are in ${IMAGES}.\n`);
}

main().catch((error) => {
	process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
	process.exitCode = 1;
});
