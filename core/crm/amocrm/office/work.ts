import { type Outcome, ok, unknown } from '../../../booking';
import { path, type Query } from '../../http';
import { CARD_PATHS, type CardKind } from './kinds';
import { changeRow, createRow, listRows, numberOf, type Office, readRow, type Row } from './office';

/** A card that a task or a note stands on. */
export interface Subject {
	readonly kind: CardKind;
	readonly id: string;
}

export interface NewTask {
	readonly text: string;
	/** Unix seconds. */
	readonly due: number;
	readonly typeId?: string;
	readonly responsibleUserId?: string;
	readonly durationSeconds?: number;
	readonly subject?: Subject;
}

export interface TaskQuery {
	readonly isCompleted?: boolean;
	readonly responsibleUserId?: string;
	readonly subject?: Subject;
}

/** Tasks, the one due first first; rows are checked again, since an account may pass filters over. */
export async function tasks(office: Office, { isCompleted, responsibleUserId, subject }: TaskQuery, limit: number): Promise<Outcome<readonly Row[]>> {
	const query: Query = {
		...(isCompleted === undefined ? {} : { 'filter[is_completed]': isCompleted ? 1 : 0 }),
		...(responsibleUserId === undefined ? {} : { 'filter[responsible_user_id][]': [responsibleUserId] }),
		...(subject === undefined ? {} : { 'filter[entity_type]': CARD_PATHS[subject.kind], 'filter[entity_id][]': [subject.id] }),
		'order[complete_till]': 'asc',
	};
	const fits = (row: Row): boolean =>
		(isCompleted === undefined || row.is_completed === isCompleted) &&
		(responsibleUserId === undefined || String(row.responsible_user_id) === responsibleUserId) &&
		(subject === undefined || (row.entity_type === CARD_PATHS[subject.kind] && String(row.entity_id) === subject.id));
	const isFiltered = Object.keys(query).length > 1;
	const rows = await listRows(office, 'tasks', 'tasks', 'tasks', query, isFiltered ? Number.POSITIVE_INFINITY : limit);
	return rows.kind === 'ok' ? ok(rows.value.filter(fits).slice(0, limit)) : rows;
}

export async function createTask(office: Office, { text, due, typeId, responsibleUserId, durationSeconds, subject }: NewTask): Promise<Outcome<Row>> {
	const made = await createRow(office, 'create_task', 'tasks', 'tasks', {
		text,
		complete_till: due,
		...(typeId === undefined ? {} : { task_type_id: numberOf(typeId, 'A type of tasks') }),
		...(responsibleUserId === undefined ? {} : { responsible_user_id: numberOf(responsibleUserId, 'A user') }),
		...(durationSeconds === undefined ? {} : { duration: durationSeconds }),
		...(subject === undefined ? {} : { entity_type: CARD_PATHS[subject.kind], entity_id: numberOf(subject.id, 'The card') }),
	});
	return made.kind === 'ok' ? readAfter(office, made.value) : made;
}

/** Closes a task; `result` is what came of it. */
export async function completeTask(office: Office, id: string, result: string): Promise<Outcome<Row>> {
	const done = await changeRow(office, 'complete_task', path`tasks/${numberOf(id, 'The task')}`, { is_completed: true, ...(result === '' ? {} : { result: { text: result } }) });
	return done.kind === 'ok' ? readAfter(office, id) : done;
}

export function readTask(office: Office, id: string): Promise<Outcome<Row>> {
	return readRow(office, 'task', path`tasks/${numberOf(id, 'The task')}`);
}

/** The write is done: a task that cannot be read back must not look like one that was not written. */
async function readAfter(office: Office, id: string): Promise<Outcome<Row>> {
	const row = await readTask(office, id);
	return row.kind === 'ok' ? row : unknown(`task ${id}`);
}

export function notes(office: Office, { kind, id }: Subject, limit: number): Promise<Outcome<readonly Row[]>> {
	return listRows(office, 'notes', path`${CARD_PATHS[kind]}/${numberOf(id, 'The card')}/notes`, 'notes', {}, limit);
}

/** Adds a plain note; the value is its id. */
export function addNote(office: Office, { kind, id }: Subject, text: string): Promise<Outcome<string>> {
	return createRow(office, 'add_note', path`${CARD_PATHS[kind]}/${numberOf(id, 'The card')}/notes`, 'notes', { note_type: 'common', params: { text } });
}
