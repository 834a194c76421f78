/** What real n8n instances wrote about clients while the tests ran: their logs and the assistant's audit. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workFolder } from '../../../demo/lib/paths.mjs';

export const traceFolder = join(workFolder, 'e2e-traces');

/** What no log may hold. Everything clients write in these tests, and every name, is Cyrillic or holds a phone. */
const PERSONAL = [
	{ what: 'a phone', pattern: /(?<![\w.-])(?:\+?7|8)9\d{9}(?!\w)/g },
	{ what: 'words or a name', pattern: /\p{Script=Cyrillic}{2,}(?:[ ,.]+\p{Script=Cyrillic}+)*/gu },
	{ what: 'a key of a WhatsApp session', pattern: /\b(?:privKey|currentRatchet|rootKey|Closing session|SessionEntry)\b/g },
	{ what: 'an English message', pattern: /\b(?:I would like|book me|tomorrow at|my name is|cancel my)\b/gi },
];

/** Begins anew: traces of an earlier run prove nothing. */
export async function openTraces() {
	await rm(traceFolder, { recursive: true, force: true });
	await mkdir(traceFolder, { recursive: true });
}

/**
 * Keeps the audit of an instance before its folder goes.
 * @param {string} userFolder
 * @param {string} name
 */
export async function keepAudit(userFolder, name) {
	const file = join(userFolder, '.n8n', 'ai-admin.sqlite');
	if (!existsSync(file) || !existsSync(traceFolder)) return;
	const { DatabaseSync } = await import('node:sqlite');
	const db = new DatabaseSync(file, { readOnly: true });
	try {
		const rows = db.prepare('select kind, data from conversation_event').all();
		await writeFile(join(traceFolder, `${name}.audit`), rows.map(({ kind, data }) => `${kind} ${data}\n`).join(''));
	} finally {
		db.close();
	}
}

/**
 * @returns {Promise<{ files: number, bytes: number, found: string[] }>} what was searched, and where something personal stands
 */
export async function searchTraces() {
	const found = [];
	let bytes = 0;
	const files = await readdir(traceFolder).catch(() => []);
	for (const name of files) {
		const text = await readFile(join(traceFolder, name), 'utf8');
		bytes += Buffer.byteLength(text);
		for (const { what, pattern } of PERSONAL) {
			const [first] = text.match(pattern) ?? [];
			if (first !== undefined) found.push(`${name} holds ${what}: ${text.split('\n').find((line) => line.includes(first))?.slice(0, 300)}`);
		}
	}
	return { files: files.length, bytes, found };
}
