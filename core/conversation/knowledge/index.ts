export { formatOf, readEntries, MOST_BODY, type EntriesReading, type KnowledgeFormat } from './entries';
export { readWordDocument, type DocumentText } from './import/docx';
export type { KnowledgeAnswer, KnowledgeSource, Snippet } from './port';
export { ANSWERS_SOURCE, createQuestionLog, normaliseQuestion, type Answered, type QuestionAnswer, type QuestionLog } from './questions';
export { composeSources, type SourceRules } from './sources';
export { createStoredKnowledge } from './stored';
