import { BitrixError, accessDenied, missingParameter } from '../errors';
import { EVENT_NAMES } from '../events';
import { integerOf, parameter, requiredText, textsOf } from '../parameters';
import type { MethodTable } from '../world';

/** Subscriptions of an application, and its queue of offline events. */
export const EVENT_METHODS: MethodTable = {
	'event.bind': {
		scope: null,
		application: true,
		run: ({ world, parameters, caller, portal, switches }) => {
			const event = requiredText(parameters, 'event').toUpperCase();
			if (!EVENT_NAMES.has(event)) throw new BitrixError(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found!');
			const offline = parameter(parameters, 'event_type') === 'offline';
			const foreign = integerOf(parameter(parameters, 'auth_type')) ?? caller.userId;
			const isAdmin = portal.users.get(caller.userId)?.admin === true;
			if ((offline || foreign !== caller.userId) && !isAdmin) throw accessDenied();
			if (offline && switches.oneSourceMethods === 'absent') throw missingParameter('handler');
			const handler = offline ? '' : requiredText(parameters, 'handler');
			world.events.bind({ application: caller.application ?? '', event, handler, offline, authType: String(foreign) });
			return { result: true };
		},
	},
	'event.unbind': {
		scope: null,
		application: true,
		run: ({ world, parameters, caller }) => {
			const handler = parameter(parameters, 'handler');
			const count = world.events.unbind(caller.application ?? '', requiredText(parameters, 'event').toUpperCase(), typeof handler === 'string' ? handler : null);
			return { result: { count } };
		},
	},
	'event.get': {
		scope: null,
		application: true,
		run: ({ world, caller }) => ({
			result: world.events.bindingsOf(caller.application ?? '').map(({ event, handler, authType, offline }) => ({ event, handler, auth_type: authType, offline: offline ? 1 : 0 })),
		}),
	},
	'event.offline.get': { scope: null, application: true, run: ({ world, caller }) => ({ result: world.events.takeOffline(caller.application ?? '') }) },
	'event.offline.clear': {
		scope: null,
		application: true,
		run: ({ world, caller, parameters }) => {
			world.events.clearOffline(caller.application ?? '', textsOf(parameter(parameters, 'message_id')));
			return { result: true };
		},
	},
};
