/** The word after `--name`, or undefined. */
export function argument(name: string): string | undefined {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? undefined : process.argv[at + 1];
}

export function flag(name: string): boolean {
	return process.argv.includes(`--${name}`);
}

/** A number after `--name`; throws on anything else. */
export function numeric(name: string, otherwise: number): number {
	const given = argument(name);
	if (given === undefined) return otherwise;
	const number = Number(given);
	if (!Number.isFinite(number) || number < 0) throw new RangeError(`--${name} wants a number, not ${given}`);
	return number;
}

/** A whole number after `--name`; throws on anything else. */
export function whole(name: string, otherwise: number): number {
	const number = numeric(name, otherwise);
	if (!Number.isInteger(number)) throw new RangeError(`--${name} wants a whole number, not ${number}`);
	return number;
}
