import type { IExecuteFunctions } from 'n8n-workflow';
import { createProfiles, type Profiles } from '../../core/conversation/assistant-profile';
import { createQuestionLog, type QuestionLog } from '../../core/conversation/knowledge';
import { createScriptLibrary, type ScriptLibrary } from '../../core/conversation/scripts';
import { createAssistantStore, type AssistantStore } from '../../core/store';
import { ParameterError } from '../shared/errors';
import type { OpenContext } from '../shared/router';
import type { OperationContext } from '../shared/operation';
import { readSalon } from '../shared/salon';
import { openNodeStore } from '../shared/store';

/** What an operation that manages a salon's assistants works with. */
export interface ManageContext extends OperationContext {
	readonly functions: IExecuteFunctions;
	readonly tenant: string;
	readonly store: AssistantStore;
	readonly profiles: Profiles;
	readonly scripts: ScriptLibrary;
	readonly questions: QuestionLog;
	/** Claims a source of knowledge for one item of this run. Throws when an earlier item has it: it would be lost. */
	claimSource(source: string): void;
}

/** Opens the salon an item names; one opener a run of the node. */
export function openManagement(): OpenContext<ManageContext> {
	const claimed = new Set<string>();
	return async (functions, i) => {
		const { store } = await openNodeStore(functions, i);
		const tenant = readSalon(functions, i);
		const assistants = createAssistantStore(store);
		return {
			parameters: functions,
			functions,
			tenant,
			store: assistants,
			profiles: createProfiles(assistants.profiles, tenant),
			scripts: createScriptLibrary(assistants.scripts, tenant),
			questions: createQuestionLog(assistants, tenant),
			claimSource(source) {
				const key = JSON.stringify([tenant, source]);
				if (claimed.has(key)) {
					throw new ParameterError(
						'Two items have the same source name',
						'An import replaces earlier entries of its source, so the second item would erase the first. Give each item its own Source Name, or join their texts before this node.',
					);
				}
				claimed.add(key);
			},
		};
	};
}
