import type { SessionAuth } from '../../../core/whatsapp';
import { MemoryAuth } from '../../whatsapp-server/support/memory-auth';

/** The client of the test server on the product's own store. */
export class StoredAuth extends MemoryAuth {
	constructor(private readonly auth: SessionAuth) {
		super();
	}

	override open() {
		return { state: this.auth.state, save: () => void this.auth.saveCreds().catch(() => undefined) };
	}
}
