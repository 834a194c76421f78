import { isRecord } from '../reading';
import { type Entity, type Field, fieldWhere, type Metadata, sectionOf } from './metadata';
import { type PresetName, PRESETS, PRESET_NAMES } from './presets';

/** A mapping made out of a base's description: parts of presets that fit it, and guesses by names and types for the rest. */

type Part = Readonly<Record<string, unknown>>;

export interface Proposal {
	readonly proposal: Part;
	readonly preset: PresetName | null;
	readonly notes: readonly string[];
}

const PARTS = ['service', 'staff', 'client', 'visit', 'schedule', 'company'] as const;
type PartName = (typeof PARTS)[number];

const MARK_LENGTH = 40;

/** Proposes a mapping. A guess is always named in the notes. */
export function proposeMapping(metadata: Metadata): Proposal {
	const preset = bestPreset(metadata);
	const notes: string[] = [];
	const found: Record<string, unknown> = {};
	for (const part of PARTS) {
		const known = preset === null ? null : partOf(preset, part);
		const fitting = known !== null && fits(metadata, known) ? known : null;
		const proposed = fitting === null ? GUESSES[part](metadata, found) : withDetails(metadata, part, fitting);
		if (proposed !== null) found[part] = proposed;
		if (fitting === null && proposed !== null) notes.push(`"${part}" is a guess by names: compare ${String(proposed.entity)} with what the people of the base use.`);
		if (proposed === null && part !== 'schedule') notes.push(`Nothing was found for "${part}": publish its set, or write this part by hand.`);
	}
	if (found.visit === undefined) found.visit = null;
	if (found.schedule === undefined) notes.push('Working hours were not found in the base: they come from the salon plan.');
	const price = isRecord(found.service) ? found.service.price : null;
	if (price !== null && price !== undefined) notes.push('Name the kind of prices clients pay in "service.price.priceType", if the base has several.');
	notes.push('Name the kind of phones in "client.phoneKind": without it a new phone is kept but not shown on the card.');
	return { proposal: found, preset, notes };
}

/** The preset whose visit, client and staff the base has; the one with most parts. */
function bestPreset(metadata: Metadata): PresetName | null {
	const scored = PRESET_NAMES.map((name) => ({ name, parts: PARTS.filter((part) => isFitting(metadata, name, part)) }));
	const [best] = scored.filter(({ parts }) => parts.includes('client') && (parts.includes('visit') || parts.length > 3)).sort((a, b) => b.parts.length - a.parts.length || Number(b.parts.includes('visit')) - Number(a.parts.includes('visit')));
	return best?.name ?? null;
}

function isFitting(metadata: Metadata, name: PresetName, part: PartName): boolean {
	const known = partOf(name, part);
	return known !== null && fits(metadata, known);
}

function partOf(preset: PresetName, part: PartName): Part | null {
	const parts: Part = PRESETS[preset];
	const known = parts[part];
	return isRecord(known) ? known : null;
}

const IN_FILTER = /'(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_]*/gu;
const WORDS_OF_FILTERS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'and', 'or', 'not', 'true', 'false', 'guid', 'datetime']);
/** Keys of a part whose values are fields of its entity. */
const FIELDS = ['start', 'end', 'staff', 'comment', 'date', 'from', 'to', 'shift', 'category', 'duration', 'position', 'fullName', 'status'];

/** Whether a base has the set of a part and every field the part names. */
function fits(metadata: Metadata, part: Part): boolean {
	const entity = metadata.get(String(part.entity));
	if (entity === undefined) return false;
	const holder = part.shiftEntity === undefined ? entity : (metadata.get(String(part.shiftEntity)) ?? entity);
	const filter = typeof part.filter === 'string' ? [...part.filter.matchAll(IN_FILTER)].map(([word]) => word).filter((word) => !word.startsWith("'") && !WORDS_OF_FILTERS.has(word)) : [];
	const fields = FIELDS.flatMap((key) => (typeof part[key] === 'string' ? [[key, part[key]] as const] : []));
	const isThere = fields.every(([key, name]) => ((key === 'from' || key === 'to') && part.shiftEntity !== undefined ? holder : entity).fields.has(name));
	return isThere && filter.every((name) => entity.fields.has(name)) && hasPerson(metadata, entity, part.client) && hasSection(entity, part.contactInfo) && hasLines(metadata, entity, part.lines);
}

function hasPerson(metadata: Metadata, entity: Entity, client: unknown): boolean {
	if (client === undefined) return true;
	if (typeof client === 'string') return entity.fields.has(client);
	if (!isRecord(client)) return false;
	const holder = typeof client.section === 'string' ? sectionOf(metadata, entity.set, client.section) : entity;
	return holder?.fields.has(String(client.field)) === true;
}

function hasSection({ sections }: Entity, section: unknown): boolean {
	return section === undefined || sections.includes(String(section));
}

function hasLines(metadata: Metadata, { set }: Entity, lines: unknown): boolean {
	if (lines === undefined) return true;
	const rows = isRecord(lines) ? sectionOf(metadata, set, String(lines.section)) : null;
	return rows !== null && isRecord(lines) && Object.entries(lines).every(([key, name]) => key === 'section' || rows.fields.has(String(name)));
}

/** What differs between bases of one configuration: a field for the mark, the length of the comment, whether prices are published. */
function withDetails(metadata: Metadata, part: PartName, known: Part): Part {
	const entity = metadata.get(String(known.entity));
	if (entity === undefined) return known;
	if (part === 'service' && isRecord(known.price)) return { ...known, price: metadata.has(String(known.price.from).replace(/\/.*$/, '')) ? known.price : null };
	return part === 'visit' ? { ...known, ...markDetails(entity, String(known.comment)) } : known;
}

