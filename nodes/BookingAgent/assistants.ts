import { createAssistant, type Assistant, type AssistantSettings } from '../../core/conversation';
import type { CrmConnection } from '../shared/crm-registry';
import { processState } from '../shared/process-state';
import { now } from '../shared/salon';

type Assistants = WeakMap<CrmConnection, Map<string, Assistant>>;
const assistants = (): Assistants => processState<Assistants>('assistants', 1, () => new WeakMap());

/** Most variants of settings kept for one salon; expressions in settings must not grow memory. */
const MAX_VARIANTS = 20;

/** The assistant of a salon with these settings; made once a process, so that a message pays for nothing but its turn. */
export function assistantFor(connection: CrmConnection, settings: AssistantSettings): Assistant {
	const known = assistants().get(connection) ?? new Map<string, Assistant>();
	assistants().set(connection, known);
	const key = JSON.stringify(settings);
	const found = known.get(key);
	if (found !== undefined) return found;
	if (known.size >= MAX_VARIANTS) known.clear();
	const { crm, catalogueCache, opened } = connection;
	const assistant = createAssistant({ store: opened.conversations, crm, clock: now, settings, catalogueCache });
	known.set(key, assistant);
	return assistant;
}
