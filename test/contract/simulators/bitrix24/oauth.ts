import { type Answer, json, type Route, route, type SimRequest } from '../kit';
import type { Application } from './access';
import { failure } from './envelope';
import { BitrixError } from './errors';
import { type Fields, parametersOf } from './parameters';
import type { World } from './world';

/** Host name of the authorization server: never the portal's. */
export const REGION_HOST = 'oauth.bitrix24.tech';

/** The browser's part and the token endpoint. The user consents at once, as user 1. */
export function oauthRoutes(world: World, url: () => string): readonly Route[] {
	const guarded = (handle: (request: SimRequest) => Answer) => (request: SimRequest): Answer => {
		try {
			return handle(request);
		} catch (error) {
			if (error instanceof BitrixError) return failure(world, error);
			throw error;
		}
	};
	const token = guarded((request) => tokenAnswer(world, parametersOf(request), url()));
	const post = guarded((request) => {
		if (world.switches.tokenByPost === 'refused') throw new BitrixError(400, 'invalid_request', 'Invalid request');
		return tokenAnswer(world, { ...basicFields(request), ...parametersOf(request) }, url());
	});
	return [route('GET', '/oauth/authorize', guarded((request) => consent(world, request, url()))), route('GET', '/oauth/token', token), route('POST', '/oauth/token', post)];
}

function consent(world: World, { query }: SimRequest, url: string): Answer {
	const application = applicationOf(world, query.get('client_id'));
	const location = new URL(application.redirectUri);
	const fields = {
		code: world.access.issueCode(application, 1), state: query.get('state') ?? '', domain: new URL(url).host, member_id: world.portal.memberId,
		scope: application.scopes.join(','), server_domain: REGION_HOST,
	};
	for (const [name, value] of Object.entries(fields)) location.searchParams.set(name, value);
	return { status: 302, headers: { location: location.toString() }, body: '' };
}

function tokenAnswer(world: World, fields: Fields, url: string): Answer {
	const application = applicationOf(world, fields.client_id);
	if (application.clientSecret !== fields.client_secret) throw new BitrixError(401, 'invalid_client', 'Invalid client');
	const kind = GRANTS[String(fields.grant_type)];
	if (kind === undefined) throw new BitrixError(400, 'invalid_request', 'Unsupported grant type');
	const pair = world.access.exchange(kind.kind, application, String(fields[kind.secret] ?? ''));
	return json(200, {
		access_token: pair.accessToken, refresh_token: pair.refreshToken, expires: pair.expires, expires_in: 3600,
		client_endpoint: `${url}/rest/`, server_endpoint: `https://${REGION_HOST}/rest/`, domain: REGION_HOST, member_id: world.portal.memberId,
		scope: pair.scopes.join(','), status: 'L', user_id: pair.userId,
	});
}

const GRANTS: Readonly<Record<string, { readonly kind: 'code' | 'refresh'; readonly secret: string }>> = {
	authorization_code: { kind: 'code', secret: 'code' },
	refresh_token: { kind: 'refresh', secret: 'refresh_token' },
};

function applicationOf(world: World, clientId: unknown): Application {
	const application = world.access.applications.find((one) => one.clientId === clientId);
	if (application === undefined) throw new BitrixError(401, 'invalid_client', 'Invalid client');
	return application;
}

/** Keys of the application from a Basic header, as some OAuth clients send them. */
function basicFields({ headers }: SimRequest): Fields {
	const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
	if (scheme !== 'Basic') return {};
	const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':').map(decodeURIComponent);
	return { client_id: id, client_secret: secret };
}
