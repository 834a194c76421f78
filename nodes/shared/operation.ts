import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

/** What an operation gives back: one item, or one for each element. */
export type OperationOutput = object | readonly object[];

/** One operation of a resource. It sees one item; loop, pairing and errors belong to the router. */
export interface Operation<C> {
	readonly value: string;
	/** Title Case. */
	readonly name: string;
	/** Sentence case with the resource, no articles: an agent reads it. */
	readonly action: string;
	readonly description: string;
	/** Without displayOptions for resource and operation: they are stamped. */
	readonly fields: readonly INodeProperties[];
	run(context: C, itemIndex: number): Promise<OperationOutput>;
}

/** Operations on one kind of record. */
export interface Resource<C> {
	readonly value: string;
	readonly name: string;
	/** The first of them is the one a new node shows. */
	readonly operations: readonly [Operation<C>, ...Operation<C>[]];
}

/** The least an operation works with. */
export interface OperationContext {
	readonly parameters: Pick<IExecuteFunctions, 'getNodeParameter'>;
}

/** Declares an operation; gives it its context's type. */
export function defineOperation<C>(operation: Operation<C>): Operation<C> {
	return operation;
}

/** Dropdowns and fields of a registry, sorted as n8n wants them; conditions are stamped from the registry itself. */
export function describeResources<C>(resources: readonly Resource<C>[], first: string): INodeProperties[] {
	const sorted = byName(resources);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: sorted.map(({ name, value }) => ({ name, value })),
			default: first,
		},
		...sorted.map((resource) => operationDropdown(resource)),
		...sorted.flatMap((resource) => byName(resource.operations).flatMap((operation) => operationFields(resource.value, operation))),
	];
}

/** The same for a node with one resource: an operation dropdown only. */
export function describeOperations<C>(operations: readonly Operation<C>[], first: string): INodeProperties[] {
	const sorted = byName(operations);
	return [
		{ displayName: 'Operation', name: 'operation', type: 'options', noDataExpression: true, options: sorted.map(optionOf), default: first },
		...sorted.flatMap(({ value, fields }) => updateDisplayOptions({ show: { operation: [value] } }, [...fields])),
	];
}

function operationDropdown<C>(resource: Resource<C>): INodeProperties {
	const first = resource.operations[0].value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: byName(resource.operations).map(optionOf),
		default: first,
	};
}

function operationFields<C>(resource: string, { value, fields }: Operation<C>): INodeProperties[] {
	return updateDisplayOptions({ show: { resource: [resource], operation: [value] } }, [...fields]);
}

function optionOf<C>({ name, value, action, description }: Operation<C>): INodePropertyOptions {
	return { name, value, action, description };
}

function byName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
	return [...list].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
