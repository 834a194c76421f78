import { matches, type Stanza, type StanzaPattern } from './stanza';
import { Watch } from './watch';

/** One stanza that a client said. */
export interface Said {
	/** Number of the account, empty for a client that is not logged in. */
	readonly number: string;
	readonly node: Stanza;
	readonly at: number;
}

/** Everything clients said, for tests that assert it. */
export class Journal {
	readonly #said: Said[] = [];
	readonly #watch = new Watch();
	/** Keeps nothing: for runs with many clients. */
	enabled = true;

	write(said: Said): void {
		if (this.enabled) this.#said.push(said);
		this.#watch.notify();
	}

	find(pattern: StanzaPattern, number?: string): readonly Said[] {
		return this.#said.filter(({ node, number: sayer }) => (number === undefined || sayer === number) && matches(node, pattern));
	}

	/** The first that fits, now or later; `after` skips as many. */
	async until(pattern: StanzaPattern, after = 0): Promise<Stanza> {
		return (await this.#watch.until(() => this.find(pattern)[after], `a stanza like ${JSON.stringify(pattern)}`)).node;
	}

	clear(): void {
		this.#said.length = 0;
	}
}
