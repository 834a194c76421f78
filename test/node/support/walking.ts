import { displayed, withDefaults } from './strict-context';
import { NodeApiError, NodeOperationError, type INodeParameters, type INodePropertyOptions, type INodeType } from 'n8n-workflow';

/** A record as a selector holds it. */
export const chosen = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

/**
 * The form of an operation, and one more form for every value of a field that shows or hides others. Of `values` those go in
 * whose field is shown; everything else is left at its default.
 */
export function forms(type: INodeType, base: INodeParameters, values: INodeParameters): readonly INodeParameters[] {
	const fill = (given: INodeParameters): INodeParameters => {
		// a value may show further fields
		for (let form = given; ; ) {
			const shown = displayed(type, withDefaults(type, form)).map(({ name }) => name);
			const filled = { ...Object.fromEntries(shown.filter((name) => name in values).map((name) => [name, values[name]])), ...given };
			if (Object.keys(filled).length === Object.keys(form).length) return filled;
			form = filled;
		}
	};
	const controls = new Set(type.description.properties.flatMap(({ displayOptions }) => Object.keys({ ...displayOptions?.show, ...displayOptions?.hide })));
	const flips = displayed(type, withDefaults(type, base)).flatMap(({ name, type: kind, options }) => {
		if (!controls.has(name) || name === 'resource' || name === 'operation') return [];
		const positions = kind === 'boolean' ? [true, false] : ((options ?? []) as INodePropertyOptions[]).map(({ value }) => value);
		return positions.map((value) => ({ ...base, [name]: value }));
	});
	return [base, ...flips].map(fill);
}

/** Fails unless the error names its item and says what to do. */
export function expectNodeError(error: unknown): void {
	const isNodeError = error instanceof NodeOperationError || error instanceof NodeApiError;
	const description = isNodeError ? (error.description ?? '') : '';
	expect({ isNodeError, item: isNodeError && error.context.itemIndex, told: description.length > 10, defect: /defect/.test(description) ? String(error) : null }).toEqual({
		isNodeError: true,
		item: 0,
		told: true,
		defect: null,
	});
}
