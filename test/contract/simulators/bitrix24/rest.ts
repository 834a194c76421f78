import { type Answer, type Route, route, type SimRequest } from '../kit';
import type { Caller } from './access';
import { runBatch } from './batch';
import { runMethod } from './dispatch';
import { failure, success } from './envelope';
import { BitrixError } from './errors';
import { type Fields, parameter, parametersOf } from './parameters';
import type { World } from './world';

/** The methods, by a webhook's URL and by an application's token; both verbs work. */
export function restRoutes(world: World): readonly Route[] {
	const byWebhook = (request: SimRequest): Answer => answer(world, request, () => world.access.byWebhook(request.params.user ?? '', request.params.code ?? ''));
	const byToken = (request: SimRequest): Answer => answer(world, request, (parameters) => tokenCaller(world, request, parameters));
	return ['POST', 'GET'].flatMap((verb) => [route(verb, '/rest/{user}/{code}/{method}', byWebhook), route(verb, '/rest/{method}', byToken)]);
}

function answer(world: World, request: SimRequest, identify: (parameters: Fields) => Caller): Answer {
	const { movedTo } = world.portal.conditions;
	if (movedTo !== null) return { status: 302, headers: { location: `${movedTo}${request.path}` }, body: '' };
	try {
		checkPortal(world);
		const parameters = parametersOf(request);
		const caller = identify(parameters);
		const { auth: _auth, ...own } = parameters;
		const name = (request.params.method ?? '').replace(/\.json$/, '');
		if (name.toLowerCase() === 'batch') return success(world, runBatch(world, caller, own), null);
		const done = runMethod(world, caller, name, own);
		return success(world, done.answer, done.time);
	} catch (error) {
		if (error instanceof BitrixError) return failure(world, error);
		throw error;
	}
}

function checkPortal(world: World): void {
	const { deleted, overloaded, httpsOnly } = world.portal.conditions;
	if (httpsOnly) throw new BitrixError(400, 'INVALID_REQUEST', 'Https required.');
	if (deleted) throw new BitrixError(500, 'PORTAL_DELETED', 'Portal was deleted');
	if (overloaded) throw new BitrixError(503, 'OVERLOAD_LIMIT', 'REST API is blocked due to overload.');
}

function tokenCaller(world: World, { headers }: SimRequest, parameters: Fields): Caller {
	const bearer = world.switches.bearerToken === 'accepted' ? (headers.authorization ?? '').replace(/^Bearer /, '') : '';
	return world.access.byToken(String(parameter(parameters, 'auth') ?? bearer));
}
