import type { DialogueRecord } from './record';

/** A dialogue as a person would read it, with what the assistant meant. */
export function transcriptOf(record: DialogueRecord): string {
	const head = `#${record.id} ${record.goal} ${record.lang} ${record.channel.name} ${record.verifiedPhone === null ? 'unknown' : 'verified'}: ${record.reached ? 'reached' : 'NOT reached'}`;
	const lines = record.exchanges.flatMap(({ at, sent, results, mode, modelSaid }) => [
		`--- ${new Date(at + 3 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')}${mode === 'human' ? ' (operator)' : ''}`,
		...sent.map(({ message }) => `  > ${message.kind === 'text' ? '' : `[${message.kind}] `}${message.text}`),
		...modelSaid.map((text) => `  ~ ${text.slice(0, 400)}`),
		...results.map(({ kind, reply, turn, handoff }) =>
			reply === null || kind !== 'replied'
				? `  . ${kind}`
				: `${reply.text.replace(/^/gm, '      ')}\n      ${reply.buttons.map((button) => `[${button.title}]`).join(' ')} {${intentsOf(record, turn).join(', ')}}${handoff === null ? '' : ` HANDOFF ${handoff}`}`,
		),
	]);
	return [head, ...lines].join('\n');
}

function intentsOf(record: DialogueRecord, turn: number | null): readonly string[] {
	const line = record.log.find((one) => one.turn === turn && one.kind === 'reply');
	const acts = record.log.filter((one) => one.turn === turn && one.kind === 'understood').flatMap((one) => one.data['acts'] as string[]);
	return [`acts ${acts.join('+')}`, ...((line?.data['intents'] as string[] | undefined) ?? [])];
}
