import { request } from 'node:http';

/** One webhook to be delivered. */
export interface WebhookCall {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** What became of one attempt; `status` is 0 when nobody answered. */
export interface Delivery {
	readonly call: WebhookCall;
	readonly status: number;
}

/** How the deliveries of a vendor go astray. */
export interface WebhookFaults {
	/** Times each call is sent; 1 by default, 0 loses it. */
	copies: number;
	/** Holds calls until `flush` and then sends the last first. */
	reversed: boolean;
}

/** Sends webhooks in order, one after another, over real HTTP. */
export interface WebhookSender {
	readonly faults: WebhookFaults;
	readonly deliveries: readonly Delivery[];
	send(call: WebhookCall): void;
	/** Resolves when everything that was sent is answered, retries included. */
	flush(): Promise<void>;
	/** Sends a delivery again, as a replay does. */
	replay(index: number): Promise<Delivery>;
}

/** `attempts` is how often a vendor tries while it gets no 2xx answer. */
export function createWebhookSender(attempts = 1): WebhookSender {
	const faults: WebhookFaults = { copies: 1, reversed: false };
	const deliveries: Delivery[] = [];
	const held: WebhookCall[] = [];
	let tail: Promise<void> = Promise.resolve();
	const deliver = async (call: WebhookCall): Promise<void> => {
		for (let attempt = 0; attempt < attempts; attempt += 1) {
			const status = await post(call);
			deliveries.push({ call, status });
			if (status >= 200 && status < 300) return;
		}
	};
	const enqueue = (call: WebhookCall): void => {
		for (let copy = 0; copy < faults.copies; copy += 1) tail = tail.then(() => deliver(call));
	};
	return {
		faults,
		deliveries,
		send: (call) => {
			if (faults.reversed) held.push(call);
			else enqueue(call);
		},
		flush: async () => {
			for (const call of held.splice(0).reverse()) enqueue(call);
			await tail;
		},
		replay: async (index) => {
			const original = deliveries[index];
			if (original === undefined) throw new Error(`no delivery ${index}`);
			const again = { call: original.call, status: await post(original.call) };
			deliveries.push(again);
			return again;
		},
	};
}

function post({ url, headers, body }: WebhookCall): Promise<number> {
	return new Promise((resolve) => {
		const outgoing = request(url, { method: 'POST', headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, agent: false, timeout: 10_000 }, (incoming) => {
			incoming.resume();
			incoming.on('end', () => resolve(incoming.statusCode ?? 0));
			incoming.on('error', () => resolve(0));
		});
		outgoing.on('error', () => resolve(0));
		outgoing.on('timeout', () => outgoing.destroy());
		outgoing.end(body);
	});
}
