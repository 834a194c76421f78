import { toString as drawQr } from 'qrcode';
import type { SessionState } from '../../core/whatsapp';
import type { PairingView, SessionStatus } from '../../core/whatsapp/session';
import { WORDS, type PageLanguage } from './words';

/** What the page asks for every second or two. */
export interface PageView {
	readonly state: SessionState;
	readonly sentence: string;
	/** Address of the picture of the QR code; null when there is none to scan. */
	readonly qr: string | null;
	readonly code: string | null;
	/** The last digits of the linked number. */
	readonly phoneEnd: string | null;
	readonly isLinked: boolean;
	/** What has to be known of a number that is linked; null when nothing has. */
	readonly warning: string | null;
}

const LINKED: readonly SessionState[] = ['open', 'degraded', 'reconnecting'];

/** What a visitor sees of a session: no key, no phone but its end. */
export async function viewOf({ state, phone }: SessionStatus, pairing: PairingView | null, language: PageLanguage, at: number): Promise<PageView> {
	const isLinked = LINKED.includes(state) && phone !== null;
	const words = WORDS[language];
	const shown = isLinked || pairing === null || pairing.goodUntil <= at ? null : pairing;
	const problem = isLinked ? null : (pairing?.problem ?? null);
	return {
		state,
		sentence: problem === null ? (waitingFor(shown, language) ?? words.states[state]) : words.problems[problem],
		qr: shown?.qr === undefined ? null : await pictureOf(shown.qr),
		code: shown?.code ?? null,
		phoneEnd: isLinked ? phone.slice(-2) : null,
		isLinked,
		warning: isLinked && pairing?.problem === 'wrong_number' ? words.problems.wrong_number : null,
	};
}

/** What the phone has to do now; null while there is nothing to scan or to type. */
function waitingFor(shown: PairingView | null, language: PageLanguage): string | null {
	if (shown?.qr !== undefined) return WORDS[language].scan;
	return shown?.code === undefined ? null : WORDS[language].type;
}

async function pictureOf(text: string): Promise<string> {
	const svg = await drawQr(text, { type: 'svg', errorCorrectionLevel: 'L', margin: 4 });
	return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
