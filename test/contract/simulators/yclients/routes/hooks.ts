import { type Answer, type Route } from '../../kit';
import { userRoute } from '../access';
import { Refusal, success } from '../envelope';
import { bodyOf, flagOf, listOf } from '../inputs';
import { HOOK_RESOURCES, type HookSettings } from '../model';
import type { Sim } from '../sim';

/** Webhook settings of a branch: POST replaces all of it, other integrations' URLs included. */
export function hookRoutes(sim: Sim): readonly Route[] {
	const served = (answer: () => Answer): Answer => {
		if (sim.switches.hooksSettings === '404') throw new Refusal(404, sim.profile.texts.notFound);
		return answer();
	};
	return [
		userRoute(sim, 'hooks', 'GET', '/hooks_settings/{c}', ({ company }) => served(() => success(hooksView(company.hooks)))),
		userRoute(sim, 'hooks', 'POST', '/hooks_settings/{c}', ({ company, request }) => served(() => {
			const body = bodyOf(sim, request);
			company.hooks = {
				urls: listOf(body.urls).map(String),
				active: flagOf(body.active),
				on: new Set(HOOK_RESOURCES.filter((resource) => flagOf(body[resource]))),
			};
			return success(hooksView(company.hooks), [], 201);
		})),
	];
}

function hooksView({ urls, active, on }: HookSettings): unknown {
	return { urls, active: active ? 1 : 0, ...Object.fromEntries(HOOK_RESOURCES.map((resource) => [resource, on.has(resource) ? 1 : 0])) };
}
