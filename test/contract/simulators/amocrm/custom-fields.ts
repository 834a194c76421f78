import { fieldsOf, type Route, route } from '../kit';
import { runBatch } from './batch';
import { hal, list, missing, type FieldError } from './envelope';
import type { Field } from './model';
import type { Parts } from './parts';

const OWNERS = ['leads', 'contacts', 'companies'];
const TYPES = [
	'text', 'numeric', 'checkbox', 'select', 'multiselect', 'multitext', 'date', 'date_time', 'birthday', 'url', 'textarea', 'radiobutton', 'streetaddress', 'smart_address',
	'legal_entity', 'price', 'category', 'items', 'linked_entity', 'chained_list', 'monetary', 'file', 'payer', 'supplier', 'tracking_data',
];
const CHOICES = ['select', 'multiselect', 'radiobutton'];

/** `/{entity}/custom_fields`, and those of a catalogue. */
export function customFieldRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	const show = (field: Field): unknown => {
		const { owner, enums, ...rest } = field;
		return { ...rest, entity_type: owner.startsWith('catalog:') ? 'catalogs' : owner, enums: enums.length === 0 ? null : enums, account_id: world.account.id };
	};
	const resource = (path: string, ownerOf: (params: Readonly<Record<string, string>>) => string): readonly Route[] => [
		route('GET', path, (request) => list(world, request, 'custom_fields', world.fieldsOf(ownerOf(request.params)).map(show))),
		route('GET', `${path}/{id}`, (request) => {
			const field = world.fields.get(Number(request.params.id));
			return field === undefined || field.owner !== ownerOf(request.params) ? missing(world) : hal(200, show(field));
		}),
		route('POST', path, (request) =>
			runBatch({ world, request, key: 'custom_fields', path: path.replace('/api/v4/', ''), status: 201 }, (row) => {
				const errors: FieldError[] = [];
				if (typeof row.name !== 'string' || row.name === '') errors.push({ code: 'FieldMissing', path: 'name', detail: 'This field is missing.' });
				if (typeof row.type !== 'string' || !TYPES.includes(row.type)) errors.push({ code: 'NotSupportedChoice', path: 'type', detail: 'The value you selected is not a valid choice.' });
				if (errors.length > 0) return { errors };
				return { commit: () => ({ ...fieldsOf(show(addField(parts, ownerOf(request.params), row))) }) };
			}),
		),
	];
	return [...OWNERS.flatMap((owner) => resource(`/api/v4/${owner}/custom_fields`, () => owner)), ...resource('/api/v4/catalogs/{catalog}/custom_fields', ({ catalog }) => `catalog:${catalog ?? ''}`)];
}

function addField({ world }: Parts, owner: string, row: Readonly<Record<string, unknown>>): Field {
	const type = String(row.type);
	const given = CHOICES.includes(type) && Array.isArray(row.enums) ? row.enums.map(fieldsOf) : [];
	const field: Field = {
		id: world.nextId(),
		name: String(row.name),
		type,
		code: typeof row.code === 'string' ? row.code : null,
		sort: typeof row.sort === 'number' ? row.sort : 500,
		owner,
		is_api_only: row.is_api_only === true,
		enums: given.map(({ value, sort }, index) => ({ id: world.nextId(), value: String(value), sort: typeof sort === 'number' ? sort : 500 + index })),
	};
	world.fields.set(field.id, field);
	return field;
}
