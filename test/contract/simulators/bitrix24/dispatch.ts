import { accessDenied, BitrixError } from './errors';
import { methodNamed } from './methods';
import type { Fields } from './parameters';
import type { Caller } from './access';
import type { Method, MethodCall, MethodResult, World } from './world';

const DEFAULT_SECONDS = 0.05;
/** Modules only one source speaks of. */
const ONE_SOURCE = new Set(['crm.stagehistory.list', 'crm.activity.todo.add', 'calendar.resource.booking.list', 'timeman.schedule.get', 'event.offline.get', 'event.offline.clear']);

/** The time a call took, as the answers report it. */
export interface RunTime {
	readonly seconds: number;
	readonly operating: number;
	readonly resetAt: number;
}

/** Runs one method for a caller: existence, plan, scope, approval, time budget, then the work. Throws a BitrixError. */
export function runMethod(world: World, caller: Caller, name: string, parameters: Fields): { readonly answer: MethodResult; readonly time: RunTime } {
	const key = name.toLowerCase();
	const method = findMethod(world, key);
	if (method === null) throw new BitrixError(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!');
	checkRights(world, caller, key, method);
	const scripted = world.refusals.get(key)?.shift();
	if (scripted !== undefined) throw scripted;
	if (world.cloud && world.operating.stateOf(caller.account, key).blocked) throw new BitrixError(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.');
	const probe = (other: string): ReturnType<MethodCall['probe']> => probeMethod(world, caller, other);
	const answer = method.run({ world, portal: world.portal, switches: world.switches, caller, parameters, probe });
	const seconds = world.portal.conditions.methodSeconds.get(key) ?? DEFAULT_SECONDS;
	const { operating, resetAt } = world.operating.charge(caller.account, key, seconds);
	return { answer, time: { seconds, operating, resetAt } };
}

/** What `method.get` says of a method, by its lower-case name. */
function probeMethod(world: World, caller: Caller, key: string): ReturnType<MethodCall['probe']> {
	const method = findMethod(world, key);
	const isOff = key.startsWith('booking.') && world.switches.bookingModule === 'off';
	return { isExisting: method !== null, isAvailable: method !== null && !isOff && mayUse(caller, method) };
}

function findMethod(world: World, key: string): Method | null {
	if (world.portal.conditions.missingMethods.has(key)) return null;
	if (key.startsWith('booking.') && world.switches.bookingModule === 'missing') return null;
	if (ONE_SOURCE.has(key) && world.switches.oneSourceMethods === 'absent') return null;
	return methodNamed(key);
}

function checkRights(world: World, caller: Caller, key: string, method: Method): void {
	const { licensed, waitingForApproval } = world.portal.conditions;
	if (!licensed) throw new BitrixError(403, 'ACCESS_DENIED', 'REST API is available only on commercial plans');
	if (method.application === true && caller.application === null) throw accessDenied();
	if (!mayUse(caller, method)) throw new BitrixError(403, 'insufficient_scope', 'The request requires higher privileges than provided by the access token');
	if (waitingForApproval.has(key)) throw new BitrixError(401, 'METHOD_CONFIRM_WAITING', 'Waiting for confirmation');
	const user = world.portal.users.get(caller.userId);
	if (user === undefined || !user.active) throw new BitrixError(403, 'user_access_error', 'The user does not have access to the application.');
	if (user.type !== 'employee') throw new BitrixError(403, 'allowed_only_intranet_user', 'Allowed only intranet user');
	if (key.startsWith('booking.') && world.switches.bookingModule === 'off') throw accessDenied();
}

function mayUse(caller: Caller, { scope }: Method): boolean {
	if (scope === null) return true;
	return (typeof scope === 'string' ? [scope] : scope).some((one) => caller.scopes.includes(one));
}
