import { sleep, type INodeProperties } from 'n8n-workflow';
import { toBuffer } from 'qrcode';
import type { PairingView } from '../../../core/whatsapp/session';
import { ParameterError, UnavailableError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { valueOfAnswer } from '../../shared/whatsapp/answer';
import type { SessionContext } from '../context';

const ORDER_MS = 30_000;
const LOOK_MS = 250;
const PHONE = /^\+?\d{8,15}$/;

const riskNotice: INodeProperties = {
	displayName: 'This links the number through an unofficial client. WhatsApp does not allow such clients and may restrict or ban the number.',
	name: 'riskNotice',
	type: 'notice',
	default: '',
};

export const pairByQr = defineOperation<SessionContext>({
	value: 'pairByQr',
	name: 'Pair by QR Code',
	action: 'Pair session by QR code',
	description: 'Start linking and give the QR code as a picture; it is good for less than a minute, a pairing page shows the next ones by itself',
	fields: [riskNotice],
	async run(context, i) {
		const { service, key, functions, files } = context;
		await service.ensure(key);
		valueOfAnswer(await service.command(key, { kind: 'pairQr' }, ORDER_MS));
		const shown = await shownPairing(context, (view) => view.qr !== undefined);
		const picture = await toBuffer(shown.qr ?? '', { errorCorrectionLevel: 'L', margin: 4, scale: 6 });
		files.set(i, { qr: await functions.helpers.prepareBinaryData(picture, 'whatsapp-qr.png', 'image/png') });
		return pairingItem(context, shown);
	},
});

export const pairByCode = defineOperation<SessionContext>({
	value: 'pairByCode',
	name: 'Pair by Code',
	action: 'Pair session by code',
	description: 'Get eight characters to type into the phone that has the number',
	fields: [riskNotice, { displayName: 'Phone', name: 'phone', type: 'string', required: true, default: '', placeholder: 'e.g. +7 916 123-45-67', description: 'The number to link, with its country code' }],
	async run(context, i) {
		const { service, key, functions } = context;
		// a "+" says that the country is in it
		const phone = textOf(functions.getNodeParameter('phone', i)).replace(/[^\d+]/g, '');
		if (!PHONE.test(phone)) throw new ParameterError('Phone is not valid', 'Enter the number with its country code, for example +7 916 123-45-67.');
		await service.ensure(key);
		valueOfAnswer(await service.command(key, { kind: 'pairCode', phone }, ORDER_MS));
		return pairingItem(context, await shownPairing(context, (view) => view.code !== undefined));
	},
});

async function shownPairing({ service, key }: SessionContext, isShown: (view: PairingView) => boolean): Promise<PairingView> {
	for (const deadline = Date.now() + ORDER_MS; ; await sleep(LOOK_MS)) {
		const view = await service.pairing(key);
		if (view !== null && isShown(view)) return view;
		if (view?.problem !== null && view?.problem !== undefined) throw new ParameterError('The number was not linked', `${view.sentence} [${view.problem}]`);
		if (Date.now() > deadline) throw new UnavailableError('WhatsApp gave nothing to link with', 'Look at Get Status and try again.');
	}
}

function pairingItem({ key }: SessionContext, { method, code, goodUntil, round, state, sentence }: PairingView): object {
	return { salonId: key.tenant, session: key.session, method, code: code ?? null, goodUntil: new Date(goodUntil).toISOString(), round, state, sentence };
}
