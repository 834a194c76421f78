import { type Answer, fieldsOf, json, type Route, route, type SimRequest } from '../kit';
import { failure, Refusal } from './envelope';
import type { Company, Right, User } from './model';
import type { Sim } from './sim';

/** A request with its sign-in resolved. */
export interface Call {
	readonly request: SimRequest;
	/** Null on calls with the partner token alone. */
	readonly user: User | null;
}

/** A call about one branch. */
export interface CompanyCall extends Call {
	readonly company: Company;
}

/** A call of an employee about one branch. */
export interface UserCall extends CompanyCall {
	readonly user: User;
}

const AUTHORIZATION = /^Bearer ([^,\s]+)(?:, User (\S+))?$/;

/** A route for the partner token, without a branch. */
export function partnerRoute(sim: Sim, method: string, path: string, handle: (call: Call) => Answer): Route {
	return route(method, path, (request) => handle({ request, user: userOf(sim, request) }));
}

/** A route for the partner token; `{c}` in the path is the branch. */
export function companyRoute(sim: Sim, method: string, path: string, handle: (call: CompanyCall) => Answer): Route {
	return partnerRoute(sim, method, path, (call) => handle({ ...call, company: companyOf(sim, call.request.params.c) }));
}

/** A route that needs a user token with a right in the branch `{c}`. */
export function userRoute(sim: Sim, right: Right, method: string, path: string, handle: (call: UserCall) => Answer): Route {
	return companyRoute(sim, method, path, (call) => handle({ ...call, user: allowed(sim, call.user, right, call.company.id) }));
}

/** A route that needs a user token, for anything the user may see. */
export function signedInRoute(sim: Sim, method: string, path: string, handle: (call: Call & { readonly user: User }) => Answer): Route {
	return partnerRoute(sim, method, path, (call) => {
		if (call.user === null) throw new Refusal(401, sim.profile.texts.unauthorized);
		return handle({ ...call, user: call.user });
	});
}

/** The user if it holds the right in the branch. */
export function allowed(sim: Sim, user: User | null, right: Right, companyId: number): User {
	if (user === null) throw new Refusal(401, sim.profile.texts.unauthorized);
	if (!user.companies.has(companyId) || !user.rights.has(right)) throw new Refusal(403, sim.profile.texts.forbidden);
	return user;
}

/** Partner token, partner id, version of the envelope, and refusals as the vendor writes them. */
export async function guarded(sim: Sim, request: SimRequest, work: () => Promise<Answer>): Promise<Answer> {
	try {
		checkPartner(sim, request);
		const answer = await work();
		return enveloped(sim, request) || answer.status === 204 || answer.body === '' ? answer : bare(answer);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		if (!enveloped(sim, request)) return json(error.status, { errors: { code: error.details.code ?? error.status, message: error.message } });
		if (sim.switches.companyErrors === 'errors' && [401, 404].includes(error.status) && /\/compan(y|ies)(\/|$)/.test(request.path)) {
			return json(error.status, { errors: { message: error.message }, meta: { message: error.message } });
		}
		return failure(sim.switches, error);
	}
}

function enveloped({ profile, switches }: Sim, { headers }: SimRequest): boolean {
	const { accept } = headers;
	return accept === profile.accept || (accept === profile.sisterAccept && switches.foreignAccept === 'works');
}

/** Without the v2 Accept the older form comes: the data alone. */
function bare(answer: Answer): Answer {
	const body = fieldsOf(JSON.parse(answer.body) as unknown);
	return 'data' in body ? json(answer.status, body.data) : answer;
}

function tokensOf({ headers }: SimRequest): { readonly partner?: string; readonly user?: string } {
	const match = AUTHORIZATION.exec(headers.authorization ?? '');
	return { partner: match?.[1], user: match?.[2] };
}

function checkPartner({ state, switches, profile }: Sim, request: SimRequest): void {
	const { partner } = tokensOf(request);
	if (partner === undefined || !state.partnerTokens.has(partner)) throw new Refusal(401, profile.texts.unauthorized);
	if (switches.partnerId === 'required' && request.headers['x-partner-id'] !== state.partnerId) throw new Refusal(403, profile.texts.noPartnerId);
}

function userOf({ state }: Sim, request: SimRequest): User | null {
	const { user } = tokensOf(request);
	return state.users.find(({ token, revoked }) => !revoked && token === user) ?? null;
}

function companyOf({ state, profile }: Sim, id: string | undefined): Company {
	const company = /^\d+$/.test(id ?? '') ? state.companies.get(Number(id)) : undefined;
	if (company === undefined) throw new Refusal(404, profile.texts.noCompany);
	return company;
}
