import { json, type Route } from '../../kit';
import { partnerRoute } from '../access';
import { Refusal, success } from '../envelope';
import { bodyOf, digitsOf } from '../inputs';
import type { Sim } from '../sim';

/** A user token for login and password. */
export function authRoutes(sim: Sim): readonly Route[] {
	const { state, profile, switches } = sim;
	return [
		partnerRoute(sim, 'POST', '/auth', ({ request }) => {
			const { login, password } = bodyOf(sim, request);
			const user = state.users.find((one) => (one.login === login || one.phone === digitsOf(login)) && one.password === password);
			if (user === undefined) throw new Refusal(switches.authFailure === '401' ? 401 : 200, profile.texts.badLogin);
			const data = {
				id: user.id, user_token: user.token, name: user.name, phone: user.phone, login: String(login), email: user.login, avatar: 'https://example.org/a.png', is_approved: true,
			};
			return switches.authShape === 'bare' ? json(Number(switches.authStatus), data) : success(data, [], Number(switches.authStatus));
		}),
	];
}
