import { isoOf } from '../../kit';
import { missingParameter } from '../errors';
import { pipelineOf, recount, SMART_PIPELINE } from '../items';
import { filterRows, orderRows, pageOf, readMoment, type RowAccess } from '../listing';
import { integerOf, isFields, mapParameter, parameter, requiredInteger, requiredText } from '../parameters';
import { DEAL, LEAD, SMART_PROCESS } from '../portal';
import type { StageMove } from '../records';
import type { MethodCall, MethodTable } from '../world';
import { visibleItem } from './items';

const OWNER_KINDS: ReadonlyMap<string, number> = new Map([['D', DEAL], ['L', LEAD]]);

/** Pipelines, stages, stage history, product rows and to-dos of deals. */
export const PIPELINE_METHODS: MethodTable = {
	'crm.category.list': {
		scope: 'crm',
		run: (call) => {
			const kind = requiredInteger(call.parameters, 'entityTypeId');
			if (kind === SMART_PROCESS) return { result: { categories: [{ id: SMART_PIPELINE.id, name: SMART_PIPELINE.name, isDefault: 'Y', entityTypeId: kind }] }, total: 1 };
			if (kind !== DEAL) return { result: { categories: [] }, total: 0 };
			const categories = [...call.portal.pipelines.values()].map(({ id, name }) => ({ id, name, isDefault: id === 0 ? 'Y' : 'N', entityTypeId: DEAL }));
			return { result: { categories }, total: categories.length };
		},
	},
	'crm.status.list': { scope: 'crm', run: (call) => ({ result: statuses(call) }) },
	'crm.stagehistory.list': {
		scope: 'crm',
		run: (call) => {
			const kind = integerOf(parameter(call.parameters, 'entityTypeId')) ?? DEAL;
			const access = moveAccess(call);
			const moves = call.portal.stageMoves.filter(({ entityTypeId }) => entityTypeId === kind);
			const { rows, ...counts } = pageOf(orderRows(filterRows(moves, mapParameter(call.parameters, 'filter'), access), mapParameter(call.parameters, 'order'), access), call);
			return { result: { items: rows.map((move) => shownMove(call, move)) }, ...counts };
		},
	},
	'crm.item.productrow.set': {
		scope: 'crm',
		run: (call) => {
			const ownerType = requiredText(call.parameters, 'ownerType');
			const owner = visibleItem(call, ownerKind(ownerType), requiredInteger(call.parameters, 'ownerId'));
			const rows = parameter(call.parameters, 'productRows');
			if (!Array.isArray(rows)) throw missingParameter('productRows');
			const made = rows.filter(isFields).map((row) => {
				const product = call.portal.products.get(integerOf(row.productId) ?? 0);
				const name = row.productName ?? product?.name ?? '';
				return { id: call.portal.nextId('product row'), ownerType, ownerId: owner.id, productId: product?.id ?? 0, productName: String(name), price: Number(row.price ?? 0), quantity: Number(row.quantity ?? 1) };
			});
			call.portal.productRows = [...call.portal.productRows.filter((row) => row.ownerType !== ownerType || row.ownerId !== owner.id), ...made];
			if (ownerType === 'D') recount(call.portal, owner.id);
			return { result: { productRows: shownRows(call, ownerType, owner.id) } };
		},
	},
	'crm.item.productrow.list': {
		scope: 'crm',
		run: (call) => {
			const filter = mapParameter(call.parameters, 'filter');
			const ownerType = requiredText(filter, '=ownerType');
			const { rows, ...counts } = pageOf(shownRows(call, ownerType, requiredInteger(filter, '=ownerId')), call);
			return { result: { productRows: rows }, ...counts };
		},
	},
	'crm.activity.todo.add': {
		scope: 'crm',
		run: (call) => {
			const ownerTypeId = requiredInteger(call.parameters, 'ownerTypeId');
			const owner = visibleItem(call, ownerTypeId, requiredInteger(call.parameters, 'ownerId'));
			const deadline = readMoment(requiredText(call.parameters, 'deadline'), call.portal.zone);
			if (deadline === null) throw missingParameter('deadline');
			const activity = {
				id: call.portal.nextId('activity'), ownerTypeId, ownerId: owner.id, deadline, title: String(parameter(call.parameters, 'title') ?? ''),
				responsibleId: integerOf(parameter(call.parameters, 'responsibleId')) ?? call.caller.userId,
			};
			call.portal.activities.push(activity);
			return { result: { id: activity.id } };
		},
	},
};

function statuses(call: MethodCall): readonly Readonly<Record<string, unknown>>[] {
	const asked = mapParameter(call.parameters, 'filter').ENTITY_ID;
	const groups = [...call.portal.pipelines.values()].map((pipeline) => ({ entity: pipeline.id === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${pipeline.id}`, pipeline }));
	return [...groups, { entity: 'STATUS', pipeline: pipelineOf(call.portal, LEAD, 0) }, { entity: `DYNAMIC_${SMART_PROCESS}_STAGE_${SMART_PIPELINE.id}`, pipeline: SMART_PIPELINE }]
		.filter(({ entity }) => asked === undefined || asked === entity)
		.flatMap(({ entity, pipeline }) =>
			pipeline.stages.map(({ id, name, sort, semantics }, index) => ({
				ID: String(pipeline.id * 100 + index + 1), ENTITY_ID: entity, STATUS_ID: id, NAME: name, SORT: String(sort), SYSTEM: 'N', SEMANTICS: semantics, CATEGORY_ID: String(pipeline.id),
			})),
		);
}

function moveAccess(call: MethodCall): RowAccess<StageMove> {
	const fields: Readonly<Record<string, { readonly kind: 'integer' | 'string' | 'datetime'; readonly value: (move: StageMove) => unknown }>> = {
		ID: { kind: 'integer', value: ({ id }) => id },
		OWNER_ID: { kind: 'integer', value: ({ ownerId }) => ownerId },
		CATEGORY_ID: { kind: 'integer', value: ({ categoryId }) => categoryId },
		STAGE_ID: { kind: 'string', value: ({ stageId }) => stageId },
		CREATED_TIME: { kind: 'datetime', value: ({ at }) => at },
	};
	return { kindOf: (name) => fields[name]?.kind ?? null, valueOf: (move, name) => fields[name]?.value(move), unknown: 'refuse', zone: call.portal.zone };
}

function shownMove(call: MethodCall, move: StageMove): Readonly<Record<string, unknown>> {
	const semantics = pipelineOf(call.portal, move.entityTypeId, move.categoryId).stages.find(({ id }) => id === move.stageId)?.semantics;
	return { ID: move.id, OWNER_ID: move.ownerId, CATEGORY_ID: move.categoryId, STAGE_ID: move.stageId, STAGE_SEMANTIC_ID: semantics ?? 'P', CREATED_TIME: isoOf(move.at, call.portal.zone) };
}

function ownerKind(ownerType: string): number {
	const kind = OWNER_KINDS.get(ownerType);
	if (kind === undefined) throw missingParameter('ownerType');
	return kind;
}

function shownRows(call: MethodCall, ownerType: string, ownerId: number): readonly Readonly<Record<string, unknown>>[] {
	return call.portal.productRows
		.filter((row) => row.ownerType === ownerType && row.ownerId === ownerId)
		.map((row) => ({ ...row, measureCode: 796, type: call.portal.products.get(row.productId)?.type ?? 1 }));
}
