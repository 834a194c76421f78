import type { Resource } from '../shared/operation';
import { forgetClient } from './client/forget';
import { getClientMemory } from './client/get-memory';
import type { ManageContext } from './context';
import { addEntry } from './knowledge/add-entry';
import { deleteSource } from './knowledge/delete-source';
import { getAllEntries } from './knowledge/get-all';
import { importKnowledge } from './knowledge/import';
import { searchKnowledge } from './knowledge/search';
import { deleteProfile } from './profile/delete';
import { exportProfileJson } from './profile/export';
import { getProfile } from './profile/get';
import { getAllProfiles } from './profile/get-all';
import { importProfileJson } from './profile/import';
import { saveProfile } from './profile/save';
import { answerQuestion } from './question/answer';
import { dismissQuestion } from './question/dismiss';
import { getAllQuestions } from './question/get-all';
import { deleteScript } from './script/delete';
import { getAllScripts } from './script/get-all';
import { saveScript } from './script/save';

/** Everything Booking Agent can do besides answering: the panel, the dispatch and the tests are made from this list. */
export const MANAGED: readonly Resource<ManageContext>[] = [
	{ value: 'profile', name: 'Assistant Profile', operations: [getAllProfiles, deleteProfile, exportProfileJson, getProfile, importProfileJson, saveProfile] },
	{ value: 'client', name: 'Client', operations: [getClientMemory, forgetClient] },
	{ value: 'knowledge', name: 'Knowledge', operations: [importKnowledge, addEntry, deleteSource, getAllEntries, searchKnowledge] },
	{ value: 'question', name: 'Question', operations: [getAllQuestions, answerQuestion, dismissQuestion] },
	{ value: 'script', name: 'Script', operations: [getAllScripts, deleteScript, saveScript] },
];
