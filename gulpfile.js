/** What n8n-node's build lacks. It runs after `n8n-node build`, which empties dist/ and copies icons and schemas. */
const { access, cp, mkdir, readdir, readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { parallel, series } = require('gulp');

const root = __dirname;
const dist = join(root, 'dist');
const manifest = require('./package.json');

/** @param {string} title @param {string[]} mistakes */
function failWith(title, mistakes) {
	if (mistakes.length === 0) return;
	const error = new Error(`${title}\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
	// gulp prints a stack trace unless told that the message says it all
	throw Object.assign(error, { showStack: false });
}

async function isMissing(path) {
	return access(path).then(
		() => false,
		() => true,
	);
}

/** @returns {Promise<Map<string, { folder: string, descriptions: object[] }>>} built nodes by the file package.json names */
async function builtNodes() {
	const nodes = new Map();
	const mistakes = [];
	for (const file of manifest.n8n.nodes) {
		const path = join(root, file);
		if (await isMissing(path)) {
			mistakes.push(`${file} is named in package.json but was not built.`);
			continue;
		}
		const className = file.split('/').at(-1).split('.')[0];
		const NodeClass = require(path)[className];
		if (NodeClass === undefined) {
			mistakes.push(`${file} does not export a class named ${className}.`);
			continue;
		}
		const node = new NodeClass();
		const descriptions = node.nodeVersions ? Object.values(node.nodeVersions).map((version) => version.description) : [node.description];
		nodes.set(file, { folder: dirname(path), descriptions });
	}
	failWith('The n8n block of package.json does not match the build:', mistakes);
	return nodes;
}

/** Every icon a node names must lie in dist, in both themes. */
async function buildIcons() {
	const mistakes = [];
	for (const [file, { folder, descriptions }] of await builtNodes()) {
		for (const { icon } of descriptions) {
			const icons = typeof icon === 'string' ? [icon] : Object.values(icon ?? {});
			if (icons.length === 0) mistakes.push(`${file} has no icon.`);
			for (const name of icons.filter((entry) => entry.startsWith('file:'))) {
				if (await isMissing(join(folder, name.slice('file:'.length)))) mistakes.push(`${file} names the icon ${name}, which is not in dist.`);
			}
		}
	}
	failWith('Icons are missing:', mistakes);
}

/** Checks every template and copies it into the package. */
async function buildWorkflows() {
	const { validateTogether, validateWorkflow } = await import('./scripts/workflow-validation.mjs');
	const nodeTypes = new Set([...(await builtNodes()).values()].flatMap(({ descriptions }) => descriptions.map(({ name }) => `${manifest.name}.${name}`)));
	const source = join(root, 'workflows');
	const files = (await readdir(source)).filter((name) => name.endsWith('.json')).sort();
	const mistakes = [];
	const workflows = new Map();
	for (const file of files) {
		try {
			const workflow = JSON.parse(await readFile(join(source, file), 'utf8'));
			workflows.set(file, workflow);
			mistakes.push(...validateWorkflow(workflow, { nodeTypes }).map((mistake) => `workflows/${file}: ${mistake}`));
		} catch (error) {
			mistakes.push(`workflows/${file} is not JSON: ${error.message}`);
		}
	}
	mistakes.push(...validateTogether(workflows));
	failWith('Templates cannot be shipped:', mistakes);
	await mkdir(join(dist, 'workflows'), { recursive: true });
	for (const file of files) await cp(join(source, file), join(dist, 'workflows', file));
}

/** Output schemas lie in __schema__/v<version>/<resource>/<operation>.json and must be JSON Schema objects. */
async function buildSchemas() {
	const mistakes = [];
	for (const folder of new Set([...(await builtNodes()).values()].map((node) => node.folder))) {
		for (const file of await jsonFilesUnder(join(folder, '__schema__'))) {
			try {
				const schema = JSON.parse(await readFile(file, 'utf8'));
				if (typeof schema.type !== 'string') mistakes.push(`${file}: "type" is missing.`);
			} catch (error) {
				mistakes.push(`${file} is not JSON: ${error.message}`);
			}
		}
	}
	failWith('Output schemas are damaged:', mistakes);
}

async function jsonFilesUnder(folder) {
	if (await isMissing(folder)) return [];
	const entries = await readdir(folder, { recursive: true });
	return entries.filter((entry) => entry.endsWith('.json')).map((entry) => join(folder, entry));
}

exports['build:icons'] = buildIcons;
exports['build:workflows'] = buildWorkflows;
exports['build:schemas'] = buildSchemas;
exports['build:assets'] = series(buildIcons, parallel(buildWorkflows, buildSchemas));
