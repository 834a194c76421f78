import { mapOutcome, type Outcome } from '../../booking';
import type { VendorSalon } from '../computed';
import * as calls from './calls';
import type { Context } from './context';

type Held = Pick<VendorSalon['company'], 'id' | 'name' | 'phone'>;

/** The portal's own company details; a portal without any is named by the plan. */
export async function readCompany({ transport }: Context): Promise<Outcome<Held>> {
	const answer = await transport.read(calls.myCompany());
	return mapOutcome(answer, ({ items }): Held => {
		const [own] = items;
		const phone = own?.fm?.find(({ typeId }) => typeId === 'PHONE')?.value ?? null;
		const title = own?.title.trim() ?? '';
		return { id: own?.id ?? 'bitrix24', name: title === '' ? 'Bitrix24' : title, phone };
	});
}
