import { type Random, type VirtualClock, wallOf } from '../kit';
import { EMPTY_GUID, type EntityModel, entityProperties, type Configuration, type Property, propertiesOf, sectionProperties, type TabularSection } from './model';
import { emptyValue, grouped, type OpenRow, type Row, sectionRows } from './rows';

/** Things an administrator, a colleague or a provider does to a whole base. */
export interface BaseConditions {
	/** Keys of objects somebody holds open. */
	readonly locked: Set<string>;
	/** Keys of rows the user may not read, while row-level security is on. */
	readonly hidden: Set<string>;
	/** Sets the user has no rights to. */
	readonly forbidden: Set<string>;
	/** Sessions the licences allow at once; null for enough. */
	licences: number | null;
	/** False: the provider wants a new sign-in. */
	sessionAlive: boolean;
	/** Real milliseconds the first request takes after `idleMinutes` of silence. */
	coldStart: { readonly idleMinutes: number; readonly milliseconds: number } | null;
	/** Text of the configuration's code against a write or a posting; null lets it pass. */
	beforeWrite: (set: string, row: Row) => string | null;
	beforePosting: (set: string, row: Row) => string | null;
	/** Megabytes that are added to `$metadata`. */
	metadataMegabytes: number;
}

/** What a name of a set means: objects or register rows, rows of a section, or the flat rows of a subordinate register. */
export interface ResolvedSet {
	readonly kind: 'entity' | 'section' | 'records';
	readonly entity: EntityModel;
	readonly section: TabularSection | null;
	readonly properties: readonly Property[];
}

/** A base: a configuration with its rows. Tests change it as its users would, past every check of the interface. */
export class Infobase {
	readonly entities: ReadonlyMap<string, EntityModel>;
	/** Sets the administrator put into the composition of the interface. */
	readonly published: Set<string>;
	readonly users: { login: string; password: string }[] = [];
	readonly conditions: BaseConditions = {
		locked: new Set(), hidden: new Set(), forbidden: new Set(), licences: null, sessionAlive: true, coldStart: null,
		beforeWrite: () => null, beforePosting: () => null, metadataMegabytes: 0,
	};
	private readonly rows = new Map<string, Map<string, OpenRow>>();
	private readonly counters = new Map<string, number>();

	constructor(
		readonly configuration: Configuration,
		readonly clock: VirtualClock,
		/** IANA zone whose wall clock the base keeps its dates in. */
		readonly zone: string,
		private readonly random: Random,
	) {
		this.entities = new Map(configuration.entities.map((entity) => [entity.set, entity]));
		this.published = new Set(this.entities.keys());
	}

	/** Rows of an entity by key. */
	rowsOf(set: string): Map<string, OpenRow> {
		const known = this.rows.get(set);
		if (known !== undefined) return known;
		const made = new Map<string, OpenRow>();
		this.rows.set(set, made);
		return made;
	}

	/** The model of a set that is part of the configuration; throws for another name, which is a mistake of a test. */
	entityOf(set: string): EntityModel {
		const entity = this.entities.get(set);
		if (entity === undefined) throw new Error(`the configuration has no ${set}`);
		return entity;
	}

	/** What a name in an address means; null when nothing of that name is published. */
	resolve(name: string): ResolvedSet | null {
		const entity = this.entities.get(name);
		if (entity !== undefined) return this.published.has(name) ? { kind: 'entity', entity, section: null, properties: entityProperties(entity) } : null;
		for (const owner of this.entities.values()) {
			if (!this.published.has(owner.set) || !name.startsWith(`${owner.set}_`)) continue;
			const rest = name.slice(owner.set.length + 1);
			if (rest === 'RecordType' && owner.subordinate) return { kind: 'records', entity: owner, section: null, properties: entityProperties(owner) };
			const section = owner.sections.find((one) => one.name === rest);
			if (section !== undefined) return { kind: 'section', entity: owner, section, properties: sectionProperties(owner, section) };
		}
		return null;
	}

