import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** Which room may import which; a room may always import itself. Mirrors docs/decisions.md and the design. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
	'core/booking': [],
	'core/language': [],
	'core/calendar': ['core/booking'],
	'core/store': ['core/booking'],
	'core/conversation': ['core/booking', 'core/calendar', 'core/language', 'core/store'],
	// Vendors without free times take them from the calendar; all read phones and dates as the rest of the house does.
	'core/crm': ['core/booking', 'core/calendar', 'core/language'],
	'core/crm/builtin': ['core/booking', 'core/calendar', 'core/language', 'core/store'],
	'core/sync': ['core/booking', 'core/store'],
	'core/outreach': ['core/booking', 'core/calendar', 'core/profile', 'core/store'],
	'core/report': ['core/booking', 'core/calendar', 'core/store'],
	'core/profile': ['core/booking', 'core/calendar', 'core/store'],
	'core/whatsapp': ['core/store'],
	'core/panel': ['core/booking', 'core/store'],
	// The public door of the core may open every room.
	core: ['core/booking', 'core/language', 'core/calendar', 'core/store', 'core/conversation', 'core/crm', 'core/crm/builtin', 'core/sync', 'core/outreach', 'core/profile', 'core/report', 'core/whatsapp'],
	nodes: ['core', 'core/booking', 'core/language', 'core/calendar', 'core/store', 'core/conversation', 'core/crm', 'core/crm/builtin', 'core/sync', 'core/outreach', 'core/profile', 'core/report', 'core/whatsapp'],
	credentials: [],
};

const FOREIGN_TO_CORE = /^(n8n|@n8n|@langchain)/;
const IMPORT = /(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|require\(\s*['"]([^'"]+)['"]\s*\)|import\s+['"]([^'"]+)['"]/g;

interface Import {
	readonly file: string;
	readonly target: string;
}

function sources(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true })
		.map((name) => join(ROOT, folder, String(name)))
		.filter((file) => file.endsWith('.ts') && statSync(file).isFile());
}

function importsOf(file: string): Import[] {
	const text = readFileSync(file, 'utf8');
	return [...text.matchAll(IMPORT)].map((match) => ({
		file: relative(ROOT, file),
		target: match[1] ?? match[2] ?? match[3] ?? match[4] ?? '',
	}));
}

/** The most specific room a file lies in. */
function roomOf(file: string): string {
	const rooms = Object.keys(ARROWS).filter((room) => file === room || file.startsWith(`${room}/`));
	return rooms.sort((a, b) => b.length - a.length)[0] ?? '';
}

function wrongArrows(imports: readonly Import[]): string[] {
	return imports.flatMap(({ file, target }) => {
		const from = roomOf(file);
		if (!target.startsWith('.')) {
			return from.startsWith('core') && FOREIGN_TO_CORE.test(target) ? [`${file} imports ${target}: the core knows no n8n`] : [];
		}
		const to = roomOf(relative(ROOT, resolve(ROOT, dirname(file), target)));
		const allowed = to === from || (ARROWS[from] ?? []).includes(to);
		return allowed ? [] : [`${file} (${from}) -> ${target} (${to || 'outside the house'})`];
	});
}

describe('dependency direction', () => {
	const files = ['core', 'nodes', 'credentials'].flatMap(sources);

	it('finds the house', () => {
		expect(files.length).toBeGreaterThan(100);
	});

	it('has no arrow that the design does not draw', () => {
		expect(wrongArrows(files.flatMap(importsOf))).toEqual([]);
	});

	it('would see a wrong arrow', () => {
		expect(wrongArrows([{ file: 'core/language/plural.ts', target: '../store' }])).toHaveLength(1);
		expect(wrongArrows([{ file: 'core/booking/types.ts', target: 'n8n-workflow' }])).toHaveLength(1);
		expect(wrongArrows([{ file: 'core/crm/yclients/adapter.ts', target: '../builtin' }])).toHaveLength(1);
	});

	it('lets only core/whatsapp import Baileys', () => {
		const guests = files.flatMap(importsOf).filter(({ file, target }) => /baileys/.test(target) && !file.startsWith('core/whatsapp/'));
		expect(guests).toEqual([]);
	});
});

describe('file size', () => {
	it('keeps every file under 300 lines or says why not in its first lines', () => {
		const long = ['core', 'nodes', 'credentials', 'test', 'demo', 'scripts']
			.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(ROOT, folder, String(name))))
			.filter((file) => /\.(ts|js|mjs)$/.test(file) && statSync(file).isFile() && !file.includes('node_modules'))
			.filter((file) => {
				const lines = readFileSync(file, 'utf8').split('\n');
				return lines.length > 301 && !/over 300 lines because/i.test(lines.slice(0, 12).join(' '));
			});
		expect(long.map((file) => relative(ROOT, file))).toEqual([]);
	});
});
