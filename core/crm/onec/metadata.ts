/** The description of a base: what is published, with fields, sections and what references point to. */

/** One set of objects or rows of a register. */
export interface Entity {
	readonly set: string;
	readonly fields: ReadonlyMap<string, Field>;
	/** Names of tabular sections; the fields of one are those of the set `<set>_<section>`. */
	readonly sections: readonly string[];
}

export interface Field {
	readonly type: 'text' | 'number' | 'date' | 'flag' | 'key' | 'other';
	/** Longest text; null for one without a length. */
	readonly length: number | null;
	/** Set a reference points into, where it is published too. */
	readonly target: string | null;
}

export type Metadata = ReadonlyMap<string, Entity>;

const TYPES: Readonly<Record<string, Field['type']>> = {
	'Edm.String': 'text', 'Edm.Double': 'number', 'Edm.Decimal': 'number', 'Edm.Int16': 'number', 'Edm.Int32': 'number', 'Edm.Int64': 'number', 'Edm.DateTime': 'date', 'Edm.Boolean': 'flag', 'Edm.Guid': 'key',
};
const NAMESPACE = 'StandardODATA.';

/** Reads `$metadata`. What it does not understand it leaves out. */
export function readMetadata(xml: string): Metadata {
	const targets = readTargets(xml);
	const found = new Map<string, Entity>();
	for (const [, head = '', body = ''] of xml.matchAll(/<EntityType\s([^>]*)>([\s\S]*?)<\/EntityType>/g)) {
		const set = attribute(head, 'Name');
		if (set === '') continue;
		const fields = new Map<string, Field>();
		const sections: string[] = [];
		const references = new Map([...body.matchAll(/<NavigationProperty\s([^>]*?)\/?>/g)].map(([, text = '']) => [attribute(text, 'Name'), targets.get(plain(attribute(text, 'Relationship'))) ?? null]));
		for (const [, text = ''] of body.matchAll(/<Property\s([^>]*?)\/?>/g)) {
			const [name, type] = [attribute(text, 'Name'), attribute(text, 'Type')];
			if (type.startsWith('Collection(')) sections.push(name);
			else fields.set(name, { type: TYPES[type] ?? 'other', length: lengthOf(attribute(text, 'MaxLength')), target: references.get(name.replace(/_Key$/, '')) ?? null });
		}
		found.set(set, { set, fields, sections });
	}
	return found;
}

/** The set at the far end of each association. */
function readTargets(xml: string): ReadonlyMap<string, string> {
	const targets = new Map<string, string>();
	for (const [, head = '', body = ''] of xml.matchAll(/<Association\s([^>]*)>([\s\S]*?)<\/Association>/g)) {
		const end = [...body.matchAll(/<End\s([^>]*?)\/?>/g)].map(([, text = '']) => text).find((text) => attribute(text, 'Role') === 'End');
		if (end !== undefined) targets.set(attribute(head, 'Name'), plain(attribute(end, 'Type')));
	}
	return targets;
}

function attribute(text: string, name: string): string {
	return unescaped(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1] ?? '');
}

function unescaped(text: string): string {
	return text.replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '');
}

function plain(name: string): string {
	return name.startsWith(NAMESPACE) ? name.slice(NAMESPACE.length) : name;
}

function lengthOf(text: string): number | null {
	const length = Number(text);
	return text !== '' && Number.isInteger(length) && length > 0 ? length : null;
}

/** Fields of a section's rows; none for a section that is not there. */
export function sectionOf(metadata: Metadata, set: string, section: string): Entity | null {
	return metadata.get(set)?.sections.includes(section) === true ? (metadata.get(`${set}_${section}`) ?? null) : null;
}

/** The first field of an entity that meets a test. */
export function fieldWhere({ fields }: Entity, test: (name: string, field: Field) => boolean): string | null {
	for (const [name, field] of fields) if (test(name, field)) return name;
	return null;
}
