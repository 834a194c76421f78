import type { IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';

/** The item with its files. The router carries JSON only, so operations keep files by the index of the item they came of. */
export function withFile(item: INodeExecutionData, files: ReadonlyMap<number, IBinaryKeyData>): INodeExecutionData {
	const { pairedItem } = item;
	const binary = typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? files.get(pairedItem.item) : undefined;
	return binary === undefined ? item : { ...item, binary };
}
