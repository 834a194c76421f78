import { selfLink, type FieldError } from './envelope';
import { textIn, wholeIn } from './batch';
import { readValues, showValues } from './fields';
import type { SimRequest } from '../kit';
import type { Card, FieldOwner, Tag } from './model';
import type { World } from './world';
import { fieldsOf } from '../kit';

/** The fields every card has, read from a body; nothing is changed yet. */
export function readCard(world: World, owner: FieldOwner, row: Readonly<Record<string, unknown>>, before: Pick<Card, 'values' | 'tags'>, errors: FieldError[]): Partial<Card> {
	const responsible = wholeIn(row, 'responsible_user_id', errors);
	if (responsible !== undefined && !world.users.has(responsible)) errors.push({ code: 'NotSupportedChoice', path: 'responsible_user_id', detail: 'The value you selected is not a valid choice.' });
	const name = textIn(row, 'name', errors);
	return {
		...(name === undefined ? {} : { name }),
		...(responsible === undefined ? {} : { responsible_user_id: responsible }),
		values: readValues(world, owner, row.custom_fields_values, before.values, errors),
		tags: readTags(world, row, before.tags),
	};
}

function readTags(world: World, row: Readonly<Record<string, unknown>>, before: readonly Tag[]): readonly Tag[] {
	const embedded = fieldsOf(row._embedded).tags;
	const added = [row.tags_to_add, embedded].flatMap((given) => (Array.isArray(given) ? given.map((one) => fieldsOf(one).name) : [])).filter((name) => typeof name === 'string');
	const fresh = added.filter((name) => !before.some((tag) => tag.name === name));
	return fresh.length === 0 ? before : [...before, ...fresh.map((name) => ({ id: world.nextId(), name }))];
}

/** The fields every card shows. */
export function showCard(world: World, request: SimRequest, path: string, card: Card): Readonly<Record<string, unknown>> {
	return {
		id: card.id,
		name: card.name,
		responsible_user_id: card.responsible_user_id,
		group_id: 0,
		created_by: card.created_by,
		updated_by: card.updated_by,
		created_at: card.created_at,
		updated_at: card.updated_at,
		closest_task_at: closestTask(world, path, card.id),
		is_deleted: card.is_deleted,
		custom_fields_values: showValues(world, card.values),
		account_id: world.account.id,
		_links: selfLink(request, `${path}/${card.id}`),
	};
}

function closestTask(world: World, path: string, id: number): number | null {
	const open = [...world.tasks.values()].filter((task) => !task.is_completed && task.entity_type === path && task.entity_id === id);
	return open.length === 0 ? null : Math.min(...open.map((task) => task.complete_till));
}
