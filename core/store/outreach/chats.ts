import type { Phone } from '../../booking';
import type { Store } from '../store';

const PHONE_ADDRESS = '@s.whatsapp.net';

/** The chat by which a WhatsApp session knows a phone; that of the phone itself while they have not met. */
export async function whatsappChatOf({ db }: Pick<Store, 'db'>, tenant: string, session: string, phone: Phone): Promise<string> {
	const jid = `${phone.replace(/^\+/, '')}${PHONE_ADDRESS}`;
	const row = await db.selectFrom('wa_contact').select('chat').where('tenant', '=', tenant).where('session', '=', session).where('jid', '=', jid).executeTakeFirst();
	return row?.chat ?? jid;
}
