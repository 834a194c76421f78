import type { World } from './world';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** One update on its way to the bot's webhook. */
export interface Delivered {
	readonly updateId: number;
	/** How often it was sent until it was taken; 0 when the webhook does not want its kind. */
	readonly attempts: number;
}

/** Sends updates as Telegram does: with the secret in a header, again and again until the answer is a success. */
export class Delivery {
	private closed = false;
	private updates = 1000;

	constructor(private readonly world: World) {}

	/** Delivers a new update; resolves when the bot has taken it. */
	async send(kind: string, content: object): Promise<Delivered & { readonly update: object }> {
		const updateId = ++this.updates;
		const update = { update_id: updateId, [kind]: content };
		return { ...(await this.deliver(kind, update)), update };
	}

	/** Delivers an update that was delivered before: Telegram does so when it did not see the answer. */
	async deliver(kind: string, update: object): Promise<Delivered> {
		const updateId = (update as { update_id: number }).update_id;
		for (let attempts = 1, pause = FIRST_PAUSE_MS; ; attempts++, pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
			const { webhook } = this.world;
			if (this.closed) throw new Error('The simulated Telegram was closed before the bot took an update');
			if (webhook !== null && webhook.allowed.length > 0 && !webhook.allowed.includes(kind)) return { updateId, attempts: 0 };
			if (webhook !== null && (await post(webhook.url, webhook.secret, update))) return { updateId, attempts };
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}

	close(): void {
		this.closed = true;
	}
}

async function post(url: string, secret: string, update: object): Promise<boolean> {
	try {
		const headers = { 'content-type': 'application/json', ...(secret === '' ? {} : { 'x-telegram-bot-api-secret-token': secret }) };
		const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(update) });
		await response.text();
		return response.ok;
	} catch {
		return false;
	}
}
