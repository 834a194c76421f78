import type { Page } from 'playwright-core';
import type { StoredWorkflow } from '../../../../demo/lib/rest-client.mjs';
import type { Phone, WhatsAppServer } from '../../../whatsapp-server';
import type { N8n } from '../n8n';
import { runTemplate } from '../template';
import { pageState, readQr } from './browser';

/** Runs the template by hand and takes the link out of its execution, as an operator does. */
export async function pairingLink(n8n: N8n, workflow: StoredWorkflow): Promise<string> {
	const { error, items } = await runTemplate(n8n, workflow, 'Make a link');
	const url = items('Create pairing link')[0]?.url;
	if (typeof url !== 'string') throw new Error(`no link was made: ${error}`);
	return url;
}

/** Links the salon's number by the QR code of the pairing page, and closes the page. */
export async function linkByPage(page: Page, link: string, server: WhatsAppServer, salon: Phone): Promise<void> {
	await page.goto(link);
	await page.locator('#agree').click();
	await page.locator('#again').click();
	const device = await server.scan(salon, await readQr(page));
	await pageState(page, 'open');
	await device.ready();
	await page.close();
}
