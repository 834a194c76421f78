import { delay } from '../../contract/simulators/kit';
import { matches, type Stanza, type StanzaPattern } from './stanza';

/** What happens to a stanza instead of its answer. */
export type StanzaFault =
	/** Nobody hears it. */
	| { readonly kind: 'swallow' }
	/** It is answered that much later; what comes after it waits too. */
	| { readonly kind: 'late'; readonly milliseconds: number }
	/** A request is refused with a code. */
	| { readonly kind: 'error'; readonly code: number }
	/** The connection is lost as it arrives. */
	| { readonly kind: 'drop' };

interface Rule {
	readonly pattern: StanzaPattern;
	readonly fault: StanzaFault;
	left: number;
}

/** The script of what goes wrong with stanzas of clients; rules are tried in the order they were added. */
export class StanzaFaults {
	#rules: Rule[] = [];

	/** The next `times` stanzas like the pattern meet the fault. */
	add(pattern: StanzaPattern, fault: StanzaFault, times = 1): void {
		this.#rules.push({ pattern, fault, left: times });
	}

	clear(): void {
		this.#rules = [];
	}

	/** True when every fault of a finite number was met. */
	spent(): boolean {
		return this.#rules.every(({ left }) => left === 0 || left === Infinity);
	}

	/** The fault of this stanza, counting it; a late one is waited for here and is none then. */
	async meet(node: Stanza): Promise<StanzaFault | null> {
		const rule = this.#rules.find(({ pattern, left }) => left > 0 && matches(node, pattern));
		if (rule === undefined) return null;
		rule.left -= 1;
		if (rule.fault.kind !== 'late') return rule.fault;
		await delay(rule.fault.milliseconds);
		return null;
	}
}
