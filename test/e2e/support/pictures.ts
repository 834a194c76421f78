/** Pictures for the guides: taken by the tests that see the thing, when AI_ADMIN_IMAGES names a folder (`npm run screenshots -- sync`). */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { OWNER, type N8n } from './n8n';

const FOLDER = process.env['AI_ADMIN_IMAGES'];

export const TAKES_PICTURES = FOLDER !== undefined && FOLDER !== '';

/** Fonts are there; then the picture is saved under its name, or nothing happens. */
export async function picture(page: Page, name: string): Promise<void> {
	if (!TAKES_PICTURES || FOLDER === undefined) return;
	await mkdir(FOLDER, { recursive: true });
	await page.evaluate('document.fonts.ready.then(() => undefined)');
	await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true });
}

/** The canvas of a workflow as its editor shows it. */
export async function editorPicture(browser: Browser, n8n: N8n, address: string, name: string): Promise<void> {
	await inEditor(browser, n8n, address, async (page) => {
		await page.locator('[data-test-id="canvas-node"]').first().waitFor();
		await page.locator('[data-test-id="zoom-to-fit"]').click();
		await page.mouse.move(0, 0);
		await page.waitForFunction('document.getAnimations().every((one) => one.playState !== "running" || one.effect?.getTiming().iterations === Infinity)');
		await picture(page, name);
	});
}

/** What a node got and gave in an execution, as the list of executions shows it. */
export async function executionPicture(browser: Browser, n8n: N8n, { workflowId, executionId, node }: { readonly workflowId: string; readonly executionId: string; readonly node: string }, name: string): Promise<void> {
	await inEditor(browser, n8n, `/workflow/${workflowId}/executions/${executionId}`, async (page) => {
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
		await page.locator('[data-test-id="output-panel"]').waitFor();
		await page.mouse.move(0, 0);
		await picture(page, name);
	});
}

async function inEditor(browser: Browser, n8n: N8n, address: string, take: (page: Page) => Promise<void>): Promise<void> {
	if (!TAKES_PICTURES) return;
	const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' });
	page.setDefaultTimeout(120_000);
	try {
		// the page asks for things of the internet that a machine without it waits for in vain
		await page.goto(`${n8n.url}/signin`, { waitUntil: 'domcontentloaded' });
		await page.locator('input[type="email"], input[name="emailOrLdapLoginId"]').first().fill(OWNER.email);
		await page.locator('input[type="password"]').fill(OWNER.password);
		await page.keyboard.press('Enter');
		await page.waitForURL((url) => !url.pathname.includes('signin'), { waitUntil: 'domcontentloaded' });
		await page.goto(`${n8n.url}${address}`, { waitUntil: 'domcontentloaded' });
		await take(page);
	} finally {
		await page.close();
	}
}
