interface Pace {
	readonly looks: Set<() => void>;
	readonly timer: NodeJS.Timeout;
}

const paces = new Map<number, Pace>();

/**
 * Calls `look` every so many milliseconds until the returned function is called; never keeps a process alive. All who look
 * at the same pace share one timer: one of its own for each of hundreds of sessions would wake an idle process as often.
 */
export function every(ms: number, look: () => void): () => void {
	const pace = paces.get(ms) ?? begin(ms);
	// a function of its own: the same look may be wanted twice
	const own = (): void => look();
	pace.looks.add(own);
	return () => {
		pace.looks.delete(own);
		if (pace.looks.size > 0 || paces.get(ms) !== pace) return;
		clearInterval(pace.timer);
		paces.delete(ms);
	};
}

function begin(ms: number): Pace {
	const looks = new Set<() => void>();
	const timer = setInterval(() => looks.forEach((look) => look()), ms);
	timer.unref();
	const pace = { looks, timer };
	paces.set(ms, pace);
	return pace;
}
