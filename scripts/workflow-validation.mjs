/** Rules for the importable templates in workflows/: pure, each rule returns what is wrong and where. */

const PACKAGE_PREFIX = 'n8n-nodes-ai-admin.';

/** What an exported workflow carries of the instance or the person it came from. */
const FORBIDDEN_KEYS = ['id', 'versionId', 'activeVersionId', 'createdAt', 'updatedAt', 'shared', 'ownedBy', 'homeProject', 'triggerCount', 'staticData', 'isArchived', 'parentFolder'];

const SECRETS = [
	{ name: 'a bearer token', pattern: /\bBearer\s+(?!\{\{|=|<)[A-Za-z0-9._~+/-]{16,}/ },
	{ name: 'an OpenAI-style key', pattern: /\bsk-[A-Za-z0-9_-]{16,}/ },
	{ name: 'a Telegram bot token', pattern: /\b\d{8,10}:[A-Za-z0-9_-]{35}\b/ },
	{ name: 'a JSON web token', pattern: /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/ },
	{ name: 'a password in an address', pattern: /:\/\/[^/\s:@"]+:[^/\s:@"]+@/ },
	{ name: 'an AWS access key', pattern: /\bAKIA[0-9A-Z]{16}\b/ },
	{ name: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
	{ name: 'a Bitrix24 webhook', pattern: /\/rest\/\d+\/[a-z0-9]{16,}\// },
];

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param {unknown} workflow parsed content of the file
 * @param {{ nodeTypes: ReadonlySet<string> }} known node types of the built package, with its prefix
 * @returns {string[]} one sentence a mistake; empty when the template may be shipped
 */
export function validateWorkflow(workflow, { nodeTypes }) {
	if (!isObject(workflow)) return ['The file is not a JSON object: export the workflow from the editor again.'];
	const shape = shapeMistakes(workflow);
	if (shape.length > 0) return shape;
	const checked = /** @type {{ nodes: Record<string, unknown>[], connections: Record<string, unknown> } & Record<string, unknown>} */ (workflow);
	return [
		...nodeMistakes(checked.nodes, nodeTypes),
		...connectionMistakes(checked.nodes, checked.connections),
		...leftoverMistakes(checked),
		...secretMistakes(checked),
	];
}

/**
 * Rules over all templates together.
 * @param {Map<string, unknown>} workflows by file name, each already valid on its own
 * @returns {string[]}
 */
export function validateTogether(workflows) {
	/** @type {Map<string, string>} */
	const owners = new Map();
	const mistakes = [];
	for (const [file, workflow] of workflows) {
		if (!isObject(workflow) || !Array.isArray(workflow.nodes)) continue;
		for (const { webhookId } of workflow.nodes) {
			if (typeof webhookId !== 'string') continue;
			const owner = owners.get(webhookId);
			if (owner !== undefined) mistakes.push(`${file} and ${owner} share the webhookId ${webhookId}: give each webhook node its own UUID.`);
			else owners.set(webhookId, file);
		}
	}
	return mistakes;
}

/** @param {Record<string, unknown>} workflow */
function shapeMistakes(workflow) {
	const mistakes = [];
	if (typeof workflow.name !== 'string' || workflow.name.trim() === '') mistakes.push('"name" is missing.');
	if (!Array.isArray(workflow.nodes) || workflow.nodes.length === 0) mistakes.push('"nodes" must be a list with at least one node.');
	else if (!workflow.nodes.every(isObject)) mistakes.push('Every entry of "nodes" must be an object.');
	if (!isObject(workflow.connections)) mistakes.push('"connections" must be an object.');
	if (!isObject(workflow.settings) || workflow.settings.executionOrder !== 'v1') mistakes.push('"settings.executionOrder" must be "v1".');
	return mistakes;
}

/** @param {Record<string, unknown>[]} nodes @param {ReadonlySet<string>} nodeTypes */
function nodeMistakes(nodes, nodeTypes) {
	const mistakes = [];
	const names = new Set();
	for (const node of nodes) {
		const { name, type, typeVersion, position, credentials } = node;
		if (typeof name !== 'string' || name === '') {
			mistakes.push(`A node of type ${type} has no name.`);
			continue;
		}
		if (names.has(name)) mistakes.push(`Two nodes are named "${name}".`);
		names.add(name);
		if (typeof type !== 'string') mistakes.push(`Node "${name}" has no type.`);
		else if (type.startsWith('CUSTOM.')) mistakes.push(`Node "${name}" has the type ${type}: export it from an n8n where the package is installed, not linked.`);
		else if (type.startsWith(PACKAGE_PREFIX) && !isKnown(type, nodeTypes)) mistakes.push(`Node "${name}" has the type ${type}, which the package does not have.`);
		if (typeof typeVersion !== 'number') mistakes.push(`Node "${name}" has no typeVersion.`);
		if (!Array.isArray(position) || position.length !== 2) mistakes.push(`Node "${name}" has no position.`);
		if (isObject(credentials)) mistakes.push(...credentialMistakes(name, credentials));
	}
	return mistakes;
}

/** n8n derives the tool form of a node by itself. @param {string} type @param {ReadonlySet<string>} nodeTypes */
function isKnown(type, nodeTypes) {
	return nodeTypes.has(type) || (type.endsWith('Tool') && nodeTypes.has(type.slice(0, -'Tool'.length)));
}

/** @param {string} node @param {Record<string, unknown>} credentials */
function credentialMistakes(node, credentials) {
	return Object.entries(credentials).flatMap(([type, reference]) =>
		isObject(reference) && !reference.id ? [] : [`Node "${node}" carries the id of a credential (${type}): remove it.`],
	);
}

/** @param {Record<string, unknown>[]} nodes @param {Record<string, unknown>} connections */
function connectionMistakes(nodes, connections) {
	const names = new Set(nodes.map(({ name }) => name));
	const mistakes = [];
	for (const [source, outputs] of Object.entries(connections)) {
		if (!names.has(source)) mistakes.push(`A connection starts at "${source}", which is not a node.`);
		if (!isObject(outputs)) {
			mistakes.push(`The connections of "${source}" must be an object.`);
			continue;
		}
		for (const target of Object.values(outputs).flat(2)) {
			if (target === null || target === undefined) continue;
			const name = isObject(target) ? target.node : undefined;
			if (!names.has(name)) mistakes.push(`A connection from "${source}" ends at "${name}", which is not a node.`);
		}
	}
	return mistakes;
}

/** @param {Record<string, unknown>} workflow */
function leftoverMistakes(workflow) {
	const mistakes = FORBIDDEN_KEYS.filter((key) => workflow[key] !== undefined && workflow[key] !== null).map((key) => `"${key}" belongs to the n8n it was exported from: remove it.`);
	if (workflow.active === true) mistakes.push('"active" must not be true in a template.');
	if (isObject(workflow.meta) && workflow.meta.instanceId !== undefined) mistakes.push('"meta.instanceId" names an n8n instance: remove it.');
	if (isObject(workflow.pinData) && Object.keys(workflow.pinData).length > 0) mistakes.push('"pinData" must be empty: it may hold data of real people.');
	if (isObject(workflow.settings) && workflow.settings.errorWorkflow !== undefined) mistakes.push('"settings.errorWorkflow" is an id of another n8n: remove it and explain it in a sticky note.');
	return mistakes;
}

/** @param {Record<string, unknown>} workflow */
function secretMistakes(workflow) {
	const text = JSON.stringify(workflow);
	return SECRETS.filter(({ pattern }) => pattern.test(text)).map(({ name }) => `The file seems to hold ${name}: use a credential.`);
}
