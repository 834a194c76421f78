/** A person's name as two fields of a card: the first word is the first name, the rest the last. */
export function splitName(name: string): { readonly name: string; readonly lastName: string } {
	const [first = '', ...rest] = name.trim().split(/\s+/);
	return { name: first, lastName: rest.join(' ') };
}

/** How a card's name reads. */
export function joinName({ name, lastName }: { readonly name: string; readonly lastName: string }): string {
	return [name, lastName].map((part) => part.trim()).filter((part) => part !== '').join(' ');
}
