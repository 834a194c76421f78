/** What a configuration of 1C consists of, as the standard interface shows it. */

export type AttributeType = 'string' | 'number' | 'integer' | 'boolean' | 'date' | 'ref' | 'composite';

/** An attribute under its name in the configurator; a reference is seen as `Имя_Key`, a composite one also as `Имя_Type`. */
export interface Attribute {
	readonly name: string;
	readonly type: AttributeType;
	/** Longest text; absent is unlimited. */
	readonly length?: number;
	/** Set a reference points into. */
	readonly target?: string;
}

export interface TabularSection {
	readonly name: string;
	readonly attributes: readonly Attribute[];
}

export type EntityKind = 'Catalog' | 'Document' | 'Task' | 'InformationRegister' | 'AccumulationRegister';

/** One published object; `set` is its name in an address. */
export interface EntityModel {
	readonly set: string;
	readonly kind: EntityKind;
	readonly attributes: readonly Attribute[];
	readonly sections: readonly TabularSection[];
	/** Catalogs: whether there are groups. */
	readonly hierarchical: boolean;
	/** Registers: names of attributes that make a row's key, its period included. */
	readonly dimensions: readonly string[];
	/** Registers: names of measures, which filters refuse. */
	readonly resources: readonly string[];
	/** Registers: rows belong to documents. */
	readonly subordinate: boolean;
}

/** A configuration by its short name. */
export interface Configuration {
	readonly name: string;
	readonly entities: readonly EntityModel[];
}

/** A property as the interface shows it. */
export interface Property {
	readonly name: string;
	readonly type: AttributeType;
	readonly length?: number;
	readonly target?: string;
}

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';
export const EMPTY_DATE = '0001-01-01T00:00:00';

const property = (name: string, type: AttributeType, length?: number, target?: string): Property => ({ name, type, length, target });

/** Properties of an attribute. */
export function propertiesOf({ name, type, length, target }: Attribute): readonly Property[] {
	if (type === 'ref') return [property(`${name}_Key`, type, undefined, target)];
	if (type === 'composite') return [property(name, type), property(`${name}_Type`, 'string', 150)];
	return [property(name, type, length)];
}

/** All plain properties of an entity, the standard ones first. */
export function entityProperties(entity: EntityModel): readonly Property[] {
	return [...STANDARD[entity.kind](entity), ...entity.attributes.flatMap(propertiesOf)];
}

/** Properties of a row of a section, as a set of its own shows it. */
export function sectionProperties(entity: EntityModel, section: TabularSection): readonly Property[] {
	return [property('Ref_Key', 'ref', undefined, entity.set), property('LineNumber', 'integer'), ...section.attributes.flatMap(propertiesOf)];
}

const OBJECT = [property('Ref_Key', 'ref'), property('DataVersion', 'string', 12), property('DeletionMark', 'boolean')];

const STANDARD: Readonly<Record<EntityKind, (entity: EntityModel) => readonly Property[]>> = {
	Catalog: ({ set, hierarchical }) => [
		...OBJECT, property('Predefined', 'boolean'), ...(hierarchical ? [property('Parent_Key', 'ref', undefined, set), property('IsFolder', 'boolean')] : []),
		property('Code', 'string', 11), property('Description', 'string', 100),
	],
	Document: () => [...OBJECT, property('Number', 'string', 11), property('Date', 'date'), property('Posted', 'boolean')],
	Task: () => [...OBJECT, property('Number', 'string', 14), property('Date', 'date'), property('Description', 'string', 250), property('Executed', 'boolean')],
	InformationRegister: ({ subordinate }) => (subordinate ? [property('Recorder', 'composite'), property('Recorder_Type', 'string', 150), property('LineNumber', 'integer'), property('Active', 'boolean')] : []),
	AccumulationRegister: () => [property('Period', 'date'), property('Recorder', 'composite'), property('Recorder_Type', 'string', 150), property('LineNumber', 'integer'), property('Active', 'boolean'), property('RecordType', 'string', 10)],
};