function markDetails(entity: Entity, comment: string): Part {
	const marker = fieldWhere(entity, (name, { type, length }) => type === 'text' && /маркер|внешнийид|идентификаторвнешн/i.test(name) && length !== null && length >= MARK_LENGTH);
	const length = entity.fields.get(comment)?.length ?? null;
	return { ...(marker === null ? {} : { marker }), ...(length === null ? {} : { commentLength: length }) };
}

/** Sets of a kind, best name first: the order of the patterns is the order of trust. */
function ranked(metadata: Metadata, kind: RegExp, names: readonly RegExp[], test: (entity: Entity) => boolean = () => true): Entity | null {
	const candidates = [...metadata.values()].filter((entity) => kind.test(entity.set) && entity.fields.has('Ref_Key') && !entity.fields.has('LineNumber') && test(entity));
	for (const name of names) {
		const [found] = candidates.filter(({ set }) => name.test(set)).sort((a, b) => a.set.length - b.set.length);
		if (found !== undefined) return found;
	}
	return null;
}

const CATALOG = /^Catalog_/;
const VISIT_KINDS = /^(Document|Task)_/;
const live = ({ fields }: Entity): string => [...(fields.has('IsFolder') ? ['IsFolder eq false'] : []), 'DeletionMark eq false'].join(' and ');

const GUESSES: Readonly<Record<PartName, (metadata: Metadata, found: Part) => Part | null>> = {
	service(metadata) {
		const entity = ranked(metadata, CATALOG, [/услуг/i, /номенклатура$/i, /номенклатур/i]);
		return entity === null ? null : { entity: entity.set, filter: live(entity), ...(entity.fields.has('Parent_Key') ? { category: 'Parent_Key' } : {}) };
	},
	staff(metadata) {
		const entity = ranked(metadata, CATALOG, [/сотрудники$/i, /мастер|врач|медицинск|специалист/i, /сотрудник/i, /физическиелица$/i]);
		return entity === null ? null : { entity: entity.set, filter: live(entity) };
	},
	client(metadata) {
		const names = [/клиент/i, /пациент|покупател/i, /контрагент/i, /партнер/i];
		const sectioned = ranked(metadata, CATALOG, names, ({ set }) => sectionOf(metadata, set, CONTACTS)?.fields.has('НомерТелефона') === true);
		if (sectioned !== null) return { entity: sectioned.set, contactInfo: CONTACTS };
		const isPhone = (name: string, { type }: Field): boolean => type === 'text' && /телефон/i.test(name);
		const plain = ranked(metadata, CATALOG, names, (entity) => fieldWhere(entity, isPhone) !== null);
		return plain === null ? null : { entity: plain.set, phone: fieldWhere(plain, isPhone) };
	},
	visit: guessVisit,
	schedule: () => null,
	company(metadata) {
		const entity = ranked(metadata, CATALOG, [/организации$/i, /организац|компани/i]);
		return entity === null ? null : { entity: entity.set };
	},
};

const CONTACTS = 'КонтактнаяИнформация';

/** A document or a task that names a time, a person of the staff and a client. */
function guessVisit(metadata: Metadata, { staff, client, service }: Part): Part | null {
	const pointsTo = (entity: Entity, part: unknown): string | null => (isRecord(part) ? fieldWhere(entity, (_name, { target }) => target === part.entity) : null);
	const startOf = (entity: Entity): string | null => fieldWhere(entity, (name, { type }) => type === 'date' && /начал|записьна|датавизита|датаприема|датаприёма/i.test(name));
	const commentOf = (entity: Entity): string | null => fieldWhere(entity, (name, { type }) => type === 'text' && /комментар|примечан/i.test(name));
	const isVisit = (entity: Entity): boolean => pointsTo(entity, staff) !== null && pointsTo(entity, client) !== null && commentOf(entity) !== null;
	const entity = ranked(metadata, VISIT_KINDS, [/запис/i, /визит|посещ|прием|приём|сеанс/i, /событи/i, /заказ/i], isVisit);
	if (entity === null) return null;
	const comment = commentOf(entity) ?? '';
	const end = fieldWhere(entity, (name, { type }) => type === 'date' && /оконч|конец|завершен/i.test(name));
	const lines = guessLines(metadata, entity, service);
	return { entity: entity.set, start: startOf(entity) ?? 'Date', end, staff: pointsTo(entity, staff), client: pointsTo(entity, client), comment, ...(lines === null ? {} : { lines }), ...markDetails(entity, comment) };
}

function guessLines(metadata: Metadata, { set, sections }: Entity, service: unknown): Part | null {
	if (!isRecord(service)) return null;
	for (const section of sections) {
		const rows = sectionOf(metadata, set, section);
		const field = rows === null ? null : fieldWhere(rows, (name, { target }) => target === service.entity || (target === null && /^(Номенклатура|Услуга)_Key$/.test(name)));
		if (rows === null || field === null) continue;
		const price = fieldWhere(rows, (name, { type }) => type === 'number' && name === 'Цена');
		const quantity = fieldWhere(rows, (name, { type }) => type === 'number' && name === 'Количество');
		return { section, service: field, ...(price === null ? {} : { price }), ...(quantity === null ? {} : { quantity }) };
	}
	return null;
}
