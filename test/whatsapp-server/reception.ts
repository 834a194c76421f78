import type { CodePairing } from './desk/code-pairing';
import type { Desk } from './desk/desk';
import type { Device } from './desk/device';
import type { Phone } from './desk/phone';
import type { Registrations } from './desk/registrations';
import type { Office } from './talk/call';
import { reply } from './talk/iq';
import { routeCall, routeStranger } from './talk/router';
import type { Journal } from './wire/journal';
import type { Link, LinkEvents } from './wire/link';
import type { ClientIntroduction } from './wire/noise';
import { type Stanza, stanza } from './wire/stanza';
import type { StanzaFaults } from './wire/stanza-faults';

interface Parts {
	readonly desk: Desk;
	readonly registrations: Registrations;
	readonly codes: CodePairing;
	readonly journal: Journal;
	readonly faults: StanzaFaults;
}

interface Session {
	readonly phone: Phone;
	readonly device: Device;
}

const OUTDATED = 405;
const UNLINKED = 401;

/** Takes connections in, decides who they are, and hands on what they say. */
export class Reception implements LinkEvents {
	readonly office: Office;
	readonly errors: unknown[] = [];
	leastRevision = 0;
	readonly #sessions = new Map<Link, Session | null>();

	constructor(private readonly parts: Parts) {
		const { desk, registrations, codes } = parts;
		this.office = { desk, registrations, codes, background: (work) => void work.catch((error: unknown) => this.errors.push(error)) };
	}

	get links(): readonly Link[] {
		return [...this.#sessions.keys()];
	}

	welcome(link: Link): void {
		this.#sessions.set(link, null);
	}

	introduced(link: Link, introduction: ClientIntroduction): void {
		const { payload } = introduction;
		if ((payload.userAgent?.appVersion?.tertiary ?? 0) < this.leastRevision) link.fail(OUTDATED);
		else if (payload.username) this.#login(link, introduction, String(payload.username), payload.device ?? 0);
		else this.office.registrations.begin(link, introduction);
	}

	async stanza(link: Link, node: Stanza): Promise<void> {
		const session = this.#sessions.get(link) ?? null;
		this.parts.journal.write({ number: session?.phone.number ?? '', node, at: performance.now() });
		const fault = await this.parts.faults.meet(node);
		const visit = { office: this.office, link, node };
		if (fault?.kind === 'drop') link.drop();
		else if (fault?.kind === 'error') reply(visit, fault.code);
		if (fault !== null) return;
		if (session === null) routeStranger(visit);
		else routeCall({ ...visit, ...session });
	}

	closed(link: Link): void {
		this.#sessions.get(link)?.device.leave(link);
		this.#sessions.delete(link);
		this.office.registrations.end(link);
	}

	failed(_link: Link, error: unknown): void {
		this.errors.push(error);
	}

	#login(link: Link, { noiseKey }: ClientIntroduction, number: string, index: number): void {
		const { desk } = this.parts;
		const phone = desk.known(number);
		const device = phone?.devices.get(index);
		const refusal = phone?.nextRefusal() ?? null;
		if (refusal !== null) {
			link.fail(refusal.reason, refusal.attrs);
			return;
		}
		if (phone === undefined || device === undefined || !device.keys.noiseKey.equals(noiseKey)) {
			link.fail(UNLINKED);
			return;
		}
		device.link?.streamFault('conflict', { type: 'replaced' });
		this.#sessions.set(link, { phone, device });
		device.enter(link);
		link.send(stanza('success', { t: desk.seconds(), lid: device.lidJid, location: 'test', display_name: phone.name, props: 1 }));
	}
}
