import { type Infobase, isRegister } from './infobase';
import { type EntityModel, entityProperties, type Property, propertiesOf, sectionProperties } from './model';

const EDM = { string: 'Edm.String', composite: 'Edm.String', number: 'Edm.Double', integer: 'Edm.Int64', boolean: 'Edm.Boolean', date: 'Edm.DateTime', ref: 'Edm.Guid' } as const;
const VIRTUAL: ReadonlyMap<string, readonly string[]> = new Map([['InformationRegister', ['SliceLast', 'SliceFirst']], ['AccumulationRegister', ['Balance', 'Turnovers']]]);

/** The description of everything published, as EDMX. */
export function metadataXml(base: Infobase): string {
	const entities = [...base.entities.values()].filter(({ set }) => base.published.has(set));
	const types = entities.map(entityTypes).join('');
	const associations = entities.flatMap((entity) => references(base, entity).map(({ name, target }) => association(entity.set, name, target))).join('');
	const sets = entities.flatMap(setNames).map((name) => `<EntitySet Name="${name}" EntityType="StandardODATA.${name}"/>`).join('');
	const functions = entities.map(functionImports).join('');
	const navigation = (entity: EntityModel): string => references(base, entity).map(({ name }) => `<NavigationProperty Name="${name}" Relationship="StandardODATA.${entity.set}_${name}" FromRole="Begin" ToRole="End"/>`).join('');
	const withNavigation = entities.reduce((xml, entity) => xml.replace(`<!--${entity.set}-->`, () => navigation(entity)), types);
	return (
		'<?xml version="1.0" encoding="UTF-8"?><edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx">' +
		'<edmx:DataServices m:DataServiceVersion="3.0" m:MaxDataServiceVersion="3.0" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">' +
		`<Schema Namespace="StandardODATA" xmlns="http://schemas.microsoft.com/ado/2009/11/edm">${withNavigation}${associations}` +
		`<EntityContainer Name="EnterpriseV8" m:IsDefaultEntityContainer="true">${sets}${functions}</EntityContainer></Schema>` +
		`</edmx:DataServices></edmx:Edmx>${' '.repeat(base.conditions.metadataMegabytes * 1_000_000)}`
	);
}

/** Names of all sets of an entity: its own, its sections, the flat rows of its movements. */
export function setNames(entity: EntityModel): readonly string[] {
	return [entity.set, ...(entity.subordinate ? [`${entity.set}_RecordType`] : []), ...entity.sections.map(({ name }) => `${entity.set}_${name}`)];
}

function entityTypes(entity: EntityModel): string {
	const properties = entityProperties(entity);
	const rowType = (name: string): string => `Collection(StandardODATA.${entity.set}${name}_RowType)`;
	const sections = entity.sections.map(({ name }) => `<Property Name="${name}" Type="${rowType(`_${name}`)}" Nullable="true"/>`).join('');
	if (entity.subordinate) {
		const keys = properties.filter(({ name }) => name === 'Recorder' || name === 'Recorder_Type');
		const set = `<EntityType Name="${entity.set}">${keyXml(['Recorder'])}${keys.map(propertyXml).join('')}<Property Name="RecordSet" Type="${rowType('')}" Nullable="true"/><!--${entity.set}--></EntityType>`;
		const flat = `<EntityType Name="${entity.set}_RecordType">${keyXml(['Recorder', 'LineNumber'])}${properties.map(propertyXml).join('')}</EntityType>`;
		return `${set}${flat}<ComplexType Name="${entity.set}_RowType">${properties.map(propertyXml).join('')}</ComplexType>`;
	}
	const own = `<EntityType Name="${entity.set}">${keyXml(keysOf(entity))}${properties.map(propertyXml).join('')}${sections}<!--${entity.set}--></EntityType>`;
	const rows = entity.sections.map((section) => {
		const [name, lines] = [`${entity.set}_${section.name}`, sectionProperties(entity, section).map(propertyXml).join('')];
		return `<EntityType Name="${name}">${keyXml(['Ref_Key', 'LineNumber'])}${lines}</EntityType><ComplexType Name="${name}_RowType">${lines}</ComplexType>`;
	});
	return own + rows.join('');
}

function keysOf(entity: EntityModel): readonly string[] {
	if (!isRegister(entity)) return ['Ref_Key'];
	return entity.attributes.filter(({ name }) => entity.dimensions.includes(name)).flatMap((attribute) => propertiesOf(attribute).map(({ name }) => name));
}

function keyXml(names: readonly string[]): string {
	return `<Key>${names.map((name) => `<PropertyRef Name="${name}"/>`).join('')}</Key>`;
}

function propertyXml({ name, type, length }: Property): string {
	return `<Property Name="${name}" Type="${EDM[type]}" Nullable="${name === 'Ref_Key' || name === 'LineNumber' ? 'false' : 'true'}"${length === undefined ? '' : ` MaxLength="${length}"`}/>`;
}

function references(base: Infobase, entity: EntityModel): readonly { readonly name: string; readonly target: string }[] {
	return entityProperties(entity).flatMap(({ name, target }) => (target !== undefined && base.published.has(target) ? [{ name: name.replace(/_Key$/, ''), target }] : []));
}

function association(set: string, name: string, target: string): string {
	return `<Association Name="${set}_${name}"><End Role="Begin" Type="StandardODATA.${set}" Multiplicity="*"/><End Role="End" Type="StandardODATA.${target}" Multiplicity="0..1"/></Association>`;
}

function functionImports({ set, kind, dimensions }: EntityModel): string {
	const bound = (name: string, parameters: string, effect: boolean): string =>
		`<FunctionImport Name="${name}" IsBindable="true" IsSideEffecting="${String(effect)}"><Parameter Name="bindingParameter" Type="StandardODATA.${set}"/>${parameters}</FunctionImport>`;
	if (kind === 'Document') return bound('Post', '<Parameter Name="PostingModeOperational" Type="Edm.Boolean"/>', true) + bound('Unpost', '', true);
	if (kind === 'InformationRegister' && !dimensions.includes('Period')) return '';
	return (VIRTUAL.get(kind) ?? []).map((name) => bound(name, '<Parameter Name="Condition" Type="Edm.String"/><Parameter Name="Period" Type="Edm.DateTime"/>', false)).join('');
}
