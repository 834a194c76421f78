import { knock } from '../../../core/crm/dikidi';
import { defineOperation } from '../../shared/operation';
import type { DikidiContext } from '../context';
import type { DikidiAccount } from '../vendor';

export const getConnectionStatus = defineOperation<DikidiContext>({
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get connection status',
	description: 'Tell what the route can do, whether the gateway answers, and whether the reading of the page is paused',
	fields: [],
	async run({ account }) {
		const { crm, settings } = account;
		return { route: settings.route, capabilities: crm.capabilities, gateway: await gatewayStatus(account), page: pageStatus(account) };
	},
});

async function gatewayStatus({ gateway, settings }: DikidiAccount): Promise<object | null> {
	if (gateway === null) return null;
	const answer = await knock(gateway);
	const problem = answer.kind === 'ok' ? null : answer.kind === 'refused' ? answer.message : answer.kind === 'unavailable' ? answer.cause : 'The gateway gave no clear answer.';
	return { isAnswering: answer.kind === 'ok', problem, commands: gateway.commands, isIdempotent: settings.idempotent === true };
}

/** Nothing is asked for this: the page is read only when it is needed. */
function pageStatus({ page }: DikidiAccount): object | null {
	if (page === null) return null;
	const state = page.breaker.state();
	return { state: state.kind, cause: state.kind === 'closed' ? null : state.cause, pausedUntil: state.kind === 'open' ? new Date(state.until).toISOString() : null };
}
