import type { Link } from '../wire/link';
import { Watch } from '../wire/watch';
import { attribute, child, children, SERVER_JID, type Stanza, stanza } from '../wire/stanza';

interface Letter {
	readonly id: string;
	readonly node: Stanza;
	/** The connection it was last written to. */
	sentOn: Link | null;
}

/** What a device has not confirmed yet. It is given everything again at its next login, in order. */
export class Mailbox {
	readonly #letters: Letter[] = [];
	#link: Link | null = null;
	readonly #watch = new Watch();
	#onBatch: (() => void) | null = null;
	/** Keeps back the `<offline/>` that ends the backlog. */
	holdsOfflineEnd = false;

	/** Ids of what waits, in the order it came. */
	get waiting(): readonly string[] {
		return this.#letters.map(({ id }) => id);
	}

	/** Waits until the device has confirmed everything. */
	async empty(): Promise<void> {
		await this.#watch.until(() => (this.#letters.length === 0 ? true : undefined), 'everything is confirmed');
	}

	/** Keeps the stanza until it is confirmed, and writes it at once when the device is there and has had its backlog. */
	post(node: Stanza): void {
		const letter: Letter = { id: attribute(node, 'id'), node, sentOn: null };
		this.#letters.push(letter);
		if (this.#link !== null) this.#write(letter, this.#link);
	}

	/** What the client answers to letters: a receipt for messages, more ids in a list, or an ack for one letter. */
	readConfirmation(node: Stanza): void {
		const ids = [attribute(node, 'id'), ...children(child(node, 'list'), 'item').map((item) => attribute(item, 'id'))];
		if (node.tag === 'receipt') this.#remove((letter) => letter.node.tag === 'message' && ids.includes(letter.id));
		else this.#remove(({ id, node: sent }) => ids.includes(id) && sent.tag === node.attrs['class'] && sent.attrs['type'] === node.attrs['type']);
	}

	/** The device says that it is ready: it gets what waited, marked as such, then what comes. */
	async deliver(link: Link): Promise<void> {
		const backlog = [...this.#letters];
		if (backlog.length > 0) {
			const batch = new Promise<void>((resolve) => (this.#onBatch = resolve));
			const messages = backlog.filter(({ node }) => node.tag === 'message').length;
			link.send(fromServer('offline_preview', { count: backlog.length, message: messages, receipt: backlog.length - messages, notification: 0, appdata: 0 }));
			await Promise.race([batch, link.closed]);
			if (!link.isOpen) return;
		}
		backlog.forEach((letter, place) => {
			letter.sentOn = link;
			link.send({ ...letter.node, attrs: { ...letter.node.attrs, offline: String(place) } });
		});
		if (!this.holdsOfflineEnd) link.send(fromServer('offline', { count: backlog.length }));
		this.#link = link;
		for (const letter of this.#letters) if (letter.sentOn !== link) this.#write(letter, link);
	}

	/** The client asks for its backlog. */
	batchAsked(): void {
		this.#onBatch?.();
	}

	leave(link: Link): void {
		if (this.#link === link) this.#link = null;
	}

	#remove(confirmed: (letter: Letter) => boolean): void {
		this.#letters.splice(0, this.#letters.length, ...this.#letters.filter((letter) => !confirmed(letter)));
		this.#watch.notify();
	}

	#write(letter: Letter, link: Link): void {
		letter.sentOn = link;
		link.send(letter.node);
	}
}

/** A word of the server itself that expects no answer. */
export function fromServer(tag: string, attrs: Readonly<Record<string, string | number>> = {}): Stanza {
	return stanza('ib', { from: SERVER_JID }, [stanza(tag, attrs)]);
}
