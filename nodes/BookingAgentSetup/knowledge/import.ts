import { formatOf, readEntries, type EntriesReading, type KnowledgeFormat } from '../../../core/conversation/knowledge';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation, type OperationContext } from '../../shared/operation';
import { now } from '../../shared/salon';
import type { ManageContext } from '../context';
import { readFile } from './read-file';
import { importFields } from './import-fields';
import { importableSource } from './source';

type Refusal = Extract<EntriesReading, { kind: 'refused' }>;

export const importKnowledge = defineOperation<ManageContext>({
	value: 'import',
	name: 'Import',
	action: 'Import knowledge',
	description: 'Learn a text, a table of questions or a page; earlier entries of the same source are replaced',
	fields: importFields,
	async run(context, i) {
		const { parameters, tenant, store, claimSource } = context;
		const { text, name, known } = await given(context, i);
		const source = importableSource(textOf(parameters.getNodeParameter('sourceName', i, '')) || name);
		if (looksLikeHtml(text)) throw new ParameterError('The text is the HTML of a page', 'Put an HTML node and a Markdown node before this one, as the template 04-knowledge-import.json does, and import the Markdown.');
		const format = chosenFormat(parameters, i) ?? known ?? guessed(name === '' ? source : name, text);
		const reading = readEntries(text, format);
		if (reading.kind === 'refused') throw refusal(reading);
		claimSource(source);
		const { added, removed, kept } = await store.knowledge.replaceSource(tenant, source, reading.entries, now());
		return { salonId: tenant, source, format, entries: added + kept, added, removed, kept };
	},
});

interface Given {
	readonly text: string;
	/** Name of the file; '' for a text. */
	readonly name: string;
	readonly known: KnowledgeFormat | null;
}

async function given({ parameters, functions }: ManageContext, i: number): Promise<Given> {
	if (parameters.getNodeParameter('importFrom', i, 'text') === 'file') return readFile(functions, i, textOf(parameters.getNodeParameter('binaryPropertyName', i, 'data')));
	const value: unknown = parameters.getNodeParameter('text', i, '');
	if (typeof value === 'string') return { text: value, name: '', known: null };
	throw new ParameterError('There is no text to import', 'Fill in Text, or an expression that gives text, for example the field that Extract From File made.');
}

function chosenFormat(parameters: OperationContext['parameters'], i: number): KnowledgeFormat | null {
	const format = parameters.getNodeParameter('format', i, 'automatic') as KnowledgeFormat | 'automatic';
	return format === 'automatic' ? null : format;
}

/** By the ending of the name; a text whose name tells nothing is Markdown when it has Markdown's headings. */
function guessed(name: string, text: string): KnowledgeFormat {
	const byName = formatOf(name);
	return byName === 'text' && !/\.\w{2,5}$/.test(name) && /^#{1,6} +\S/m.test(text) ? 'markdown' : byName;
}

function looksLikeHtml(text: string): boolean {
	return /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)[\s>]/i.test(text.slice(0, 1000));
}

const KEPT = 'What the source held before is kept.';
const REFUSED: Readonly<Record<Refusal['reason'], { readonly message: string; readonly todo: string }>> = {
	empty: { message: 'There is nothing to import', todo: `No question with an answer and no paragraph was found. ${KEPT} To take a source away use Delete Source.` },
	too_large: { message: 'The text is too large', todo: `A source has at most 2,000,000 characters and 2,000 entries; split it into several sources. ${KEPT}` },
	not_text: { message: 'This is not text', todo: `Take the text out with an Extract From File node first. ${KEPT}` },
	bad_csv: { message: 'The CSV does not read', todo: `A quote is not closed, or text stands after a closing quote. Save the table as CSV again. ${KEPT}` },
	no_answer_column: { message: 'The CSV has no column of answers', todo: `Name the columns question and answer (вопрос, ответ); a third one, aliases (синонимы), may hold other words. ${KEPT}` },
};

function refusal({ reason, line }: Refusal): ParameterError {
	const { message, todo } = REFUSED[reason];
	return new ParameterError(line === null ? message : `${message} (line ${line})`, todo);
}
