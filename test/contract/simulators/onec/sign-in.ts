import type { IncomingHttpHeaders } from 'node:http';
import { loginPage, PageError, serverPage } from './errors';
import type { Infobase } from './infobase';
import type { OneCSwitches } from './switches';

const REALM = { 'www-authenticate': 'Basic realm="1C:Enterprise 8"' };

/** Lets a user of the base in by Basic; throws the page the server shows to anybody else. */
export function signIn(base: Infobase, switches: OneCSwitches, headers: IncomingHttpHeaders): void {
	const refused = (): PageError =>
		new PageError(switches.noSession === 'login page' ? loginPage() : { status: 401, headers: { 'content-type': 'text/plain; charset=utf-8', ...REALM }, body: 'Идентификация пользователя не выполнена' });
	if (!base.conditions.sessionAlive) throw refused();
	const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
	if (scheme !== 'Basic') throw refused();
	const bytes = Buffer.from(encoded, 'base64');
	const text = bytes.toString('utf8');
	// a login in the old Russian code page is no UTF-8, and the web server itself refuses it
	if (!Buffer.from(text, 'utf8').equals(bytes)) throw new PageError(serverPage(401, '401.5 - Unauthorized: Authorization failed by ISAPI/CGI application'));
	const mark = text.indexOf(':');
	const known = base.users.some(({ login, password }) => login === text.slice(0, mark) && password === text.slice(mark + 1));
	if (!known) throw refused();
}
