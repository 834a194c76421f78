import type { Client, Right, Staff, User } from '../model';
import type { Sim } from '../sim';

/** A person as nested in records and visits. */
export function staffBrief(staff: Staff | undefined): unknown {
	if (staff === undefined) return null;
	return {
		id: staff.id, api_id: null, name: staff.name, specialization: staff.specialization, position: staff.position ?? [], avatar: 'https://example.org/o.png',
		avatar_big: 'https://example.org/o_big.png', rating: 4.9, votes_count: 12,
	};
}

/** `+` and digits, unless the account may not see phones. */
export function phoneFor({ switches }: Sim, user: User | null, client: Client): string {
	if (user === null || user.rights.has('phones' satisfies Right)) return `+${client.phone}`;
	return switches.maskedPhones === 'empty' ? '' : `+${client.phone.slice(0, 4)}*****${client.phone.slice(-2)}`;
}

/** Custom fields: an empty object is written as a list. */
export function customFields(fields: Readonly<Record<string, unknown>>): unknown {
	return Object.keys(fields).length === 0 ? [] : fields;
}

/** Kept digits as a number, which some routes give, unless they are hidden. */
export function numericPhone(sim: Sim, user: User | null, client: Client): number | string {
	const phone = phoneFor(sim, user, client);
	return /^\+\d+$/.test(phone) ? Number(phone.slice(1)) : phone;
}
