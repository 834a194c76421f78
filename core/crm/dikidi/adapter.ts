import type { AppointmentReader, BookingCrm, Capabilities, Instant } from '../../booking';
import type { Transport } from '../http';
import { createGatewayCrm, gatewayCapabilities } from './gateway/adapter';
import type { GatewayFacts } from './gateway/facts';
import { unsupported } from './handoff';
import { createLinkCrm, LINK_CAPABILITIES } from './link-crm';
import { type DikidiSettings, settingsOf } from './settings';
import { createWidgetCrm, WIDGET_CAPABILITIES } from './widget/adapter';
import type { WidgetMemory } from './widget/memory';

export interface DikidiParts {
	/** The number in the address of the booking page, or the name the gateway knows the company by. */
	readonly companyId: string;
	readonly settings: DikidiSettings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	/** Told the name of a field whose value is not in the list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
	/** Where the route is `gateway`: the transport from `createGatewayTransport`. */
	readonly gateway?: { readonly transport: Transport; readonly url: string; readonly facts?: GatewayFacts };
	/** Where the route is `widget`: the transport from `createWidgetTransport`, with the same memory. */
	readonly widget?: { readonly transport: Transport; readonly memory: WidgetMemory };
}

/** What a company can do by its settings. Throws `TypeError` for settings that cannot be. */
export function capabilitiesOf(settings: DikidiSettings): Capabilities {
	const checked = settingsOf(settings);
	if (checked.route === 'gateway') return gatewayCapabilities(checked);
	return checked.route === 'widget' ? WIDGET_CAPABILITIES : LINK_CAPABILITIES;
}

/**
 * One company behind the booking port, by the route of its settings. The vendor has no official API: what a route cannot
 * do is refused as `unsupported`, with a hand-off to the booking page or to a person. Throws `TypeError` for settings, a
 * company or an address that cannot be.
 */
export function createDikidiCrm(parts: DikidiParts): BookingCrm & AppointmentReader {
	const { companyId, clock, gateway, widget, onUnknownValue = () => undefined } = parts;
	const settings = settingsOf(parts.settings);
	if (!/^[^\p{C}\s]{1,64}$/u.test(companyId)) throw new TypeError('The company is named by the number in the address of its booking page.');
	const handedOff = createLinkCrm(settings, companyId);
	if (settings.route === 'gateway') {
		if (gateway === undefined) throw new TypeError('The route over a gateway needs the address of the gateway.');
		return createGatewayCrm({ ...gateway, gatewayUrl: gateway.url, companyId, settings, clock, onUnknownValue });
	}
	const appointment = async () => unsupported('DIKIDI has no API that shows visits; import an export of the back office.');
	if (settings.route === 'link') return { ...handedOff, appointment };
	if (widget === undefined) throw new TypeError('The experimental reading needs a transport to the booking page.');
	if (!/^\d{1,15}$/.test(companyId)) throw new TypeError('The experimental reading needs the number of the company; take it from the address of the booking page.');
	return { ...createWidgetCrm({ ...widget, companyId, settings, clock, onUnknownValue }, handedOff), appointment };
}
