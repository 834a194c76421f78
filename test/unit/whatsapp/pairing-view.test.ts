import type { PairingView, SessionStatus } from '../../../core/whatsapp/session';
import { viewOf } from '../../../nodes/WhatsappPairingPage/view';

const AT = 1_800_000_000_000;
const STATUS: SessionStatus = {
	tenant: 'demo', session: 'main', state: 'pairing', since: AT, reason: null, sentence: '', phone: null,
	lastFrameAt: null, backlogIn: 0, backlogOut: 0, queueAgeMs: 0, owner: null,
};
const PAIRING: PairingView = { method: 'qr', qr: '2@ref,keys', goodUntil: AT + 1, round: 1, state: 'pairing', problem: null, sentence: '' };

describe('what a visitor of the pairing page sees', () => {
	it('is the code while it is good, and what to do with it', async () => {
		expect(await viewOf(STATUS, PAIRING, 'en', AT)).toMatchObject({ qr: expect.stringMatching(/^data:image\/svg/) as string, code: null, sentence: 'Scan the QR code with the phone.' });
		const { qr: _qr, ...typed } = PAIRING;
		expect(await viewOf(STATUS, { ...typed, method: 'code', code: 'ABCD2345' }, 'ru', AT)).toMatchObject({ qr: null, code: 'ABCD2345', sentence: 'Введите код на телефоне.' });
		expect(await viewOf(STATUS, PAIRING, 'en', AT + 1)).toMatchObject({ qr: null, code: null, sentence: 'Waiting for the phone.' });
	});

	it('is no code any more once a number is linked, and of the number its end only', async () => {
		const view = await viewOf({ ...STATUS, state: 'open', phone: '79161234567' }, PAIRING, 'en', AT);
		expect(view).toMatchObject({ qr: null, code: null, isLinked: true, phoneEnd: '67' });
		expect(JSON.stringify(view)).not.toContain('4567');
	});

	it('is that another number was linked than before, beside its end', async () => {
		const open = { ...STATUS, state: 'open', phone: '79161234567' } as const;
		expect(await viewOf(open, { ...PAIRING, goodUntil: 0, problem: 'wrong_number' }, 'en', AT)).toMatchObject({ isLinked: true, phoneEnd: '67', warning: expect.stringMatching(/another number than before/) as string });
		expect(await viewOf(open, null, 'en', AT)).toMatchObject({ warning: null });
	});

	it('is why it does not go on, in words', async () => {
		expect(await viewOf({ ...STATUS, state: 'needs_pairing' }, { ...PAIRING, goodUntil: 0, problem: 'code_refused' }, 'en', AT)).toMatchObject({ qr: null, sentence: expect.stringMatching(/did not give a code/) as string });
	});
});
