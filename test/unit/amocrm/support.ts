import type { BookingCrm, LeadDesk } from '../../../core/booking';
import { AMOCRM, type AmocrmSettings, type Brand } from '../../../core/crm/amocrm';
import { adapterFor, type AdapterOptions, type ExtraFields, settingsFor, startAccount } from '../../contract/support/amocrm-account';
import { NOW, PHONE, VENDOR_SALON } from '../../contract/support/vendor-bench';
import type { FamilyOptions, FamilySimulator } from '../../contract/simulators/amocrm';

export { reasonOf, valueOf } from '../../contract/support/bench';
export { DAY, NOW, on, PHONE } from '../../contract/support/vendor-bench';

/** An account with a salon, a client and an adapter that looks at it. */
export interface Office {
	readonly sim: FamilySimulator;
	readonly crm: BookingCrm & LeadDesk;
	readonly settings: AmocrmSettings;
	readonly extra: ExtraFields;
	readonly clientId: string;
	readonly unknownValues: string[];
	readonly wish: { readonly clientId: string; readonly serviceIds: readonly string[]; readonly staffId: string; readonly start: string };
	/** An adapter of another worker. */
	adapter(change?: (settings: AmocrmSettings) => AmocrmSettings, options?: Partial<AdapterOptions>): BookingCrm & LeadDesk;
	close(): Promise<void>;
}

export async function openOffice(options: FamilyOptions & { readonly brand?: Brand } = {}): Promise<Office> {
	const { brand = AMOCRM, ...rest } = options;
	const { sim, extra } = await startAccount(brand, VENDOR_SALON, { now: NOW, ...rest });
	const settings = settingsFor(sim, VENDOR_SALON, extra);
	const unknownValues: string[] = [];
	const adapter: Office['adapter'] = (change = (same) => same, more = {}) =>
		adapterFor(sim, { brand, settings: change(settings), ...more, parts: { onUnknownValue: (field) => unknownValues.push(field), ...more.parts } });
	const clientId = String(sim.state.putContact('Вера Иванова', PHONE).id);
	return {
		sim, settings, extra, clientId, unknownValues, adapter,
		crm: adapter(),
		wish: { clientId, serviceIds: [String(sim.ids.services.get('cut'))], staffId: String(sim.ids.staff.get('Anna')), start: '2026-11-24T12:00:00+03:00' },
		close: () => sim.close(),
	};
}
