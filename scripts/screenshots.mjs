/** `npm run screenshots [demo] [sync] [whatsapp]`: pictures for the documentation. Uses the running demo, or starts one and stops it. */
import { spawn } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../demo/lib/checks.mjs';
import { readDemoState } from '../demo/lib/demo-state.mjs';
import { answers } from '../demo/lib/instance.mjs';
import { projectFolder } from '../demo/lib/paths.mjs';
import { createProgress } from '../demo/lib/progress.mjs';
import { ensureDependencies, runTool } from '../demo/lib/project.mjs';

const IMAGES = join(projectFolder, 'docs', 'images');
const DEMO_WORKFLOW = '01-demo-assistant.json';
const AGENT_NODE = 'Booking Agent';
const CONVERSATION = ['Здравствуйте, хочу на стрижку завтра в 3', 'женская', '2', 'Анна, +7 900 123-45-67', 'да'];
const REPLY_TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 15 * 60_000;
const BROWSERS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

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
	const replies = page.locator('.message:not(.own)');
	for (const text of CONVERSATION) {
		const before = await replies.count();
		await page.locator('#text').fill(text);
		await page.keyboard.press('Enter');
		await replies.nth(before).waitFor({ timeout: REPLY_TIMEOUT_MS });
	}
	await settle(page);
	await page.screenshot({ path: join(IMAGES, 'chat.png') });
}

/** Pictures of what needs CRMs, a Telegram or a WhatsApp: the end-to-end test that has them takes them. @param {string} test */
async function photographTest(test) {
	const code = await runTool('node_modules/jest/bin/jest.js', ['-c', 'test/e2e/jest.config.js', '--runInBand', test], { AI_ADMIN_IMAGES: IMAGES });
	if (code !== 0) throw new SetupError(`Not all pictures were taken: the end-to-end test ${test} failed, see above.`);
}

async function photographDemo() {
	const executablePath = await findBrowser();
	await ensureDependencies(createProgress());
	const { chromium } = await import('playwright-core');
	await mkdir(IMAGES, { recursive: true });
	const { state, stop } = await runningDemo();
	const browser = await chromium.launch({ executablePath });
	try {
		const { url, pages } = /** @type {NonNullable<typeof state.running>} */ (state.running);
		const editor = await browser.newPage({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
		await signIn(editor, url, state.owner);
		await photographEditor(editor, `${url}/workflow/${state.workflows[DEMO_WORKFLOW].id}`);
		const chat = await browser.newPage({ viewport: { width: 760, height: 1100 }, locale: 'ru-RU' });
		await photographChat(chat, pages[0]);
	} finally {
		await browser.close();
		await stop();
	}
}

const PARTS = { demo: photographDemo, sync: () => photographTest('sync-templates'), whatsapp: () => photographTest('e2e/whatsapp.test') };

async function main() {
	const named = process.argv.slice(2);
	const unknown = named.find((name) => !Object.hasOwn(PARTS, name));
	if (unknown !== undefined) throw new SetupError(`There are no pictures of "${unknown}": choose from ${Object.keys(PARTS).join(', ')}, or name nothing for all.`);
	for (const [name, photograph] of Object.entries(PARTS)) if (named.length === 0 || named.includes(name)) await photograph();
	process.stdout.write(`The pictures are in ${IMAGES}.\n`);
}

main().catch((error) => {
	process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
	process.exitCode = 1;
});
