import { createHash } from 'node:crypto';
import { NodeOperationError, sleep, type IExecuteFunctions, type ISupplyDataFunctions } from 'n8n-workflow';
import { createToolDesk, type ToolDesk } from '../../core/conversation/tools';
import { parsePhone } from '../../core/language/phone';
import { seedDemoSalon } from '../../core/crm/builtin';
import { BUILTIN, connectCrm, type CrmConnection } from '../shared/crm-registry';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { processState } from '../shared/process-state';
import { now, salonOf } from '../shared/salon';
import { openNodeStore } from '../shared/store';
import { VENDORS } from '../shared/vendors';

type Context = IExecuteFunctions | ISupplyDataFunctions;

/** The CRM this node connects, with the store of its conversations. */
export async function connectionFor(context: Context, i: number): Promise<CrmConnection> {
	const salon = salonOf(context.getNodeParameter('salonId', i, ''));
	const crm = textOf(context.getNodeParameter('crm', i, BUILTIN));
	const connection = await connectCrm(crm, { functions: context, itemIndex: i, tenant: salon, opened: await openNodeStore(context, i) });
	if (connection === undefined) throw new ParameterError('The CRM is not known', 'Choose one of the CRMs in the list.');
	if (connection.vendor === BUILTIN && context.getNodeParameter('demoSalon', i, false) === true) await fillOnce(connection);
	return connection;
}

/** Fills an empty salon with demo data; asked once a process, a salon that has data is left alone. */
async function fillOnce(connection: CrmConnection): Promise<void> {
	const filled = processState('demo-salons', 1, () => new WeakMap<CrmConnection, Promise<unknown>>());
	const known = filled.get(connection);
	if (known !== undefined) return void (await known);
	const filling = seedDemoSalon(connection.opened.store, connection.tenant, { seed: 1, now: now(), locale: 'ru' });
	filled.set(connection, filling);
	filling.catch(() => filled.delete(connection));
	await filling;
}

/**
 * The desk of the client's message in this execution. The message, chat and phone come from the node's parameters, which
 * the operator wrote; nothing of it is an argument of the model.
 */
export async function deskFor(context: Context, i: number, connection: CrmConnection): Promise<ToolDesk> {
	refuseModelInput(context, i);
	const chatId = textOf(context.getNodeParameter('chatId', i, ''));
	if (chatId === '') throw new ParameterError('Chat ID is empty', 'Set Chat ID to the session of the trigger, for example {{ $("When chat message received").first().json.sessionId }}.');
	const clientMessage = textOf(context.getNodeParameter('clientMessage', i, ''));
	const country = textOf(context.getNodeParameter('phoneCountry', i, 'RU')) || 'RU';
	const phone = textOf(context.getNodeParameter('clientPhone', i, ''));
	const message = createHash('sha256').update(clientMessage).digest('hex').slice(0, 16);
	const desk = createToolDesk({
		store: connection.opened.conversations,
		crm: connection.crm,
		catalogueCache: connection.catalogueCache,
		clock: now,
		sleep,
		chat: { tenant: connection.tenant, channel: 'ai_agent', chatId },
		clientPhone: phone === '' ? null : (parsePhone(phone, country)?.phone ?? null),
		clientMessage,
		messageId: `${context.getExecutionId()}:${message}`,
		phoneCountry: country,
	});
	await desk.noteMessage();
	return desk;
}

/** The one way of an expression that never reaches the model's arguments: a node named in so many words. */
const NAMED_NODE = /\$\(\s*(?:'[^'\\]*'|"[^"\\]*")\s*\)/g;
const OPERATORS_OWN = ['chatId', 'clientMessage', 'clientPhone'] as const;

/** Any other `$name` of an expression is refused: what n8n may add to the list later must not open it. */
function readsMore(parameter: unknown): boolean {
	if (typeof parameter === 'object' && parameter !== null) return Object.values(parameter).some(readsMore);
	return typeof parameter === 'string' && parameter.startsWith('=') && parameter.replace(NAMED_NODE, '').includes('$');
}

/**
 * In an agent's call `$json` holds the model's arguments too, so a parameter that reads it could be filled in by the
 * model: the client's yes, chat or phone, or the branch that is booked, would then be the model's word.
 */
export function refuseModelInput(context: Context, i: number): void {
	const parameters = context.getNode().parameters;
	const vendor = VENDORS.find(({ value }) => value === parameters.crm);
	const open = [...OPERATORS_OWN, ...(vendor?.settings ?? []).map(({ name }) => name)].find((name) => readsMore(parameters[name]));
	if (open === undefined) return;
	throw new NodeOperationError(context.getNode(), `The parameter "${open}" could be filled in by the model`, {
		itemIndex: i,
		description: 'Read it from the trigger by name, for example {{ $("When chat message received").first().json.chatInput }}, not from $json.',
		failure: { cause: 'configuration-invalid' },
	});
}
