import type { Random, VirtualClock } from '../../contract/simulators/kit';
import { parseJid } from '../wire/jid';
import type { Device } from './device';
import type { MediaStore } from './media-store';
import { Phone, type PhoneOptions } from './phone';

/** An address looked up: whose it is, and which of their linked devices; the phone itself when there is none. */
export interface Place {
	readonly phone: Phone;
	readonly device: Device | null;
}

/** All accounts of the server. */
export class Desk {
	readonly #phones = new Map<string, Phone>();

	constructor(
		readonly random: Random,
		readonly clock: VirtualClock,
		readonly media: MediaStore,
	) {}

	get phones(): readonly Phone[] {
		return [...this.#phones.values()];
	}

	/** The account with this number; made when it is new. */
	phone(number: string, options: PhoneOptions = {}): Phone {
		const known = this.#phones.get(number);
		if (known !== undefined) return known;
		if (!/^\d{7,15}$/.test(number)) throw new Error(`not a number in digits: ${number}`);
		const phone = new Phone(this, number, `${this.random.integer(10_000_000, 99_999_999)}${this.random.integer(1_000_000, 9_999_999)}`, options);
		this.#phones.set(number, phone);
		return phone;
	}

	known(number: string): Phone | undefined {
		return this.#phones.get(number);
	}

	/** Undefined when nobody has this address, or the device is no longer linked. */
	find(address: string): Place | undefined {
		const { user, server, device } = parseJid(address);
		const phone = server === 'lid' ? this.phones.find(({ lid }) => lid === user) : this.#phones.get(user);
		if (phone === undefined) return undefined;
		if (device === 0) return { phone, device: null };
		const linked = phone.devices.get(device);
		return linked === undefined ? undefined : { phone, device: linked };
	}

	/** Seconds since 1970 as the protocol writes them. */
	seconds(): number {
		return Math.floor(this.clock.now() / 1000);
	}

	messageId(): string {
		return `3A${this.random.hex(18).toUpperCase()}`;
	}
}