	/** All rows of a resolved set. */
	rowsIn({ kind, entity, section }: ResolvedSet): readonly Row[] {
		const own = [...this.rowsOf(entity.set).values()];
		if (kind === 'section' && section !== null) return own.flatMap((row) => sectionRows(row, section.name).map((line) => ({ Ref_Key: row.Ref_Key, ...line })));
		return kind === 'entity' && entity.subordinate ? recordSets(own) : own;
	}

	/** Adds an object or a register row as a user of 1C does; absent values are empty. */
	add(set: string, values: Row = {}): OpenRow {
		const entity = this.entityOf(set);
		const row: OpenRow = { ...emptyRow(entity), ...this.assigned(entity), ...values };
		for (const section of entity.sections) row[section.name] = this.lines(section, sectionRows(row, section.name));
		this.rowsOf(set).set(this.keyOf(entity, row), row);
		return row;
	}

	/** Changes an object as a user of 1C does: its version moves on. */
	change(set: string, key: string, values: Row): void {
		const row = this.rowsOf(set).get(key);
		if (row === undefined) throw new Error(`no ${set} with this key`);
		Object.assign(row, values, { DataVersion: this.nextVersion() });
	}

	/** The key a row is kept under: its reference, or all dimensions of a register. */
	keyOf(entity: EntityModel, row: Row): string {
		if (!isRegister(entity)) return String(row.Ref_Key);
		if (entity.subordinate) return `${String(row.Recorder)} ${String(row.LineNumber)}`;
		return entity.dimensions.map((name) => String(row[name] ?? row[`${name}_Key`])).join('|');
	}

	/** A reference nothing has yet. */
	newGuid(): string {
		const hex = this.random.hex(32);
		return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
	}

	/** An opaque version; it tells equal from different and nothing else. */
	nextVersion(): string {
		const bytes = Buffer.alloc(8);
		bytes.writeBigUInt64LE(BigInt(this.count('version')));
		return bytes.toString('base64');
	}

	/** The wall clock of the base. */
	wallNow(): string {
		return wallOf(this.clock.now(), this.zone);
	}

	/** Rows of a section with the base's own line numbers and empty values where nothing was given. */
	lines(section: TabularSection, rows: readonly Row[]): readonly Row[] {
		const properties = section.attributes.flatMap(propertiesOf);
		return rows.map((row, index) => ({ ...Object.fromEntries(properties.map((one) => [one.name, emptyValue(one)])), ...row, LineNumber: String(row.LineNumber ?? index + 1) }));
	}

	private assigned(entity: EntityModel): Row {
		if (isRegister(entity)) return entity.subordinate ? { Active: true } : {};
		const number = this.count(entity.set);
		const common = { Ref_Key: this.newGuid(), DataVersion: this.nextVersion() };
		if (entity.kind === 'Catalog') return { ...common, Code: `НФ-${String(number).padStart(8, '0')}`, ...(entity.hierarchical ? { Parent_Key: EMPTY_GUID } : {}) };
		return { ...common, Number: `НФ00-${String(number).padStart(6, '0')}`, Date: this.wallNow() };
	}

	private count(what: string): number {
		const next = (this.counters.get(what) ?? 0) + 1;
		this.counters.set(what, next);
		return next;
	}
}

/** True for what has dimensions in place of a reference. */
export function isRegister({ kind }: EntityModel): boolean {
	return kind === 'InformationRegister' || kind === 'AccumulationRegister';
}

function emptyRow(entity: EntityModel): OpenRow {
	return Object.fromEntries([...entityProperties(entity).map((one) => [one.name, emptyValue(one)] as const), ...entity.sections.map(({ name }) => [name, []] as const)]);
}

/** Rows of a subordinate register come grouped by their document. */
function recordSets(rows: readonly Row[]): readonly Row[] {
	return [...grouped(rows, (row) => String(row.Recorder))].map(([Recorder, RecordSet]) => ({ Recorder, Recorder_Type: RecordSet[0]?.Recorder_Type, RecordSet }));
}
