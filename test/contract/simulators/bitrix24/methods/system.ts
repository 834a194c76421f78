import { isoOf } from '../../kit';
import { filterRows, orderRows, pageOf, type FieldKind, type RowAccess } from '../listing';
import { mapParameter, parameter, requiredText } from '../parameters';
import type { PortalUser } from '../records';
import type { MethodTable } from '../world';

const USER_SCOPES = ['user', 'user_basic', 'user_brief'] as const;
const USER_KINDS: Readonly<Record<string, FieldKind>> = { ID: 'integer', ACTIVE: 'boolean', NAME: 'string', LAST_NAME: 'string', USER_TYPE: 'string', WORK_POSITION: 'string' };

/** Who am I, what may I, what time is it, and who works here. */
export const SYSTEM_METHODS: MethodTable = {
	profile: {
		scope: null,
		run: ({ portal, caller }) => {
			const user = portal.users.get(caller.userId);
			return { result: { ID: String(caller.userId), ADMIN: user?.admin === true, NAME: user?.name ?? '', LAST_NAME: user?.lastName ?? '', PERSONAL_GENDER: '', TIME_ZONE: user?.zone ?? '' } };
		},
	},
	scope: { scope: null, run: ({ caller }) => ({ result: caller.scopes }) },
	'method.get': { scope: null, run: ({ parameters, probe }) => ({ result: probe(requiredText(parameters, 'name')) }) },
	'server.time': { scope: null, run: ({ portal }) => ({ result: isoOf(portal.clock.now(), portal.zone) }) },
	'app.info': {
		scope: null,
		application: true,
		run: ({ caller }) => ({ result: { ID: 1, CODE: caller.application, VERSION: 1, STATUS: 'L', INSTALLED: true, LICENSE: 'ru_basic', LANGUAGE_ID: 'ru' } }),
	},
	'user.get': {
		scope: USER_SCOPES,
		run: (call) => {
			const access: RowAccess<PortalUser> = {
				kindOf: (name) => USER_KINDS[name.toUpperCase()] ?? null,
				valueOf: (user, name) => rawUser(user)[name.toUpperCase()],
				unknown: 'ignore',
				zone: call.portal.zone,
			};
			const staff = [...call.portal.users.values()].filter(({ type }) => type !== 'bot');
			const sort = parameter(call.parameters, 'sort');
			const order = { [typeof sort === 'string' ? sort : 'ID']: parameter(call.parameters, 'order') ?? 'ASC' };
			const { rows, ...counts } = pageOf(orderRows(filterRows(staff, mapParameter(call.parameters, 'FILTER'), access), order, access), call);
			return { result: rows.map((user) => shownUser(user, call.caller.scopes)), ...counts };
		},
	},
};

function rawUser({ id, active, name, lastName, position, type }: PortalUser): Readonly<Record<string, unknown>> {
	return { ID: id, ACTIVE: active ? 'Y' : 'N', NAME: name, LAST_NAME: lastName, USER_TYPE: type, WORK_POSITION: position };
}

/** The wider the scope, the more of a person is shown. */
function shownUser(user: PortalUser, scopes: readonly string[]): Readonly<Record<string, unknown>> {
	const brief = { ID: String(user.id), ACTIVE: user.active, NAME: user.name, LAST_NAME: user.lastName, SECOND_NAME: '', WORK_POSITION: user.position, TIMESTAMP_X: {} };
	if (scopes.includes('user')) return { ...brief, TIME_ZONE: user.zone, UF_DEPARTMENT: [1], USER_TYPE: user.type, PERSONAL_MOBILE: user.mobile };
	return scopes.includes('user_basic') ? { ...brief, TIME_ZONE: user.zone, UF_DEPARTMENT: [1], USER_TYPE: user.type } : brief;
}
