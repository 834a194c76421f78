/** Writes docs/schema.md from the types of core/store/schema: `node -r ./test/support/register.js scripts/schema-doc.ts`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const FOLDER = join(__dirname, '..', 'core', 'store', 'schema');
export const SCHEMA_DOC = join(__dirname, '..', 'docs', 'schema.md');

export interface DocumentedColumn {
	readonly name: string;
	readonly type: string;
	readonly about: string;
}

export interface DocumentedTable {
	readonly name: string;
	readonly about: string;
	readonly columns: readonly DocumentedColumn[];
}

const INTRODUCTION = `# Tables of the store

Made from \`core/store/schema\` by \`node -r ./test/support/register.js scripts/schema-doc.ts\`; a test compares it with the real tables of both
engines. How the store is run: [The store](store.md).

- Text, integers of 64 bits and doubles only. «or null» may be empty; everything else is always there.
- Instants are UTC ISO text with milliseconds or, where it says so, milliseconds since the epoch. Money is in minor units. Flags are 0 and 1.
- «Sealed» is encrypted with the store's key and cannot be read in SQL.
- The key of nearly every table begins with \`tenant\`, the salon. On Postgres a role that does not own the tables sees the rows of
  \`ai_admin.tenant\` only, and nothing of tables without a tenant.
- On Postgres \`inbox\`, \`outbox\` and \`sync_visit\` are partitioned by months.
`;

interface Interface {
	readonly node: ts.InterfaceDeclaration;
	readonly file: ts.SourceFile;
}

function interfaces(): ReadonlyMap<string, Interface> {
	const found = new Map<string, Interface>();
	for (const name of readdirSync(FOLDER).sort()) {
		const path = join(FOLDER, name);
		const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
		for (const node of file.statements) if (ts.isInterfaceDeclaration(node)) found.set(`${ts.getCombinedModifierFlags(node) === 0 ? `${name} ` : ''}${node.name.text}`, { node, file });
	}
	return found;
}

function aboutOf(node: ts.Node): string {
	return ts.getJSDocCommentsAndTags(node).flatMap((one) => (ts.isJSDoc(one) ? [ts.getTextOfJSDocComment(one.comment) ?? ''] : [])).join(' ').replace(/\s+/g, ' ').trim();
}

function typeOf(text: string): string {
	const isOptional = /\|\s*null$/.test(text);
	const bare = text.replace(/\s*\|\s*null$/, '');
	const words = bare === 'string' ? 'text' : bare === 'number' ? 'number' : bare.startsWith("'") ? bare.replace(/'/g, '').replace(/\s*\|\s*/g, ', ') : 'text';
	return isOptional ? `${words} or null` : words;
}

/** Every table as its type describes it, in the order of the types. */
export function documentedTables(): readonly DocumentedTable[] {
	const all = interfaces();
	const find = (name: string, from: ts.SourceFile): Interface | undefined => all.get(`${from.fileName.split('/').at(-1)} ${name}`) ?? all.get(name);
	const columnsOf = ({ node, file }: Interface): readonly DocumentedColumn[] => [
		...(node.heritageClauses ?? []).flatMap(({ types }) => types.flatMap((type) => {
			const parent = find(type.expression.getText(file), file);
			return parent === undefined ? [] : columnsOf(parent);
		})),
		...node.members.flatMap((member) => (ts.isPropertySignature(member) && member.type !== undefined ? [{ name: member.name.getText(file), type: typeOf(member.type.getText(file)), about: aboutOf(member) }] : [])),
	];
	const tables: DocumentedTable[] = [];
	for (const [name, { node, file }] of all) {
		if (!name.endsWith('Tables') && name !== 'Database') continue;
		for (const member of node.members) {
			if (!ts.isPropertySignature(member) || member.type === undefined) continue;
			const table = find(member.type.getText(file), file);
			if (table !== undefined) tables.push({ name: member.name.getText(file), about: aboutOf(table.node), columns: columnsOf(table) });
		}
	}
	return tables;
}

/** The whole text of docs/schema.md. */
export function schemaDoc(): string {
	const cell = (text: string): string => text.replace(/\|/g, '\\|');
	const tables = documentedTables().map(({ name, about, columns }) => [`## ${name}`, '', ...(about === '' ? [] : [about, '']), '| column | type | |', '|---|---|---|', ...columns.map((one) => `| \`${one.name}\` | ${cell(one.type)} | ${cell(one.about)} |`), ''].join('\n'));
	return [INTRODUCTION, ...tables].join('\n');
}

if (require.main === module) writeFileSync(SCHEMA_DOC, schemaDoc());
