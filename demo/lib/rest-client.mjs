/** The part of n8n's own REST interface that the demo and the end-to-end tests use, signed in as the owner. */

/**
 * @typedef {object} StoredWorkflow
 * @property {string} id
 * @property {string} name
 * @property {string} versionId
 * @property {string | null} [activeVersionId] the published version
 * @property {boolean} active
 * @property {boolean} [isArchived]
 * @property {Record<string, unknown>[]} nodes
 */

/** @typedef {{ id: string, workflowId: string, status: string, mode: string, startedAt: string, stoppedAt?: string }} ExecutionSummary */

export class RestError extends Error {
	/** @param {string} request @param {number} status @param {string} body */
	constructor(request, status, body) {
		super(`n8n answered ${status} to ${request}: ${body.slice(0, 500)}`);
		this.name = 'RestError';
		this.status = status;
	}
}

/**
 * @param {string} url of n8n, without a trailing slash
 * @param {{ email: string, password: string }} owner
 * @returns {Promise<RestClient>}
 */
export async function signIn(url, owner) {
	const response = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: HEADERS,
		body: JSON.stringify({ emailOrLdapLoginId: owner.email, password: owner.password }),
	});
	if (!response.ok) throw new RestError('POST /rest/login', response.status, await response.text());
	const cookie = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]).join('; ');
	return new RestClient(url, cookie);
}

/** n8n ties a session to the browser that opened it. */
const BROWSER_ID = 'ai-admin-demo';
/** Each request has a connection of its own: n8n closes one that rested for five seconds, perhaps in the moment in which it is used again. */
const HEADERS = { connection: 'close', 'content-type': 'application/json', 'browser-id': BROWSER_ID };

export class RestClient {
	#url;
	#cookie;

	/** @param {string} url @param {string} cookie */
	constructor(url, cookie) {
		this.#url = url;
		this.#cookie = cookie;
	}

	/**
	 * @template T
	 * @param {string} method
	 * @param {string} path begins with a slash, for example /rest/workflows
	 * @param {unknown} [body]
	 * @returns {Promise<T>} the parsed answer, without n8n's "data" wrapper
	 */
	async request(method, path, body) {
		const response = await fetch(`${this.#url}${path}`, {
			method,
			headers: { ...HEADERS, cookie: this.#cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new RestError(`${method} ${path}`, response.status, text);
		const parsed = text === '' ? undefined : JSON.parse(text);
		return parsed && typeof parsed === 'object' && 'data' in parsed ? parsed.data : parsed;
	}

	/** @returns {Promise<{ name: string, displayName: string }[]>} every node type n8n loaded */
	nodeTypes() {
		return this.request('GET', '/types/nodes.json');
	}

	/** @param {string} id @returns {Promise<StoredWorkflow | undefined>} undefined when there is none, or it lies in the archive */
	async workflow(id) {
		try {
			const found = await this.request('GET', `/rest/workflows/${id}`);
			return found.isArchived ? undefined : found;
		} catch (error) {
			if (error instanceof RestError && error.status === 404) return undefined;
			throw error;
		}
	}

	/** @param {object} template content of a workflow file @returns {Promise<StoredWorkflow>} */
	importWorkflow(template) {
		return this.request('POST', '/rest/workflows', template);
	}

	/** @param {string} id @param {object} template @returns {Promise<StoredWorkflow>} */
	updateWorkflow(id, template) {
		return this.request('PATCH', `/rest/workflows/${id}`, template);
	}

	/** @param {StoredWorkflow} workflow @returns {Promise<StoredWorkflow>} */
	publish({ id, versionId }) {
		return this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	/** @param {string} id */
	unpublish(id) {
		return this.request('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/**
	 * @param {{ workflowId?: string, status?: string[], limit?: number }} [filter]
	 * @returns {Promise<ExecutionSummary[]>} newest first
	 */
	async executions({ workflowId, status, limit = 50 } = {}) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
		return (await this.request('GET', `/rest/executions?filter=${filter}&limit=${limit}`)).results;
	}

	/** @param {string} id @returns {Promise<ExecutionSummary & { data: unknown }>} with its run data unfolded */
	async execution(id) {
		const found = await this.request('GET', `/rest/executions/${id}`);
		return { ...found, data: typeof found.data === 'string' ? unfold(found.data) : found.data };
	}

	/** Runs a workflow by its manual trigger. @param {StoredWorkflow} workflow @param {string} trigger name of the trigger node */
	async run(workflow, trigger) {
		const workflowData = await this.request('GET', `/rest/workflows/${workflow.id}`);
		return this.request('POST', `/rest/workflows/${workflow.id}/run`, { workflowData, triggerToStartFrom: { name: trigger } });
	}

	/** Creates a credential. @param {{ name: string, type: string, data: object }} credential @returns {Promise<{ id: string, name: string }>} */
	createCredential(credential) {
		return this.request('POST', '/rest/credentials', credential);
	}
}

/**
 * n8n stores run data flattened: an array whose strings, inside objects, are indexes of other entries.
 * @param {string} text
 * @returns {unknown}
 */
function unfold(text) {
	const entries = JSON.parse(text);
	const done = new Map();
	const build = (/** @type {number} */ index) => {
		if (done.has(index)) return done.get(index);
		const entry = entries[index];
		if (entry === null || typeof entry !== 'object') return entry;
		const target = /** @type {Record<string, unknown>} */ (Array.isArray(entry) ? [] : {});
		done.set(index, target);
		for (const [key, value] of Object.entries(entry)) target[key] = typeof value === 'string' ? build(Number(value)) : value;
		return target;
	};
	return build(0);
}
