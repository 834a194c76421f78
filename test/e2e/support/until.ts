/** n8n publishes, polls and saves in the background: asks again until it is so. */
export async function until<T>(read: () => Promise<T> | T, isSo: (value: T) => boolean, what: string, seconds = 60): Promise<T> {
	for (const deadline = Date.now() + seconds * 1000; ; ) {
		const value = await read();
		if (isSo(value)) return value;
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}; last seen: ${JSON.stringify(value)?.slice(0, 1000)}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
