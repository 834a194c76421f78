import { fieldsOf, type Route, route } from '../kit';
import { runBatch, runOne, textIn, wholeIn, type Prepare } from './batch';
import { hal, list, missing, type FieldError } from './envelope';
import { applyListQuery, readListQuery } from './filters';
import type { Task } from './model';
import type { Parts } from './parts';

const SORTABLE = ['created_at', 'complete_till', 'id'];
const MEETING = 2;
const CALL = 1;
const OWNERS = ['leads', 'contacts', 'companies', 'customers'];

/** `/tasks`: a list has no filter by `complete_till`, only an order. */
export function taskRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	return [
		route('GET', '/api/v4/tasks', (request) => {
			const query = readListQuery(world, request, SORTABLE);
			if ('status' in query) return query;
			const { complete_till: _unknown, ...filter } = query.filter;
			return list(world, request, 'tasks', applyListQuery(world, [...world.tasks.values()], { ...query, filter }).map((task) => show(parts, task)));
		}),
		route('GET', '/api/v4/tasks/{id}', (request) => {
			const task = world.tasks.get(Number(request.params.id));
			return task === undefined ? missing(world) : hal(200, show(parts, task));
		}),
		route('POST', '/api/v4/tasks', (request) => runBatch({ world, request, key: 'tasks', path: 'tasks' }, (row) => open(parts, row))),
		route('PATCH', '/api/v4/tasks/{id}', (request) => {
			const task = world.tasks.get(Number(request.params.id));
			return runOne(world, request, `tasks/${request.params.id}`, task !== undefined, (row) => (task === undefined ? { errors: [] } : change(parts, task, row)));
		}),
	];
}

function open({ world, ids, journal }: Parts, row: Readonly<Record<string, unknown>>): ReturnType<Prepare> {
	const errors: FieldError[] = [];
	const text = textIn(row, 'text', errors);
	const till = wholeIn(row, 'complete_till', errors);
	const owner = textIn(row, 'entity_type', errors) ?? null;
	if (text === undefined) errors.push({ code: 'FieldMissing', path: 'text', detail: 'This field is missing.' });
	if (till === undefined) errors.push({ code: 'FieldMissing', path: 'complete_till', detail: 'This field is missing.' });
	if (owner !== null && !OWNERS.includes(owner)) errors.push({ code: 'NotSupportedChoice', path: 'entity_type', detail: 'The value you selected is not a valid choice.' });
	const numbers = { duration: wholeIn(row, 'duration', errors), type: wholeIn(row, 'task_type_id', errors), entity: wholeIn(row, 'entity_id', errors), user: wholeIn(row, 'responsible_user_id', errors) };
	if (errors.length > 0 || text === undefined || till === undefined) return { errors };
	return {
		commit: () => {
			const now = world.now();
			const task: Task = {
				id: world.nextId(), text, complete_till: till, duration: numbers.duration ?? 0, task_type_id: numbers.type ?? CALL, entity_type: owner, entity_id: numbers.entity ?? null,
				responsible_user_id: numbers.user ?? ids.user, is_completed: row.is_completed === true, result: null, created_at: now, updated_at: now,
			};
			world.tasks.set(task.id, task);
			journal.task('add', task);
			return { id: task.id };
		},
	};
}

function change({ world, journal }: Parts, task: Task, row: Readonly<Record<string, unknown>>): ReturnType<Prepare> {
	const errors: FieldError[] = [];
	const read = {
		text: textIn(row, 'text', errors),
		complete_till: wholeIn(row, 'complete_till', errors),
		duration: wholeIn(row, 'duration', errors),
		task_type_id: wholeIn(row, 'task_type_id', errors),
		responsible_user_id: wholeIn(row, 'responsible_user_id', errors),
	};
	if (errors.length > 0) return { errors };
	return {
		commit: () => {
			const wasOpen = !task.is_completed;
			const result = fieldsOf(row.result).text;
			Object.assign(task, Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)), { updated_at: world.now() });
			if (typeof row.is_completed === 'boolean') task.is_completed = row.is_completed;
			if (typeof result === 'string') task.result = { text: result };
			journal.task('update', task, wasOpen && task.is_completed);
			return { id: task.id, updated_at: task.updated_at };
		},
	};
}

function show({ world }: Parts, task: Task): Readonly<Record<string, unknown>> {
	return { ...task, created_by: 0, updated_by: 0, group_id: 0, result: task.result ?? [], account_id: world.account.id };
}

/** The kinds of tasks of an account. */
export function taskTypes({ world }: Parts): readonly unknown[] {
	const { call, meeting } = world.brand.words;
	const look = { color: null, icon_id: null };
	return [{ id: CALL, name: call, ...look, code: 'FOLLOW_UP' }, { id: MEETING, name: meeting, ...look, code: 'MEETING' }];
}
