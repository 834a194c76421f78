/** The browser of whoever links a number: opens the pairing page and shows its QR code to the phone. */
import { existsSync } from 'node:fs';
import jsQR from 'jsqr';
import { chromium, type Browser, type Page } from 'playwright-core';

const BROWSERS = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const SIDE = 480;
const PATIENCE_MS = 30_000;

export async function startBrowser(): Promise<Browser> {
	const executablePath = BROWSERS.find((path) => path !== undefined && existsSync(path));
	if (executablePath === undefined) throw new Error('No Chromium was found: install it, or name it with CHROMIUM=/path/to/chromium.');
	return await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Runs in the page. One character a pixel: a list of numbers takes playwright minutes. */
const DARK_PIXELS = `async (side) => {
	const picture = document.querySelector('#qr');
	if (picture === null) throw new Error('the page has no QR code');
	await picture.decode();
	const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
	const drawing = canvas.getContext('2d');
	if (drawing === null) throw new Error('the browser cannot draw');
	drawing.drawImage(picture, 0, 0, side, side);
	const { data } = drawing.getImageData(0, 0, side, side);
	return Array.from({ length: side * side }, (_, pixel) => (data[pixel * 4] < 128 ? '1' : '0')).join('');
}`;

/** What a phone's camera reads off the page. */
export async function readQr(page: Page): Promise<string> {
	await page.locator('#qr:not([hidden])').waitFor({ timeout: PATIENCE_MS });
	const dark = await page.evaluate<string>(`(${DARK_PIXELS})(${SIDE})`);
	const pixels = new Uint8ClampedArray([...dark].flatMap((one) => (one === '1' ? [0, 0, 0, 255] : [255, 255, 255, 255])));
	const code = jsQR(pixels, SIDE, SIDE);
	if (code === null) throw new Error('the QR code of the page cannot be read');
	return code.data;
}

/** Waits until the page says so. */
export async function pageState(page: Page, state: string): Promise<void> {
	await page.locator(`body[data-state="${state}"]`).waitFor({ timeout: PATIENCE_MS, state: 'attached' });
}
