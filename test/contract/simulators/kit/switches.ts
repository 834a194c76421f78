/** The positions of each unknown of a sheet; the first one is the default. */
export type SwitchBoard = Readonly<Record<string, readonly [string, ...string[]]>>;

/** One position of every switch; may be changed while a simulator runs. */
export type Switches<TBoard extends SwitchBoard> = { -readonly [K in keyof TBoard]: TBoard[K][number] };

/** Every switch in its first position, with the changes. */
export function switchesOf<TBoard extends SwitchBoard>(board: TBoard, changes: Partial<Switches<TBoard>> = {}): Switches<TBoard> {
	const first = Object.fromEntries(Object.entries(board).map(([name, [position]]) => [name, position])) as Switches<TBoard>;
	return { ...first, ...changes };
}

/** The default, then each other position of each switch alone: what a contract run walks through. */
export function positionsOf<TBoard extends SwitchBoard>(board: TBoard): readonly { readonly name: string; readonly changes: Partial<Switches<TBoard>> }[] {
	const single = Object.entries(board).flatMap(([name, [, ...others]]) =>
		others.map((position) => ({ name: `${name}=${position}`, changes: { [name]: position } as Partial<Switches<TBoard>> })),
	);
	return [{ name: 'defaults', changes: {} }, ...single];
}
