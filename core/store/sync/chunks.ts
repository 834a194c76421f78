/** Few sizes, so that few statements are compiled and kept prepared. */
const SIZES = [250, 50, 10, 1] as const;

/** Hands on all of `items` in their order, in parts of a few fixed sizes. */
export async function inChunks<T>(items: readonly T[], work: (chunk: readonly T[]) => Promise<void>): Promise<void> {
	for (let from = 0; from < items.length; ) {
		const size = SIZES.find((one) => one <= items.length - from) ?? 1;
		await work(items.slice(from, from + size));
		from += size;
	}
}
